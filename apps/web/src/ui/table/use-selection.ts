import { useCallback, useMemo, useState } from 'react';

/** Selected rows by id, over all pages; the newest state of each row that is loaded. */
export interface Selection<Row> {
  rows: Row[];
  has: (id: string) => boolean;
  toggle: (row: Row) => void;
  /** Selects these, keeping the rest. */
  add: (rows: Row[]) => void;
  remove: (rows: Row[]) => void;
  clear: () => void;
}

export function useSelection<Row>(loaded: Row[], keyOf: (row: Row) => string): Selection<Row> {
  const [chosen, setChosen] = useState<ReadonlyMap<string, Row>>(new Map());
  const rows = useMemo(() => {
    if (chosen.size === 0) return [];
    const fresh = new Map(loaded.map((row) => [keyOf(row), row]));
    return [...chosen].map(([id, row]) => fresh.get(id) ?? row);
    // keyOf reads an id and is written inline by pages
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [chosen, loaded]);
  const change = useCallback((edit: (next: Map<string, Row>) => void) => {
    setChosen((before) => {
      const next = new Map(before);
      edit(next);
      return next;
    });
  }, []);
  return {
    rows,
    has: (id) => chosen.has(id),
    toggle: (row) =>
      change((next) => {
        if (!next.delete(keyOf(row))) next.set(keyOf(row), row);
      }),
    add: (more) => change((next) => more.forEach((row) => next.set(keyOf(row), row))),
    remove: (less) => change((next) => less.forEach((row) => next.delete(keyOf(row)))),
    clear: () => setChosen(new Map()),
  };
}
