import type { ConnectionRecord, InfraRecord, NamespaceRecord, Node } from '@waterstrider/contract';
import type { Queryable } from '../database.ts';
import { toNamespace } from './namespaces.ts';
import { present, type Stored } from './rows.ts';

/** What is known of a region outside the database. */
export type DescribeRegion = (
  provider: string,
  region: string,
) => { simulated: boolean; regionName: string; latitude?: number; longitude?: number };

export type RecordReader = {
  sql: Queryable;
  platform: string;
  describeRegion: DescribeRegion;
};

/** Undefined: all. */
type Ids = string[] | undefined;
/** Times come as dates and go out as text. */
type Dated<Row, Key extends keyof Row> = Stored<Omit<Row, Key> & Record<Key, Date>>[number];

const iso = <Key extends string>(key: Key, time: Date | null): Partial<Record<Key, string>> =>
  (time === null ? {} : { [key]: time.toISOString() }) as Partial<Record<Key, string>>; // the only key is `key`

export async function readNamespaces({ sql, platform }: RecordReader, ids?: Ids): Promise<NamespaceRecord[]> {
  const rows = await sql<Parameters<typeof toNamespace>[0][]>`
    select id, name, description, created_at as "createdAt" from namespace
    where platform = ${platform} ${ids ? sql`and id = any(${ids}::uuid[])` : sql``} order by id`;
  return rows.map(toNamespace);
}

type StoredConnection = Dated<
  Omit<ConnectionRecord, 'simulated' | 'regionName' | 'latitude' | 'longitude'>,
  'verifiedAt' | 'observedAt'
>;

/** `namespaces` holds ids: the console shows the names of those that the asking person may see. */
export async function readConnections(reader: RecordReader, ids?: Ids): Promise<ConnectionRecord[]> {
  const { sql, platform, describeRegion } = reader;
  const rows = await sql<StoredConnection[]>`
    select c.id, c.name, r.name as credential, c.provider, c.region, c.zones,
      case when c.disabled then 'Disabled' else c.state end as state, c.error, c.reachable, c.verified_at as "verifiedAt",
      c.observed_at as "observedAt", c.unknown_servers as "unknownServers", r.namespace_ids as namespaces
    from connection c join credential r on r.id = c.credential_id
    where c.platform = ${platform} ${ids ? sql`and c.id = any(${ids}::uuid[])` : sql``} order by c.id`;
  return rows.map(({ verifiedAt, observedAt, ...row }) => {
    const record = present<Omit<ConnectionRecord, 'simulated' | 'regionName' | 'verifiedAt' | 'observedAt'>>(
      row as never,
    ); // columns as named above
    return {
      ...record,
      ...describeRegion(record.provider, record.region),
      ...iso('verifiedAt', verifiedAt),
      ...iso('observedAt', observedAt),
    };
  });
}

type StoredGroup = Stored<InfraRecord['nodeGroups'][number]>[number];
type StoredInfra = Dated<Omit<InfraRecord, 'nodeGroups'>, 'createdAt'> & { nodeGroups: StoredGroup[] };

export async function readInfras({ sql, platform }: RecordReader, ids?: Ids): Promise<InfraRecord[]> {
  const rows = await sql<StoredInfra[]>`
    select i.id, i.name, s.name as ns, i.description, i.labels, i.policy as "policyOnPartialFailure", i.phase,
      i.running_operation as "runningOperation", i.created_at as "createdAt", i.created_by as "createdBy",
      coalesce((
        select jsonb_agg(jsonb_build_object('id', g.id, 'name', g.name, 'connection', c.name, 'provider', g.provider,
          'region', g.region, 'zone', g.zone, 'spec', g.spec, 'image', g.image, 'rootDiskType', g.root_disk_type,
          'rootDiskSizeGiB', g.root_disk_size_gib, 'labels', g.labels, 'size', g.size) order by g.position, g.id)
        from node_group g join connection c on c.id = g.connection_id where g.infra_id = i.id), '[]') as "nodeGroups"
    from infra i join namespace s on s.id = i.namespace_id
    where s.platform = ${platform} ${ids ? sql`and i.id = any(${ids}::uuid[])` : sql``} order by i.id`;
  return rows.map(({ createdAt, nodeGroups, ...row }) => ({
    ...present<Omit<InfraRecord, 'createdAt' | 'nodeGroups'>>(row),
    ...(iso('createdAt', createdAt) as { createdAt: string }), // never null
    nodeGroups: nodeGroups.map((group) => present<InfraRecord['nodeGroups'][number]>(group)),
  }));
}

type NodeTimes = 'statusSince' | 'createdAt' | 'observedAt';
type StoredNode = Dated<Omit<Node, 'unsupportedActions'>, NodeTimes>;

export async function readNodes({ sql, platform }: RecordReader, ids?: Ids): Promise<Node[]> {
  const rows = await sql<StoredNode[]>`
    select n.id, n.name, s.name as ns, i.name as infra, n.infra_id as "infraId", g.name as "nodeGroup", n.status,
      n.target_status as "targetStatus", n.target_action as "targetAction", n.status_since as "statusSince", n.error, n.drift,
      n.provider, n.region, n.zone, c.name as connection, n.spec, n.image, n.os, n.root_disk_type as "rootDiskType",
      n.root_disk_size_gib as "rootDiskSizeGiB", n.public_ip as "publicIp", n.private_ip as "privateIp",
      n.csp_id as "cspResourceId", n.cost_per_hour_usd::float8 as "costPerHourUsd", n.labels, n.created_at as "createdAt",
      n.observed_at as "observedAt"
    from node n join namespace s on s.id = n.namespace_id join infra i on i.id = n.infra_id
      join node_group g on g.id = n.group_id join connection c on c.id = n.connection_id
    where s.platform = ${platform} ${ids ? sql`and n.id = any(${ids}::uuid[])` : sql``}
    order by n.infra_id, g.position, n.index, n.id`;
  return rows.map(({ statusSince, createdAt, observedAt, ...row }) => ({
    ...present<Omit<Node, NodeTimes>>(row as never), // columns as named above
    ...(iso('statusSince', statusSince) as { statusSince: string }), // never null
    ...(iso('createdAt', createdAt) as { createdAt: string }), // never null
    ...iso('observedAt', observedAt),
  }));
}
