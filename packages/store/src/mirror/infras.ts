import type { MirroredGroup, MirroredInfra, MirrorTransaction } from '@waterstrider/cloud-barista/ports';
import type { TransactionSql } from '../database.ts';
import type { Touched } from '../engine/announce.ts';
import { present, presentAll, toJson, type Stored } from '../engine/rows.ts';

type Part = Pick<MirrorTransaction, 'infras' | 'groupsIn' | 'putInfras' | 'putGroups'>;

export const mirroredInfraPart = (tx: TransactionSql, touched: Touched): Part => ({
  async infras(namespaceId) {
    const rows = await tx<(Stored<Omit<MirroredInfra, 'createdAt'>>[number] & { createdAt: Date })[]>`
      select i.id, i.namespace_id as "namespaceId", i.upstream_uid as uid, i.name, i.description, i.labels, i.policy, i.phase,
        i.running_operation as "runningOperation", i.created_by as "createdBy", i.created_at as "createdAt"
      from infra i where i.namespace_id = ${namespaceId} order by i.id for no key update of i`;
    return rows.map(({ createdAt, ...row }) => ({
      ...present<Omit<MirroredInfra, 'createdAt'>>(row),
      createdAt: createdAt.toISOString(),
    }));
  },
  async groupsIn(namespaceId) {
    const rows = await tx<Stored<MirroredGroup>>`
      select g.id, g.infra_id as "infraId", g.name, g.position, g.connection_id as "connectionId", g.provider, g.region, g.zone,
        g.spec, g.image, g.os, g.root_disk_type as "rootDiskType", g.root_disk_size_gib as "rootDiskSizeGiB", g.labels, g.size
      from node_group g join infra i on i.id = g.infra_id
      where i.namespace_id = ${namespaceId} order by g.infra_id, g.position, g.id`;
    return presentAll<MirroredGroup>(rows);
  },
  async putInfras(rows) {
    if (rows.length === 0) return;
    await tx`
      insert into infra (id, namespace_id, upstream_uid, name, description, labels, policy, phase, running_operation, created_by,
        created_at)
      select id, "namespaceId", uid, name, description, labels, policy, phase, "runningOperation", "createdBy",
        coalesce("createdAt", now())
      from jsonb_to_recordset(${toJson(rows)}::text::jsonb) as input (
        id uuid, "namespaceId" uuid, uid text, name text, description text, labels jsonb, policy text, phase text,
        "runningOperation" uuid, "createdBy" text, "createdAt" timestamptz)
      on conflict (id) do update set upstream_uid = excluded.upstream_uid, description = excluded.description,
        labels = excluded.labels, policy = excluded.policy, phase = excluded.phase,
        running_operation = excluded.running_operation`;
    touched.add('infra', ...rows.map((row) => row.id));
  },
  async putGroups(rows) {
    if (rows.length === 0) return;
    await tx`
      insert into node_group (id, infra_id, position, name, connection_id, provider, region, zone, spec, image, os,
        root_disk_type, root_disk_size_gib, labels, size, next_index)
      select id, "infraId", position, name, "connectionId", provider, region, zone, spec, image, os, "rootDiskType",
        "rootDiskSizeGiB", labels, size, 0
      from jsonb_to_recordset(${toJson(rows)}::text::jsonb) as input (
        id uuid, "infraId" uuid, position int, name text, "connectionId" uuid, provider text, region text, zone text,
        spec text, image text, os text, "rootDiskType" text, "rootDiskSizeGiB" int, labels jsonb, size int)
      on conflict (id) do update set connection_id = excluded.connection_id, provider = excluded.provider,
        region = excluded.region, zone = excluded.zone, spec = excluded.spec, image = excluded.image, os = excluded.os,
        root_disk_type = excluded.root_disk_type, root_disk_size_gib = excluded.root_disk_size_gib, size = excluded.size`;
    touched.add('infra', ...rows.map((row) => row.infraId));
  },
});
