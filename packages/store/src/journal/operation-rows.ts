import type { Queryable } from '../database.ts';
import { present, type Stored } from '../engine/rows.ts';
import type { OperationRecord } from './journal.ts';

export const operationColumns = (sql: Queryable) => sql`
  id, kind, namespace_id as "namespaceId", ns, target, state, total, done, failed, actor, error, answer,
  started_at as "startedAt", finished_at as "finishedAt"`;

type Undated = Omit<OperationRecord, 'startedAt' | 'finishedAt'>;
export type StoredOperation = Stored<Undated>[number] & { startedAt: Date; finishedAt: Date | null };

export const toRecord = ({ startedAt, finishedAt, ...row }: StoredOperation): OperationRecord => ({
  ...present<Undated>(row),
  startedAt: startedAt.toISOString(),
  ...(finishedAt && { finishedAt: finishedAt.toISOString() }),
});
