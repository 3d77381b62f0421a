/** Tumblebug writes empty Go slices as `null`. */
export const orNull = <Item>(items: readonly Item[]): readonly Item[] | null => (items.length === 0 ? null : items);

/** `2026-08-20 10:11:12`, in UTC. */
export const toWallTime = (iso: string): string => iso.slice(0, 19).replace('T', ' ');

export const distinct = (items: readonly (string | undefined)[]): string[] =>
  [...new Set(items.filter((item) => item !== undefined && item !== ''))] as string[]; // undefined ones were left out

/** `$0.0464/hour`. */
export const toCostText = (usd: number): string => `$${usd.toFixed(4)}/hour`;
