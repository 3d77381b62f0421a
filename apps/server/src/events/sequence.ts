/** Frames between two changes of the platform have numbers of their own. */
const framesPerChange = 100_000;

/**
 * `{epoch}-{n}`. The epoch names the database and the process; `n` grows with every frame of the process and starts with the platform's
 * own position, which all servers on a database share.
 */
export type Sequence = { database: string; process: string; n: number };

export const formatSequence = ({ database, process, n }: Sequence): string => `${database}.${process}-${String(n)}`;

/** Undefined: not one of ours, or damaged. */
export function parseSequence(text: string): Sequence | undefined {
  const match = /^([0-9a-z]{1,32})\.([0-9a-z]{1,32})-(\d{1,16})$/.exec(text);
  const [, database, process, digits] = match ?? [];
  if (database === undefined || process === undefined || digits === undefined) return undefined;
  const n = Number(digits);
  return Number.isSafeInteger(n) ? { database, process, n } : undefined;
}

/** The first number that belongs to a position of the platform. */
export const numberOf = (platformSequence: number): number => platformSequence * framesPerChange;
export const platformPart = (n: number): number => Math.floor(n / framesPerChange) * framesPerChange;
