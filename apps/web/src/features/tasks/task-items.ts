import type { Operation, OperationItem } from '@waterstrider/contract';

const order: Record<OperationItem['state'], number> = {
  failed: 0,
  unknown: 1,
  running: 2,
  pending: 3,
  succeeded: 4,
  cancelled: 5,
};

/** Failed first, then unclear, running, waiting, done; within a state as the server gave them. */
export const inUrgency = (items: OperationItem[]): OperationItem[] =>
  [...items].sort((left, right) => order[left.state] - order[right.state]);

/** How many items are under way. */
export const countRunning = (items: OperationItem[]): number => items.filter(({ state }) => state === 'running').length;

/** Running ones first (newest first), then the others by when they ended. */
export function splitTasks(operations: Operation[]): { running: Operation[]; ended: Operation[] } {
  const isOpen = ({ state }: Operation) => state === 'running' || state === 'pending';
  const at = (operation: Operation) => operation.finishedAt ?? operation.startedAt;
  return {
    running: operations.filter(isOpen),
    ended: operations
      .filter((operation) => !isOpen(operation))
      .sort((left, right) => at(right).localeCompare(at(left))),
  };
}
