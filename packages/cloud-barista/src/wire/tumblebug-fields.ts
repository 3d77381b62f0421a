import { UpstreamError } from './upstream-error.ts';

/** Upstream's answers leave members out, give null for empty lists, and differ in the case of keys: nothing here throws. */
export type Fields = Readonly<Record<string, unknown>>;

const none: Fields = {};

export const toFields = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : none; // any object is one

export const toList = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/** The list under a wrapper key, or the answer itself when it is a bare list. */
export const listOf = (answer: unknown, key: string): Fields[] =>
  (Array.isArray(answer) ? answer : toList(toFields(answer)[key])).map(toFields);

/**
 * The list under a key that the answer must have: what reads as empty there makes things vanish. Null is an empty list.
 * Throws `UpstreamError` for an answer of another shape.
 */
export function requiredListOf(answer: unknown, key: string): Fields[] {
  const fields = toFields(answer);
  const value = fields[key];
  if (key in fields && (value === null || Array.isArray(value))) return toList(value).map(toFields);
  throw new UpstreamError({
    framework: 'tumblebug',
    fault: 'notJson',
    message: `CB-Tumblebug gave an answer without "${key}".`,
    maySent: true,
  });
}

/** Text that says something; numbers count as text. */
export function textOf(fields: Fields, ...keys: string[]): string | undefined {
  for (const key of keys) {
    const value = fields[key];
    if (typeof value === 'string' && value !== '') return value;
    if (typeof value === 'number') return String(value);
  }
  return undefined;
}

/** A finite number, also one written as text. */
export function numberOf(fields: Fields, key: string): number | undefined {
  const value = fields[key];
  if (typeof value !== 'number' && (typeof value !== 'string' || value.trim() === '')) return undefined;
  const number = Number(value);
  return Number.isFinite(number) ? number : undefined;
}

/** What is known: upstream writes 0 or -1 for what it does not know. */
export function positiveOf(fields: Fields, key: string): number | undefined {
  const value = numberOf(fields, key);
  return value !== undefined && value > 0 ? value : undefined;
}

export const textsOf = (value: unknown): string[] =>
  toList(value).filter((entry): entry is string => typeof entry === 'string' && entry !== '');

export const labelsOf = (value: unknown): Record<string, string> =>
  Object.fromEntries(
    Object.entries(toFields(value)).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );

/** `undefined` members are left out, as exact optional members want it. */
export function known<Members extends Record<string, unknown>>(
  members: Members,
): { [Key in keyof Members]?: Exclude<Members[Key], undefined> } {
  const entries = Object.entries(members).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [Key in keyof Members]?: Exclude<Members[Key], undefined> }; // only those went
}
