/** How many there are of each; what is not there is absent. */
export type Tally = Map<string, number>;

export function addTo(tally: Tally, key: string, delta: number): void {
  const next = (tally.get(key) ?? 0) + delta;
  if (next === 0) tally.delete(key);
  else tally.set(key, next);
}

export function addAll(tally: Tally, other: Tally): void {
  for (const [key, count] of other) addTo(tally, key, count);
}

export const toRecord = (tally: Tally): Record<string, number> => Object.fromEntries(tally);
