import type { MirroredNode, MirrorTransaction } from '@waterstrider/cloud-barista/ports';
import type { TransactionSql } from '../database.ts';
import type { Touched } from '../engine/announce.ts';
import { present, toJson, type Stored } from '../engine/rows.ts';

type Part = Pick<MirrorTransaction, 'nodesIn' | 'putNodes'>;

export const mirroredNodePart = (tx: TransactionSql, touched: Touched): Part => ({
  async nodesIn(namespaceId) {
    const rows = await tx<(Stored<Omit<MirroredNode, 'createdAt'>>[number] & { createdAt: Date })[]>`
      select n.id, n.namespace_id as "namespaceId", n.infra_id as "infraId", n.group_id as "groupId", n.upstream_uid as uid,
        n.name, n.index, n.connection_id as "connectionId", n.provider, n.region, n.zone, n.spec, n.image, n.os,
        n.root_disk_type as "rootDiskType", n.root_disk_size_gib as "rootDiskSizeGiB", n.labels,
        n.cost_per_hour_usd::float8 as "costPerHourUsd", n.status, n.target_status as "targetStatus",
        n.target_action as "targetAction", n.csp_id as "cspId", n.public_ip as "publicIp", n.private_ip as "privateIp",
        n.error, n.operation_id as "operationId", n.created_at as "createdAt"
      from node n where n.namespace_id = ${namespaceId} order by n.id`;
    return rows.map(({ createdAt, ...row }) => ({
      ...present<Omit<MirroredNode, 'createdAt'>>(row),
      createdAt: createdAt.toISOString(),
    }));
  },
  async putNodes(rows) {
    if (rows.length === 0) return;
    await tx`
      with input as (
        select * from jsonb_to_recordset(${toJson(rows)}::text::jsonb) as i (
          id uuid, "namespaceId" uuid, "infraId" uuid, "groupId" uuid, uid text, name text, index int, "connectionId" uuid,
          provider text, region text, zone text, spec text, image text, os text, "rootDiskType" text, "rootDiskSizeGiB" int,
          labels jsonb, "costPerHourUsd" numeric, status text, "targetStatus" text, "targetAction" text, "cspId" text,
          "publicIp" text, "privateIp" text, error jsonb, "operationId" uuid, "createdAt" timestamptz)
      ), before as (
        select n.id, n.status from node n join input i on i.id = n.id
      ), put as (
        insert into node as n (id, namespace_id, infra_id, group_id, upstream_uid, name, index, connection_id, provider, region,
          zone, spec, image, os, root_disk_type, root_disk_size_gib, labels, cost_per_hour_usd, status, target_status,
          target_action, csp_id, public_ip, private_ip, error, operation_id, observed_at, created_at)
        select id, "namespaceId", "infraId", "groupId", uid, name, index, "connectionId", provider, region, zone, spec, image,
          os, "rootDiskType", "rootDiskSizeGiB", labels, "costPerHourUsd", status, "targetStatus", "targetAction", "cspId",
          "publicIp", "privateIp", error, "operationId", now(), coalesce("createdAt", now())
        from input
        on conflict (id) do update set name = excluded.name, index = excluded.index, group_id = excluded.group_id, upstream_uid = excluded.upstream_uid,
          connection_id = excluded.connection_id, provider = excluded.provider, region = excluded.region,
          zone = excluded.zone, spec = excluded.spec, image = excluded.image, os = excluded.os,
          root_disk_type = excluded.root_disk_type, root_disk_size_gib = excluded.root_disk_size_gib,
          labels = excluded.labels, cost_per_hour_usd = excluded.cost_per_hour_usd, status = excluded.status,
          status_since = case when n.status = excluded.status then n.status_since else now() end,
          target_status = excluded.target_status, target_action = excluded.target_action, csp_id = excluded.csp_id,
          public_ip = excluded.public_ip, private_ip = excluded.private_ip, error = excluded.error,
          operation_id = excluded.operation_id, observed_at = now()
        returning n.id, n.status
      )
      insert into node_status_history (node_id, at, status)
      select p.id, now(), p.status from put p left join before b on b.id = p.id
      where b.id is null or b.status <> p.status`;
    touched.add('node', ...rows.map((row) => row.id));
  },
});
