import { useEffect, useMemo } from 'react';
import { useList } from '../../shared/list.ts';
import { useClouds } from '../../shared/use-clouds.ts';
import { useAutoRefresh } from '../../ui/table/use-auto-refresh.ts';
import { groupByProvider } from './places.ts';

/** Every connection this namespace may use, by provider; kept fresh while they are verified. */
export function useConnections(ns: string) {
  const list = useList('listConnections', { query: { ns }, limit: 500 });
  const clouds = useClouds();
  const { rows, hasMore, loadingMore, loadMore } = list;
  useAutoRefresh(list);
  useEffect(() => {
    if (hasMore && !loadingMore) loadMore();
  }, [hasMore, loadingMore, loadMore]);
  const order = useMemo(() => clouds.clouds.map(({ provider }) => provider), [clouds.clouds]);
  const places = useMemo(() => groupByProvider(rows, order), [rows, order]);
  const byName = useMemo(() => new Map(rows.map((connection) => [connection.name, connection])), [rows]);
  return {
    places,
    byName,
    clouds,
    isLoading: list.loading || hasMore || clouds.isPending,
    error: list.error ?? clouds.error ?? undefined,
    retry: () => {
      if (list.error) list.retry();
      if (clouds.error) clouds.retry();
    },
  };
}

export type Connections = ReturnType<typeof useConnections>;
