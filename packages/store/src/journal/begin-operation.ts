import type { Sql } from '../database.ts';
import { toJson } from '../engine/rows.ts';
import type { BeginOperation, Journal, OperationRecord } from './journal.ts';
import { operationColumns, toRecord, type StoredOperation } from './operation-rows.ts';

type Outcome = Awaited<ReturnType<Journal['begin']>>;

/** Not announced: nobody sees a task that the platform refuses at once. */
export async function beginOperation(sql: Sql, platform: string, operation: BeginOperation): Promise<Outcome> {
  for (;;) {
    const begun = await insertOperation(sql, platform, operation);
    if (begun) return { outcome: 'begun', record: begun };
    const earlier = await findEarlier(sql, platform, operation);
    // The earlier one was refused in between: its key is free again.
    if (earlier) return earlier;
  }
}

async function insertOperation(
  sql: Sql,
  platform: string,
  { id, kind, namespaceId, ns, target, actor, idempotency }: BeginOperation,
): Promise<OperationRecord | undefined> {
  const [row] = await sql<StoredOperation[]>`
    insert into operation (id, platform, kind, namespace_id, ns, target, actor, idempotency_key, request_hash)
    values (${id}, ${platform}, ${kind}, ${namespaceId ?? null}, ${ns ?? null}, ${toJson(target)}::text::jsonb, ${actor},
      ${idempotency?.key ?? null}, ${idempotency?.requestHash ?? null})
    on conflict (platform, actor, idempotency_key) do nothing
    returning ${operationColumns(sql)}`;
  return row && toRecord(row);
}

async function findEarlier(
  sql: Sql,
  platform: string,
  { actor, idempotency }: BeginOperation,
): Promise<Outcome | undefined> {
  const [row] = await sql<(StoredOperation & { requestHash: string | null })[]>`
    select ${operationColumns(sql)}, request_hash as "requestHash" from operation
    where platform = ${platform} and actor = ${actor} and idempotency_key = ${idempotency?.key ?? null}`;
  if (!row) return undefined;
  const { requestHash, ...earlier } = row;
  return { outcome: requestHash === idempotency?.requestHash ? 'repeat' : 'differs', record: toRecord(earlier) };
}
