import type { Sql } from '../database.ts';

/** How long things are kept. */
export type StoreBounds = { outboxHours: number; historyDays: number };
export const defaultBounds: StoreBounds = { outboxHours: 1, historyDays: 30 };

const batchSize = 5000;

/** Deletes what is older than its bound, in batches. Returns how many rows went. Replicas may run it at once. */
export async function pruneStore(
  sql: Sql,
  bounds: StoreBounds = defaultBounds,
): Promise<{ outbox: number; history: number }> {
  return {
    outbox: await inBatches(() => pruneOutbox(sql, bounds.outboxHours)),
    history: await inBatches(() => pruneHistory(sql, bounds.historyDays)),
  };
}

async function inBatches(deleteBatch: () => Promise<number>): Promise<number> {
  for (let total = 0; ;) {
    const deleted = await deleteBatch();
    total += deleted;
    if (deleted < batchSize) return total;
  }
}

/** The horizon moves with it: who has read less gets a snapshot. */
async function pruneOutbox(sql: Sql, hours: number): Promise<number> {
  const [row] = await sql<{ deleted: number }[]>`
    with deleted as (
      delete from outbox where seq in (
        select seq from outbox where at < now() - make_interval(secs => ${hours * 3600}::float8) order by seq limit ${batchSize})
      returning seq
    ), moved as (
      update outbox_horizon set pruned = greatest(pruned, (select max(seq) from deleted))
    )
    select count(*)::int as deleted from deleted`;
  return row?.deleted ?? 0;
}

/** The newest entry of a server stays: it says since when it is as it is. */
async function pruneHistory(sql: Sql, days: number): Promise<number> {
  const { count } = await sql`
    delete from node_status_history where id in (
      select h.id from node_status_history h
      where h.at < now() - make_interval(secs => ${days * 86_400}::float8)
        and exists (select 1 from node_status_history newer where newer.node_id = h.node_id and newer.id > h.id)
      order by h.at limit ${batchSize})`;
  return count;
}
