import { useList } from '../../shared/list.ts';
import { useAutoRefresh } from '../../ui/table/use-auto-refresh.ts';

const running = ['pending', 'running'];
const query = { filter: running.map((state) => `state:${state}`), sort: '-startedAt' };

/** How many tasks of a namespace are under way; kept by live events. 0 without a namespace. */
export function useRunningTasks(ns: string | undefined): number {
  const list = useList('listOperations', { query: { ...query, ns }, limit: 100, enabled: ns !== undefined });
  useAutoRefresh(list);
  const ended = list.rows.filter(({ state }) => !running.includes(state)).length;
  return Math.max(0, list.total - ended);
}
