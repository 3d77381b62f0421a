import type { PendingQuery, Row } from 'postgres';
import type { NodeRow, Store } from '@waterstrider/engine/ports';
import type { Queryable, Sql } from '../database.ts';
import {
  nodeColumns,
  presentAll,
  resourceColumns,
  resourceOrder,
  toResource,
  type StoredNodes,
  type StoredResource,
} from './rows.ts';

type Part = Pick<Store, 'dueNodes' | 'nextDue' | 'dueResources' | 'madeNodes'>;
type Fragment = PendingQuery<Row[]>;

/** Namespaces whose four shared resources on the connection are there: servers can be made. */
const readyNamespaces = (sql: Queryable, connectionId: Fragment) => sql`
  select namespace_id from resource where connection_id = ${connectionId} and state = 'Available'
  group by namespace_id having count(distinct kind) = 4`;

const inCreation = (sql: Queryable, connectionId: Fragment) =>
  sql`from node m where m.connection_id = ${connectionId} and m.status = 'Creating' and m.csp_id is not null`;

/**
 * When something of the connection is due. Creates that are due but can not go now are left out, else the worker would turn in
 * a circle: they wait for resources, or for servers in creation, whose own times come first.
 */
export const nextDueAt = (sql: Queryable, connectionId: Fragment) => sql`
  least(
    (select min(n.due_at) from node n where n.connection_id = ${connectionId} and n.due_at > now()),
    (select min(n.due_at) from node n where n.connection_id = ${connectionId} and n.due_at <= now()
      and not (n.target_action is not distinct from 'create' and n.csp_id is null
        and (n.namespace_id not in (${readyNamespaces(sql, connectionId)})
          or exists (select 1 ${inCreation(sql, connectionId)} and m.due_at > now())))),
    (select min(s.due_at) from resource s where s.connection_id = ${connectionId}))`;

/** What a worker has to do on a connection. */
export const duePart = (sql: Sql): Part => ({
  async dueNodes(connectionId, { busy, createCapacity, limit }) {
    const id = sql`${connectionId}::uuid`;
    const rows = await sql<StoredNodes>`
      with due as materialized (
        select id, namespace_id, due_at, created_at, index,
          (target_action is not distinct from 'create' and csp_id is null) as is_create
        from node where connection_id = ${id} and due_at <= now() and id <> all(${busy}::uuid[])
      ), creates as (
        select id from due where is_create and namespace_id in (${readyNamespaces(sql, id)})
        order by created_at, index, id
        limit greatest(0, ${createCapacity}::int - (select count(*) ${inCreation(sql, id)}))
      ), others as (
        select id from due where not is_create order by due_at, id limit ${limit}
      )
      select ${nodeColumns(sql)} from node n
      where n.id in (select id from others union all select id from creates)
      order by (n.target_action is not distinct from 'create' and n.csp_id is null),
        case when n.target_action = 'create' and n.csp_id is null then n.created_at else n.due_at end, n.index, n.id
      limit ${limit}`;
    return presentAll<NodeRow>(rows);
  },
  async nextDue(connectionId) {
    const [row] = await sql<{ at: Date | null }[]>`select ${nextDueAt(sql, sql`${connectionId}::uuid`)} as at`;
    return row?.at ?? undefined;
  },
  async dueResources(connectionId) {
    const rows = await sql<StoredResource[]>`
      select ${resourceColumns(sql)} from resource s where s.connection_id = ${connectionId} and s.due_at <= now()
      order by ${resourceOrder(sql)}`;
    return rows.map(toResource);
  },
  async madeNodes(connectionId) {
    const rows = await sql<StoredNodes>`
      select ${nodeColumns(sql)} from node n where n.connection_id = ${connectionId} and n.csp_id is not null order by n.id`;
    return presentAll<NodeRow>(rows);
  },
});
