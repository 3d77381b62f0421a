import type {
  ConnectionRow,
  CredentialRecord,
  GroupRow,
  InfraRow,
  NodeRow,
  ResourceRow,
} from '@waterstrider/engine/ports';
import type { Queryable } from '../database.ts';

/** A row as it comes: null where the record leaves a member out. */
type Nullable<Row> = { [Key in keyof Row]-?: Row[Key] | null };

/** Leaves out what is null. */
export function present<Row extends object>(row: Nullable<Row>): Row {
  const entries = Object.entries(row).filter(([, value]) => value !== null);
  return Object.fromEntries(entries) as Row; // only absent members were dropped
}

export const presentAll = <Row extends object>(rows: readonly Nullable<Row>[]): Row[] =>
  rows.map((row) => present<Row>(row));

export type Stored<Row> = Nullable<Row>[];

/** For `${toJson(value)}::text::jsonb`: without `::text` the driver would encode the text once more. */
export const toJson = (value: unknown): string | null =>
  value === undefined || value === null ? null : JSON.stringify(value);

export const isUuid = (text: string): boolean =>
  /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text);

/** A name may look like an id; who has the id comes first by the caller's `order by`. */
export const byNameOrId = (sql: Queryable, table: string, nameOrId: string) =>
  isUuid(nameOrId)
    ? sql`(${sql(table)}.id = ${nameOrId}::uuid or lower(${sql(table)}.name) = lower(${nameOrId}))`
    : sql`lower(${sql(table)}.name) = lower(${nameOrId})`;

export const credentialColumns = (sql: Queryable) => sql`
  r.id, r.name, r.provider, r.secret, r.value_keys as "valueKeys", r.regions, r.namespace_ids as "namespaceIds", r.version,
  (select count(*)::int from connection c where c.credential_id = r.id) as connections, r.created_at as "createdAt"`;

export type StoredCredential = Nullable<Omit<CredentialRecord, 'createdAt'>> & { createdAt: Date };
export const toCredential = ({ createdAt, ...row }: StoredCredential): CredentialRecord => ({
  ...present<Omit<CredentialRecord, 'createdAt'>>(row),
  createdAt: createdAt.toISOString(),
});

/** Of `connection c join credential r`. */
export const connectionColumns = (sql: Queryable) => sql`
  c.id, c.name, c.credential_id as "credentialId", c.provider, c.region, c.zones, c.state, c.disabled,
  r.namespace_ids as "namespaceIds", c.verify_operation as "verifyOperation", c.verify_due as "verifyDue",
  c.observe_due_at as "observeDueAt", c.reachable, c.wake::float8 as wake`;
export type StoredConnections = Stored<ConnectionRow>;

export const infraColumns = (sql: Queryable) => sql`
  i.id, i.namespace_id as "namespaceId", i.name, i.policy, i.phase, i.deleting, i.labels, i.running_operation as "runningOperation"`;
export type StoredInfras = Stored<InfraRow>;

export const groupColumns = (sql: Queryable) => sql`
  g.id, g.infra_id as "infraId", g.name, g.connection_id as "connectionId", g.provider, g.region, g.zone, g.spec, g.image, g.os,
  g.root_disk_type as "rootDiskType", g.root_disk_size_gib as "rootDiskSizeGiB", g.labels, g.size, g.next_index as "nextIndex",
  g.cost_per_hour_usd::float8 as "costPerHourUsd"`;
export type StoredGroups = Stored<GroupRow>;

export const nodeColumns = (sql: Queryable) => sql`
  n.id, n.namespace_id as "namespaceId", n.infra_id as "infraId", n.group_id as "groupId", n.name, n.index,
  n.connection_id as "connectionId", n.provider, n.region, n.zone, n.spec, n.image, n.root_disk_type as "rootDiskType",
  n.root_disk_size_gib as "rootDiskSizeGiB", n.labels, n.status, n.target_status as "targetStatus",
  n.target_action as "targetAction", n.csp_id as "cspId", n.generation, n.intent, n.attempt, n.sent_at as "sentAt",
  n.accepted_at as "acceptedAt", n.due_at as "dueAt", n.operation_id as "operationId", n.forget, n.error,
  n.observed_at as "observedAt", n.created_at as "createdAt"`;
export type StoredNodes = Stored<NodeRow>;

export const resourceColumns = (sql: Queryable) => sql`
  s.id, s.namespace_id as "namespaceId", s.connection_id as "connectionId", s.kind, s.name, s.state, s.csp_id as "cspId",
  s.summary, s.cidr, s.public_key as "publicKey", s.attempt, s.error, s.operation_id as "operationId",
  s.created_at as "createdAt"`;
export type StoredResource = Nullable<Omit<ResourceRow, 'createdAt'>> & { createdAt: Date };
export const toResource = ({ createdAt, ...row }: StoredResource): ResourceRow => ({
  ...present<Omit<ResourceRow, 'createdAt'>>(row),
  createdAt: createdAt.toISOString(),
});

/** In the order in which they are made. */
export const resourceOrder = (sql: Queryable) =>
  sql`s.connection_id, array_position(array['vNet', 'subnet', 'securityGroup', 'sshKey'], s.kind), s.id`;
