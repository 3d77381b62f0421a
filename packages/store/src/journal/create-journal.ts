import type { OperationItem } from '@waterstrider/contract';
import type { Sql } from '../database.ts';
import { isUuid, present, toJson, type Stored } from '../engine/rows.ts';
import { inTransaction } from '../engine/transaction.ts';
import { beginOperation } from './begin-operation.ts';
import type { Journal } from './journal.ts';
import { listOperations } from './list-operations.ts';
import { operationColumns, toRecord, type StoredOperation } from './operation-rows.ts';

const batchSize = 1000;

/** The journal on PostgreSQL. Its changes are announced in the same order as the engine's, as ids. */
export function createJournal(sql: Sql, options: { platform?: 'embedded' | 'cloud-barista' } = {}): Journal {
  const platform = options.platform ?? 'embedded';
  return {
    begin: (operation) => beginOperation(sql, platform, operation),
    list: (filter) => listOperations(sql, platform, filter),
    ...journalReads(sql, platform),
    refuse: (id) =>
      inTransaction(sql, async (tx, touched) => {
        await tx`delete from operation where id = ${id}`;
        touched.add('operation', id);
      }),
    accept: (id, answer) =>
      inTransaction(sql, async (tx, touched) => {
        await tx`update operation set answer = ${toJson(answer)}::text::jsonb where id = ${id}`;
        touched.add('operation', id);
      }),
    fail: (id, error) =>
      inTransaction(sql, async (tx, touched) => {
        const { count } = await tx`
          update operation set state = 'failed', error = ${toJson(error)}::text::jsonb, finished_at = now()
          where id = ${id} and state in ('pending', 'running')`;
        if (count > 0) touched.add('operation', id);
      }),
    async prune(keptDays) {
      for (let total = 0; ;) {
        const { count } = await sql`
          delete from operation where id in (
            select id from operation where finished_at < now() - make_interval(secs => ${keptDays * 86_400}::float8)
            order by finished_at limit ${batchSize})`;
        total += count;
        if (count < batchSize) return total;
      }
    },
  };
}

function journalReads(sql: Sql, platform: string): Pick<Journal, 'get' | 'getMany' | 'items' | 'listOpen'> {
  return {
    async get(id) {
      if (!isUuid(id)) return undefined;
      const [row] = await sql<StoredOperation[]>`
        select ${operationColumns(sql)} from operation where platform = ${platform} and id = ${id}`;
      return row && toRecord(row);
    },
    async getMany(ids) {
      const rows = await sql<StoredOperation[]>`
        select ${operationColumns(sql)} from operation where platform = ${platform} and id = any(${ids.filter(isUuid)}::uuid[]) order by id`;
      return rows.map(toRecord);
    },
    async listOpen() {
      const rows = await sql<StoredOperation[]>`
        select ${operationColumns(sql)} from operation
        where platform = ${platform} and state in ('pending', 'running') order by started_at, id`;
      return rows.map(toRecord);
    },
    items: (id) => readItems(sql, id),
  };
}

type StoredItem = Stored<Pick<OperationItem, 'state' | 'step' | 'error'>>[number] & {
  target: OperationItem['target'];
  startedAt: Date | null;
  finishedAt: Date | null;
};

async function readItems(sql: Sql, id: string): Promise<OperationItem[]> {
  if (!isUuid(id)) return [];
  const rows = await sql<StoredItem[]>`
    select jsonb_build_object('kind', target_kind, 'id', target_id, 'name', target_name) as target, state, step, error,
      started_at as "startedAt", finished_at as "finishedAt"
    from operation_item where operation_id = ${id}
    order by array_position(array['failed', 'unknown', 'running', 'pending', 'succeeded', 'cancelled'], state), position`;
  return rows.map(({ target, startedAt, finishedAt, ...row }) => ({
    target,
    ...present<Pick<OperationItem, 'state' | 'step' | 'error'>>(row),
    ...(startedAt && { startedAt: startedAt.toISOString() }),
    ...(finishedAt && { finishedAt: finishedAt.toISOString() }),
  }));
}
