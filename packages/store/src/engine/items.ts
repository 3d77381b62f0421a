import type { ItemState, Target } from '@waterstrider/contract';
import type { CloudWords } from '@waterstrider/engine/ports';
import type { TransactionSql } from '../database.ts';
import type { Touched } from './announce.ts';
import { toJson } from './rows.ts';

export type ItemMove = {
  operationId: string;
  targetId: string;
  state: ItemState;
  step?: string | undefined;
  error?: CloudWords | undefined;
};

/**
 * Moves items of any number of tasks, and the tasks' counters with them, in one statement. Ended items stay as they are.
 * The counters change by differences, so that workers of several connections need not lock the task first.
 */
export async function moveItems(tx: TransactionSql, touched: Touched, moves: ItemMove[]): Promise<void> {
  if (moves.length === 0) return;
  const operationIds = [...new Set(moves.map((move) => move.operationId))];
  const targetIds = moves.map((move) => move.targetId);
  // Leads the planner to the key: it does not know how few a JSON document holds.
  const named = () => tx`t.operation_id = any(${operationIds}::uuid[]) and t.target_id = any(${targetIds}::text[])`;
  const moved = await tx<{ id: string }[]>`
    with input as (
      select * from jsonb_to_recordset(${toJson(moves)}::text::jsonb)
        as i ("operationId" uuid, "targetId" text, state text, step text, error jsonb)
    ), locked as (
      select t.operation_id, t.target_id, t.state, i.state as next, i.step, i.error
      from operation_item t join input i on i."operationId" = t.operation_id and i."targetId" = t.target_id
      where ${named()} and t.state not in ('succeeded', 'failed', 'cancelled')
        and (t.state, t.step, t.error) is distinct from (i.state, i.step, i.error)
      order by t.operation_id, t.target_id for no key update of t
    ), moved as (
      update operation_item t set state = l.next, step = l.step, error = l.error,
        started_at = coalesce(t.started_at, case when l.next <> 'pending' then now() end),
        finished_at = case when l.next in ('pending', 'running') then null else now() end
      from locked l where ${named()} and t.operation_id = l.operation_id and t.target_id = l.target_id
      returning t.operation_id, l.state as before, t.state as after
    ), difference as (
      select operation_id,
        count(*) filter (where after = 'succeeded') - count(*) filter (where before = 'succeeded') as done,
        count(*) filter (where after = 'failed') - count(*) filter (where before = 'failed') as failed
      from moved group by operation_id
    ), counted as (
      update operation o set done = o.done + d.done, failed = o.failed + d.failed
      from difference d where o.id = d.operation_id and (d.done <> 0 or d.failed <> 0)
    )
    select operation_id as id from difference`;
  touched.add('operation', ...moved.map((row) => row.id));
}

/** Adds items, or puts those that exist back to their start; a waiting task runs from here on. */
export async function addItems(
  tx: TransactionSql,
  touched: Touched,
  operationId: string,
  items: { target: Target; state?: ItemState }[],
): Promise<void> {
  const unique = [
    ...new Map(items.map(({ target, state }) => [target.id, { ...target, state: state ?? 'pending' }])).values(),
  ];
  // Locked first: nobody else counts or finishes the task meanwhile.
  await tx`select 1 from operation where id = ${operationId} for no key update`;
  await tx`
    insert into operation_item (operation_id, target_kind, target_id, target_name, state, started_at, finished_at)
    select ${operationId}::uuid, kind, id, name, state, case when state <> 'pending' then now() end,
      case when state not in ('pending', 'running') then now() end
    from jsonb_to_recordset(${toJson(unique)}::text::jsonb) as input (kind text, id text, name text, state text)
    on conflict (operation_id, target_id) do update set state = excluded.state, step = null, error = null,
      started_at = excluded.started_at, finished_at = excluded.finished_at`;
  await tx`
    update operation set total = c.total, done = c.done, failed = c.failed,
      state = case when operation.state = 'pending' then 'running' else operation.state end
    from (
      select count(*) as total, count(*) filter (where state = 'succeeded') as done,
        count(*) filter (where state = 'failed') as failed
      from operation_item where operation_id = ${operationId}
    ) c
    where id = ${operationId}`;
  touched.add('operation', operationId);
}
