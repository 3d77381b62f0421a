import type { ReactNode } from 'react';

/** A column of a `DataTable`. The first column is the row's name: bold, always shown. */
export interface Column<Row> {
  id: string;
  header: string;
  cell: (row: Row) => ReactNode;
  /** Plain text of the cell: for CSV, and in full on hover where `cell` is only text. */
  text?: (row: Row) => string | number | undefined;
  /** The server's sort key; without it the header can not be clicked. */
  sortKey?: string;
  /** Least width in px, 120 unless told; the first column takes the room that is left. */
  width?: number;
  /** Takes a share of the room that is left, too. */
  grow?: boolean;
  /** Numbers stand at the right. */
  align?: 'right';
  /** Always shown, can not be moved: name and status. */
  locked?: boolean;
  /** Kept on phones. */
  essential?: boolean;
  /** Not shown until chosen. */
  hidden?: boolean;
  /** Shown by itself only from 1600 px up. */
  wide?: boolean;
  /** When this value changes, the cell shows it for 800 ms: for statuses. */
  flash?: (row: Row) => string;
}

/** What a table keeps in the URL; `useListState` of the app makes one. */
export interface TableState {
  search: string;
  filters: Record<string, string[]>;
  sort: { key: string; descending: boolean } | undefined;
  setSearch: (text: string) => void;
  setFilter: (key: string, values: string[]) => void;
  toggleSort: (key: string) => void;
  clear: () => void;
  isFiltered: boolean;
}
