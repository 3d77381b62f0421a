import type { ItemState } from '@waterstrider/contract';
import type { OperationRow, StoreTransaction } from '@waterstrider/engine/ports';
import type { TransactionSql } from '../database.ts';
import type { Touched } from './announce.ts';
import { addItems, moveItems } from './items.ts';
import { toJson } from './rows.ts';

type Part = Pick<
  StoreTransaction,
  'addItems' | 'moveItems' | 'itemsOf' | 'tasksWaitingFor' | 'lockOperations' | 'finishOperation' | 'reopenOperation'
>;

export function operationPart(tx: TransactionSql, touched: Touched): Part {
  return {
    addItems: (operationId, items) => addItems(tx, touched, operationId, items),
    moveItems: (operationId, items) =>
      moveItems(
        tx,
        touched,
        items.map((item) => ({ operationId, ...item })),
      ),
    async itemsOf(operationId, states) {
      const rows = await tx<{ kind: string; id: string; name: string; state: ItemState }[]>`
        select target_kind as kind, target_id as id, target_name as name, state from operation_item
        where operation_id = ${operationId} ${states ? tx`and state = any(${states}::text[])` : tx``}
        order by position`;
      return rows.map(({ state, ...target }) => ({ target, state }));
    },
    async tasksWaitingFor(targetId) {
      const rows = await tx<{ id: string }[]>`
        select operation_id as id from operation_item
        where target_id = ${targetId} and state in ('pending', 'running') order by operation_id`;
      return rows.map(({ id }) => id);
    },
    lockOperations: (ids) => lockOperations(tx, ids),
    async finishOperation(id, state, error) {
      await tx`
        update operation set state = ${state}, error = ${toJson(error)}::text::jsonb, finished_at = now() where id = ${id}`;
      touched.add('operation', id);
    },
    async reopenOperation(id) {
      await tx`update operation set state = 'running', error = null, finished_at = null where id = ${id}`;
      touched.add('operation', id);
    },
  };
}

/** Counts after the lock, in a statement of its own: so it sees what the last holder committed. */
async function lockOperations(tx: TransactionSql, ids: string[]): Promise<OperationRow[]> {
  await tx`select 1 from operation where id = any(${ids}::uuid[]) order by id for no key update`;
  return tx<OperationRow[]>`
    select o.id, o.kind, o.state, count(t.target_id)::int as total,
      count(*) filter (where t.state = 'succeeded')::int as done,
      count(*) filter (where t.state = 'failed')::int as failed,
      count(*) filter (where t.state in ('cancelled', 'unknown'))::int as other,
      count(*) filter (where t.state in ('pending', 'running'))::int as open
    from operation o left join operation_item t on t.operation_id = o.id
    where o.id = any(${ids}::uuid[]) group by o.id order by o.id`.then((rows) => [...rows]);
}
