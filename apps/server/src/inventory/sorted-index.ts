/** The order of PostgreSQL's `COLLATE "C"` for the texts we sort by. */
export const compareText = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);

/** Above this many waiting changes a new sort is cheaper than a merge, and the memory is better given back. */
const maxWaiting = 2_000;

/**
 * A sorted array that is brought up to date when it is read: what changed since is taken out and merged back in, so a read costs one
 * pass over the array at most, and nothing when nothing moved.
 */
export class SortedIndex<Entry extends { alive: boolean }> {
  readonly #source: () => Iterable<Entry>;
  readonly #compare: (left: Entry, right: Entry) => number;
  readonly #waiting = new Set<Entry>();
  #items: Entry[] | undefined;

  constructor(source: () => Iterable<Entry>, compare: (left: Entry, right: Entry) => number) {
    this.#source = source;
    this.#compare = compare;
  }

  /** The entry came, went, or sorts differently now. */
  touch(entry: Entry): void {
    if (this.#items === undefined) return;
    this.#waiting.add(entry);
    if (this.#waiting.size <= maxWaiting) return;
    this.#items = undefined;
    this.#waiting.clear();
  }

  items(): readonly Entry[] {
    if (this.#items === undefined) this.#items = [...this.#source()].sort(this.#compare);
    else if (this.#waiting.size > 0) this.#items = this.#merge(this.#items);
    this.#waiting.clear();
    return this.#items;
  }

  #merge(items: readonly Entry[]): Entry[] {
    const moved = [...this.#waiting].filter((entry) => entry.alive).sort(this.#compare);
    const kept = items.filter((entry) => !this.#waiting.has(entry));
    const merged: Entry[] = [];
    let taken = 0;
    for (const entry of moved) {
      const place = firstBehind(kept, (other) => this.#compare(other, entry) > 0);
      for (const other of kept.slice(taken, place)) merged.push(other);
      merged.push(entry);
      taken = place;
    }
    for (const other of kept.slice(taken)) merged.push(other);
    return merged;
  }
}

/** Index of the first item that `isBehind` holds for; items are ordered so that it holds from there on. */
export function firstBehind<Entry>(items: readonly Entry[], isBehind: (entry: Entry) => boolean): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const entry = items[middle];
    if (entry !== undefined && !isBehind(entry)) low = middle + 1;
    else high = middle;
  }
  return low;
}
