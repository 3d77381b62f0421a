/** What a table shows; `useList` of the app makes one. */
export interface TableSource<Row> {
  rows: Row[];
  /** All matches, loaded or not. */
  total: number;
  /** Nothing to show yet. */
  loading: boolean;
  /** The rows shown belong to the question before; the new ones are on their way. */
  updating: boolean;
  error: unknown;
  hasMore: boolean;
  loadingMore: boolean;
  loadMore: () => void;
  retry: () => void;
  /** Every match, over all pages: for export and for selecting all. */
  fetchAll: () => Promise<Row[]>;
  /** Changes that are not shown in place. */
  pending: { added: number; changed: number };
  /** Loads what is shown again and forgets what is pending. */
  refresh: () => Promise<void>;
}
