import { hashKey, useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import type { InfiniteData } from '@tanstack/react-query';
import type { OutputOf, RowName } from '@waterstrider/contract';
import { useCallback, useMemo } from 'react';
import type { TableSource } from '../ui/table/table-source.ts';
import { api } from './api.ts';
import type { ApiArguments } from './api.ts';
import { clearPending, usePending } from './pending.ts';
import type { RowKey } from './query.ts';

/** Rows that answer `{ items, total, next? }`. */
export type ListName = {
  [Name in RowName]: OutputOf<Name> extends { items: unknown[]; total: number } ? Name : never;
}[RowName];
export type ItemOf<Name extends ListName> = OutputOf<Name>['items'][number];

interface Page<Item> {
  items: Item[];
  total: number;
  next?: string;
}

interface ListOptions {
  params?: Record<string, string>;
  /** search, filter, sort and whatever else the row takes; the cursor is added here. */
  query?: Record<string, unknown>;
  /** Rows per page, 100 unless told, 500 at most. */
  limit?: number;
  enabled?: boolean;
}

function fetchPage<Name extends ListName>(
  name: Name,
  options: ListOptions,
  page: { cursor?: string | undefined; limit: number; signal?: AbortSignal },
): Promise<Page<ItemOf<Name>>> {
  const query = { ...options.query, limit: page.limit, cursor: page.cursor };
  const request = { params: options.params ?? {}, query, signal: page.signal };
  return api(name, ...([request] as unknown as ApiArguments<Name>)) as Promise<Page<ItemOf<Name>>>; // ListName rows answer pages
}

/**
 * A list paged by the server's cursor, kept fresh by live events; hand it to `DataTable` as its source.
 * @example const list = useList('listNodes', { params: { ns }, query: state.query });
 */
export function useList<Name extends ListName>(name: Name, options: ListOptions = {}): TableSource<ItemOf<Name>> {
  const { params = {}, query = {}, limit = 100, enabled = true } = options;
  const client = useQueryClient();
  const queryKey: RowKey = [name, params, query, 'pages'];
  const hash = hashKey(queryKey);
  const pending = usePending(hash);
  const result = useInfiniteQuery<
    Page<ItemOf<Name>>,
    unknown,
    InfiniteData<Page<ItemOf<Name>>>,
    RowKey,
    string | undefined
  >({
    queryKey,
    enabled,
    initialPageParam: undefined,
    // Comparing thousands of rows on every page costs more than drawing the few in sight again.
    structuralSharing: false,
    placeholderData: (previous, previousQuery) => (sameOwner(previousQuery?.queryKey, queryKey) ? previous : undefined),
    queryFn: ({ pageParam, signal }) => fetchPage(name, { params, query }, { cursor: pageParam, limit, signal }),
    getNextPageParam: (page) => page.next,
  });
  const { data, fetchNextPage, isFetchingNextPage, refetch } = result;
  const rows = useMemo(() => data?.pages.flatMap((page) => page.items) ?? [], [data]);
  const refresh = useCallback(async () => {
    clearPending(hash);
    await client.refetchQueries({ queryKey, exact: true });
    // queryKey is new on each render; its hash says whether it really changed.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [client, hash]);
  const loadMore = useCallback(() => {
    if (!isFetchingNextPage) void fetchNextPage();
  }, [fetchNextPage, isFetchingNextPage]);
  const fetchAll = useCallback(
    () => walk(name, { params, query }),
    // as above: the hash stands for params and query
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [hash],
  );
  return {
    rows,
    total: data?.pages.at(-1)?.total ?? 0,
    loading: result.isPending && enabled,
    updating: result.isPlaceholderData,
    error: result.error ?? undefined,
    hasMore: result.hasNextPage,
    loadingMore: isFetchingNextPage,
    loadMore,
    retry: () => void refetch(),
    fetchAll,
    pending,
    refresh,
  };
}

/** Old rows stay on screen while a filter or sort loads, but never those of another namespace or row. */
function sameOwner(previous: RowKey | undefined, next: RowKey): boolean {
  return previous !== undefined && previous[0] === next[0] && hashKey([previous[1]]) === hashKey([next[1]]);
}

async function walk<Name extends ListName>(name: Name, options: ListOptions): Promise<ItemOf<Name>[]> {
  const all: ItemOf<Name>[] = [];
  let cursor: string | undefined;
  do {
    const page: Page<ItemOf<Name>> = await fetchPage(name, options, { cursor, limit: 500 });
    all.push(...page.items);
    cursor = page.next;
  } while (cursor !== undefined);
  return all;
}
