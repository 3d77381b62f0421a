import type { ResourceRow, StoreTransaction } from '@waterstrider/engine/ports';
import type { TransactionSql } from '../database.ts';
import { resourceColumns, resourceOrder, toJson, toResource, type StoredResource } from './rows.ts';

type Part = Pick<
  StoreTransaction,
  | 'lockResources'
  | 'resources'
  | 'insertResources'
  | 'usedCidrs'
  | 'writeResource'
  | 'deleteResource'
  | 'unusedResources'
>;

/** Sets these advisory locks apart from others. */
const resourceLock = 7721;

/** Resources are not part of what is announced: they are read when somebody looks. */
export function resourcePart(tx: TransactionSql): Part {
  const find = async (condition: ReturnType<typeof tx>, lock = tx``): Promise<ResourceRow[]> => {
    const rows = await tx<StoredResource[]>`
      select ${resourceColumns(tx)} from resource s where ${condition} order by ${resourceOrder(tx)} ${lock}`;
    return rows.map(toResource);
  };
  return {
    async lockResources(namespaceId) {
      await tx`select pg_advisory_xact_lock(hashtextextended(${namespaceId}, ${resourceLock}))`;
    },
    resources: (namespaceId, connectionIds) =>
      find(tx`s.namespace_id = ${namespaceId} and s.connection_id = any(${connectionIds}::uuid[])`),
    async insertResources(rows) {
      const input = rows.map(({ secret, ...row }) => ({ ...row, secret: secret?.toString('base64') }));
      // Another request may have written the same shared resource: then that one is used.
      await tx`
        insert into resource (id, namespace_id, connection_id, kind, name, cidr, public_key, operation_id, secret)
        select id, "namespaceId", "connectionId", kind, name, cidr, "publicKey", "operationId", decode(secret, 'base64')
        from jsonb_to_recordset(${toJson(input)}::text::jsonb) as input (
          id uuid, "namespaceId" uuid, "connectionId" uuid, kind text, name text, cidr text, "publicKey" text,
          "operationId" uuid, secret text)
        on conflict (namespace_id, connection_id, kind) do nothing`;
    },
    async usedCidrs(namespaceId) {
      const rows = await tx<{ cidr: string }[]>`
        select cidr from resource where namespace_id = ${namespaceId} and kind = 'vNet' and cidr is not null order by cidr`;
      return rows.map((row) => row.cidr);
    },
    writeResource: writeResource(tx),
    async deleteResource(id) {
      await tx`delete from resource where id = ${id}`;
    },
    unusedResources: (namespaceId, connectionIds, exceptInfra) =>
      find(
        tx`
          s.namespace_id = ${namespaceId} and s.connection_id = any(${connectionIds}::uuid[])
          and not exists (
            select 1 from node_group g join infra i on i.id = g.infra_id
            where g.connection_id = s.connection_id and i.namespace_id = s.namespace_id and i.id <> ${exceptInfra})`,
        tx`for no key update of s`,
      ),
  };
}

const writeResource =
  (tx: TransactionSql): StoreTransaction['writeResource'] =>
  async (id, { state, cspId, summary, error, attempt, dueAt, operationId }) => {
    await tx`
      update resource set
        state = coalesce(${state ?? null}::text, state),
        csp_id = case when ${cspId === undefined} then csp_id else ${cspId ?? null}::text end,
        summary = coalesce(${summary ?? null}::text, summary),
        error = case when ${error === undefined} then error else ${toJson(error)}::text::jsonb end,
        attempt = coalesce(${attempt ?? null}::int, attempt),
        due_at = case when ${dueAt === undefined} then due_at else ${dueAt ?? null}::timestamptz end,
        operation_id = case when ${operationId === undefined} then operation_id else ${operationId ?? null}::uuid end
      where id = ${id}`;
  };
