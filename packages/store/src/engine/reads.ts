import type { NodeStatusChange } from '@waterstrider/contract';
import type { Store } from '@waterstrider/engine/ports';
import type { Sql } from '../database.ts';
import {
  byNameOrId,
  credentialColumns,
  isUuid,
  resourceColumns,
  resourceOrder,
  toCredential,
  toResource,
  type StoredCredential,
  type StoredResource,
} from './rows.ts';

type Part = Pick<Store, 'credentials' | 'credentialById' | 'resourcesOf' | 'nodeHistory' | 'namespaceId'>;
type Used = { connection: string; provider: string; region: string; usedBy: string[] };

/** Reads outside of a change. */
export const readPart = (sql: Sql, platform: string): Part => ({
  async credentials() {
    const rows = await sql<StoredCredential[]>`
      select ${credentialColumns(sql)} from credential r where r.platform = ${platform} order by r.name collate "C", r.id`;
    return rows.map(toCredential);
  },
  async credentialById(id) {
    if (!isUuid(id)) return undefined;
    const [row] = await sql<StoredCredential[]>`
      select ${credentialColumns(sql)} from credential r where r.platform = ${platform} and r.id = ${id}`;
    return row && toCredential(row);
  },
  async resourcesOf(namespaceId) {
    const rows = await sql<(StoredResource & Used)[]>`
      select ${resourceColumns(sql)}, c.name as connection, c.provider, c.region,
        array(
          select distinct i.name from node_group g join infra i on i.id = g.infra_id
          where g.connection_id = s.connection_id and i.namespace_id = s.namespace_id order by i.name
        ) as "usedBy"
      from resource s join connection c on c.id = s.connection_id
      where s.namespace_id = ${namespaceId} order by ${resourceOrder(sql)}`;
    return rows.map(({ connection, provider, region, usedBy, ...row }) => ({
      ...toResource(row),
      connection,
      provider,
      region,
      usedBy,
    }));
  },
  async nodeHistory(nodeId, limit) {
    if (!isUuid(nodeId)) return [];
    const rows = await sql<{ at: Date; status: NodeStatusChange['status']; reason: string | null }[]>`
      select at, status, reason from node_status_history where node_id = ${nodeId} order by id desc limit ${limit}`;
    return rows.map(({ at, status, reason }) => ({
      at: at.toISOString(),
      status,
      ...(reason !== null && { reason }),
    }));
  },
  async namespaceId(nameOrId) {
    const [row] = await sql<{ id: string }[]>`
      select id from namespace where platform = ${platform} and ${byNameOrId(sql, 'namespace', nameOrId)}
      order by id::text = lower(${nameOrId}) desc limit 1`;
    return row?.id;
  },
});
