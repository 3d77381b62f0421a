import type { MirroredConnection, MirroredCredential, MirrorTransaction } from '@waterstrider/cloud-barista/ports';
import type { TransactionSql } from '../database.ts';
import type { Touched } from '../engine/announce.ts';
import { isUuid, present, presentAll, toJson, type Stored } from '../engine/rows.ts';

type Part = Pick<
  MirrorTransaction,
  | 'credentials'
  | 'putCredentials'
  | 'connections'
  | 'putConnections'
  | 'setDisabled'
  | 'setReachable'
  | 'markConnectionsObserved'
  | 'dropUnusedConnections'
>;

/** The secret column stays empty: values go to the framework and are not kept. */
export const mirroredConnectionPart = (tx: TransactionSql, touched: Touched, platform: string): Part => ({
  async credentials() {
    const rows = await tx<(Stored<Omit<MirroredCredential, 'createdAt'>>[number] & { createdAt: Date })[]>`
      select r.id, r.name, r.provider, r.value_keys as "valueKeys", r.regions, r.namespace_ids as "namespaceIds",
        (select count(*)::int from connection c where c.credential_id = r.id) as connections, r.created_at as "createdAt"
      from credential r where r.platform = ${platform} order by r.name collate "C", r.id`;
    return rows.map(({ createdAt, ...row }) => ({
      ...present<Omit<MirroredCredential, 'createdAt'>>(row),
      createdAt: createdAt.toISOString(),
    }));
  },
  async putCredentials(rows) {
    if (rows.length === 0) return;
    await tx`
      insert into credential (id, platform, name, provider, secret, value_keys, regions, namespace_ids)
      select id, ${platform}, name, provider, '', array(select jsonb_array_elements_text("valueKeys")),
        array(select jsonb_array_elements_text(regions)),
        case when "namespaceIds" is null then null else array(select jsonb_array_elements_text("namespaceIds")::uuid) end
      from jsonb_to_recordset(${toJson(rows)}::text::jsonb) as input (
        id uuid, name text, provider text, "valueKeys" jsonb, regions jsonb, "namespaceIds" jsonb)
      on conflict (id) do update set value_keys = excluded.value_keys, regions = excluded.regions,
        namespace_ids = excluded.namespace_ids`;
    const ids = rows.map((row) => row.id);
    const connections = await tx<{ id: string }[]>`
      select id from connection where credential_id = any(${ids}::uuid[])`;
    touched.add('connection', ...connections.map(({ id }) => id));
  },
  async connections(namesOrIds) {
    const wanted =
      namesOrIds === undefined
        ? tx``
        : tx`and (c.name = any(${namesOrIds}::text[]) or c.id = any(${namesOrIds.filter(isUuid)}::uuid[]))`;
    const rows = await tx<Stored<MirroredConnection>>`
      select c.id, c.name, c.credential_id as "credentialId", r.name as credential, c.provider, c.region, c.zones, c.state,
        c.disabled, r.namespace_ids as "namespaceIds", c.reachable
      from connection c join credential r on r.id = c.credential_id
      where c.platform = ${platform} ${wanted} order by c.id`;
    return presentAll<MirroredConnection>(rows);
  },
  async putConnections(rows) {
    if (rows.length === 0) return;
    await tx`
      insert into connection as c (id, platform, name, credential_id, provider, region, zones, state, error, reachable,
        verified_at, observed_at, due_at)
      select id, ${platform}, name, "credentialId", provider, region, array(select jsonb_array_elements_text(zones)), state,
        error, reachable, case when state = 'Verified' then now() end, now(), null
      from jsonb_to_recordset(${toJson(rows)}::text::jsonb) as input (
        id uuid, name text, "credentialId" uuid, provider text, region text, zones jsonb, state text, error jsonb,
        reachable boolean)
      on conflict (id) do update set zones = excluded.zones, state = excluded.state, error = excluded.error,
        reachable = excluded.reachable, observed_at = now(),
        verified_at = case when excluded.state = 'Verified' and c.state <> 'Verified' then now() else c.verified_at end`;
    touched.add('connection', ...rows.map((row) => row.id));
  },
  async setDisabled(id, disabled) {
    await tx`update connection set disabled = ${disabled} where id = ${id}`;
    touched.add('connection', id);
  },
  async setReachable(reachable) {
    const changed = await tx<{ id: string }[]>`
      update connection set reachable = ${reachable}
      where platform = ${platform} and reachable <> ${reachable} returning id`;
    touched.add('connection', ...changed.map((row) => row.id));
  },
  async markConnectionsObserved() {
    await tx`update connection set observed_at = now() where platform = ${platform}`;
  },
  async dropUnusedConnections(ids) {
    if (ids.length === 0) return;
    const gone = await tx<{ id: string }[]>`
      delete from connection c where c.id = any(${ids}::uuid[])
        and not exists (select 1 from node_group g where g.connection_id = c.id)
        and not exists (select 1 from node n where n.connection_id = c.id)
      returning id`;
    touched.add('connection', ...gone.map((row) => row.id));
    // One that holds settings of ours stays, with what it shows, until it has connections again.
    await tx`
      delete from credential r where r.platform = ${platform} and r.regions = '{}' and r.namespace_ids is null
        and r.value_keys = '{}' and not exists (select 1 from connection c where c.credential_id = r.id)`;
  },
});
