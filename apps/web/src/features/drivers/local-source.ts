import type { TableSource } from '../../ui/table/table-source.ts';
import type { TableState } from '../../ui/table/column.ts';

interface LocalList<Row> {
  rows: Row[];
  texts: (row: Row) => string[];
  /** Value of a sort or filter key. */
  value: (row: Row, key: string) => string | number;
  loading: boolean;
  error: unknown;
  retry: () => void;
}

const compare = (left: string | number, right: string | number): number =>
  typeof left === 'number' && typeof right === 'number' ? left - right : String(left).localeCompare(String(right));

/** Searches, filters and sorts rows that came in one piece, as a source for `DataTable`. */
export function localSource<Row>(
  list: LocalList<Row>,
  state: Pick<TableState, 'search' | 'filters' | 'sort'>,
): TableSource<Row> {
  const wanted = state.search.trim().toLowerCase();
  const found = list.rows
    .filter((row) => list.texts(row).some((text) => text.toLowerCase().includes(wanted)))
    .filter((row) =>
      Object.entries(state.filters).every(([key, values]) => values.includes(String(list.value(row, key)))),
    );
  const { sort } = state;
  const rows = sort
    ? found.sort(
        (left, right) => (sort.descending ? -1 : 1) * compare(list.value(left, sort.key), list.value(right, sort.key)),
      )
    : found;
  return {
    rows,
    total: rows.length,
    loading: list.loading,
    updating: false,
    error: list.error ?? undefined,
    hasMore: false,
    loadingMore: false,
    loadMore: () => undefined,
    retry: list.retry,
    fetchAll: () => Promise.resolve(rows),
    pending: { added: 0, changed: 0 },
    refresh: () => Promise.resolve(list.retry()),
  };
}
