import type { Operation } from '@waterstrider/contract';
import { useTranslation } from 'react-i18next';

export const isRunning = ({ state }: Pick<Operation, 'state'>): boolean => state === 'pending' || state === 'running';

type Titled = Pick<Operation, 'kind' | 'target' | 'progress'>;

/** "Reboot storefront"; "Reboot 9 servers" where a task reaches over several MCIS. */
export function useTaskTitle(): (operation: Titled) => string {
  const { t } = useTranslation('tasks');
  return ({ kind, target, progress }) =>
    target.kind === 'namespace'
      ? t(`titleMany.${kind}`, { count: progress.total })
      : t(`title.${kind}`, { name: target.name });
}

/** Milliseconds it took, or has taken until `now`. */
export const elapsedMs = (operation: Pick<Operation, 'startedAt' | 'finishedAt'>, now: number): number =>
  Math.max(0, (operation.finishedAt ? Date.parse(operation.finishedAt) : now) - Date.parse(operation.startedAt));
