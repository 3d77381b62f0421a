import { LeaseLost, type ConnectionRow, type Store } from '@waterstrider/engine/ports';
import type { Queryable, Sql } from '../database.ts';
import { channels } from './announce.ts';
import { nextDueAt } from './due.ts';
import { connectionColumns, isUuid, present, presentAll, toJson, type StoredConnections } from './rows.ts';
import { retried } from './transaction.ts';

type Part = Pick<
  Store,
  'voidLeases' | 'claimConnections' | 'heartbeat' | 'connectionRow' | 'releaseConnection' | 'markSent'
>;

const seconds = (sql: Queryable, milliseconds: number) => sql`make_interval(secs => ${milliseconds / 1000}::float8)`;

/** Which replica works which connection. */
export const leasePart = (sql: Sql, platform: string): Part => ({
  async voidLeases() {
    await sql`
      update connection set lease_owner = null, lease_until = null, due_at = now()
      where platform = ${platform} and lease_owner is not null`;
  },
  /** Those that `owner` already holds are not given again. */
  claimConnections: (owner, leaseMs, limit) =>
    retried(async () => {
      const rows = await sql<StoredConnections>`
        with claimed as (
          update connection set lease_owner = ${owner}, lease_until = now() + ${seconds(sql, leaseMs)}
          where id in (
            select id from connection
            where platform = ${platform} and due_at <= now() and (lease_until is null or lease_until < now())
            order by due_at, id limit ${limit} for update skip locked)
          returning *
        )
        select ${connectionColumns(sql)} from claimed c join credential r on r.id = c.credential_id order by c.due_at`;
      return presentAll<ConnectionRow>(rows);
    }),
  heartbeat: (owner, connectionIds, leaseMs) =>
    retried(async () => {
      const rows = await sql<{ id: string }[]>`
        update connection set lease_until = now() + ${seconds(sql, leaseMs)}
        where id in (
          select id from connection where id = any(${connectionIds}::uuid[]) and lease_owner = ${owner}
          order by id for no key update)
        returning id`;
      return rows.map((row) => row.id);
    }),
  async connectionRow(id) {
    if (!isUuid(id)) return undefined;
    const [row] = await sql<StoredConnections>`
      select ${connectionColumns(sql)} from connection c join credential r on r.id = c.credential_id where c.id = ${id}`;
    return row && present<ConnectionRow>(row);
  },
  /**
   * The next due time is computed on what this statement sees. Whoever added work that it does not see has changed `wake`, or
   * will set `due_at` after it: so no work is slept over.
   */
  releaseConnection: (owner, id, wake) =>
    retried(async () => {
      await sql`
        with released as (
          update connection c set lease_owner = null, lease_until = null,
            due_at = case when c.wake <> ${wake}::float8::bigint or c.verify_due then now()
              else least(case when c.state = 'Verified' then c.observe_due_at end, ${nextDueAt(sql, sql`c.id`)}) end
          where c.id = ${id} and c.lease_owner = ${owner} returning c.due_at
        )
        select pg_notify(${channels.work}, '') from released where due_at <= now()`;
    }),
  markSent: (nodes, { connectionId, owner }) =>
    retried(async () => {
      const [row] = await sql<{ held: boolean; marked: string[] }[]>`
        with held as (
          select id from connection
          where id = ${connectionId} and lease_owner = ${owner} and lease_until > now() for key share
        ), wanted as (
          select n.id from node n
          join jsonb_to_recordset(${toJson(nodes)}::text::jsonb) as i (id uuid, intent int) on i.id = n.id and i.intent = n.intent
          where n.id = any(${nodes.map((node) => node.id)}::uuid[]) and n.connection_id in (select id from held) order by n.id for no key update of n
        ), marked as (
          update node set sent_at = now() where id = any(${nodes.map((node) => node.id)}::uuid[]) and id in (select id from wanted) returning id
        )
        select exists (select 1 from held) as held, array(select id::text from marked) as marked`;
      if (!row?.held) throw new LeaseLost(`The lease of connection ${connectionId} is lost.`);
      return new Set(row.marked);
    }),
});
