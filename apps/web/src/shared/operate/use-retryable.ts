import type { Operation } from '@waterstrider/contract';
import { useMemo } from 'react';
import { useList } from '../list.ts';
import { useCanRetry } from './use-can-retry.ts';
import { useAutoRefresh } from '../../ui/table/use-auto-refresh.ts';

const query = { filter: ['state:partial', 'state:failed'], sort: '-startedAt' };

/** The newest task of each MCIS (by name) whose failed servers can be tried again. */
export function useRetryable(ns: string): ReadonlyMap<string, Operation> {
  const list = useList('listOperations', { query: { ...query, ns }, limit: 100 });
  useAutoRefresh(list);
  const canRetry = useCanRetry();
  const { rows } = list;
  return useMemo(() => newestRetryable(rows.filter(canRetry)), [rows, canRetry]);
}

/** `operations`: newest first. */
export function newestRetryable(operations: Operation[]): ReadonlyMap<string, Operation> {
  const found = new Map<string, Operation>();
  for (const operation of operations) {
    const fits = operation.canRetry && operation.target.kind === 'infra';
    if (fits && !found.has(operation.target.name)) found.set(operation.target.name, operation);
  }
  return found;
}
