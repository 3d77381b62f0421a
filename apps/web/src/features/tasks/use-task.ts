import { useQuery } from '@tanstack/react-query';
import type { UseQueryResult } from '@tanstack/react-query';
import type { Operation } from '@waterstrider/contract';
import { useEffect, useRef, useState } from 'react';
import { api } from '../../shared/api.ts';

const betweenMs = 1000;

/**
 * A task with its items. `listed` is the same task as lists know it, patched by events: whenever it changes the items are
 * loaded again, once a second at most. Its own cache key keeps a storm of events from loading it more often.
 */
export function useTask(id: string, listed: Operation | undefined): UseQueryResult<Operation, unknown> {
  const result = useQuery<Operation, unknown>({
    queryKey: ['task-items', id],
    queryFn: ({ signal }) => api('getOperation', { params: { operation: id }, signal }),
    staleTime: 0,
  });
  const { refetch } = result;
  const seen = useRef(listed);
  const [openedAt] = useState(() => Date.now());
  const loadedAt = useRef(openedAt);
  useEffect(() => {
    if (listed === undefined || seen.current === listed) return;
    const wait = Math.max(0, loadedAt.current + betweenMs - Date.now());
    const timer = setTimeout(() => {
      seen.current = listed;
      loadedAt.current = Date.now();
      void refetch();
    }, wait);
    return () => clearTimeout(timer);
  }, [listed, refetch]);
  return result;
}
