import type { Operation, OperationItem, OperationState } from '@waterstrider/contract';
import type { OperationRecord } from '@waterstrider/store';

export const isEnded = (state: OperationState): boolean => state !== 'pending' && state !== 'running';

/** What an answer shows of a task; whether it can be cancelled or retried follows from its state. */
export function toOperation(record: OperationRecord, items: OperationItem[] = []): Operation {
  const { id, kind, target, state, actor, startedAt, total, done, failed } = record;
  return {
    id,
    kind,
    ...(record.ns === undefined ? {} : { ns: record.ns }),
    target,
    state,
    progress: { total, done, failed },
    items,
    actor,
    ...(record.error === undefined ? {} : { error: record.error }),
    canCancel: !isEnded(state),
    canRetry: isEnded(state) && failed > 0,
    startedAt,
    ...(record.finishedAt === undefined ? {} : { finishedAt: record.finishedAt }),
  };
}
