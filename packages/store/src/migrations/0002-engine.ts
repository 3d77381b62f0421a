/**
 * What the embedded engine keeps, the journal of tasks, and the order of changes (outbox).
 * Times have milliseconds, as in the API, so that a cursor made of an answer fits the row.
 */
export const migration = {
  name: '0002-engine',
  sql: `
create table namespace (
  id uuid primary key,
  platform text not null,
  name text not null,
  description text not null default '',
  created_at timestamptz(3) not null default now()
);
create unique index namespace_by_name on namespace (platform, lower(name));

create table credential (
  id uuid primary key,
  platform text not null,
  name text not null,
  provider text not null,
  -- Sealed under the master key.
  secret bytea not null,
  value_keys text[] not null,
  regions text[] not null,
  -- Namespaces that may use it; null: all.
  namespace_ids uuid[],
  version int not null default 1,
  created_at timestamptz(3) not null default now()
);
create unique index credential_by_name on credential (platform, lower(name));

create table connection (
  id uuid primary key,
  platform text not null,
  name text not null,
  credential_id uuid not null references credential on delete cascade,
  provider text not null,
  region text not null,
  zones text[] not null,
  state text not null default 'Verifying',
  disabled boolean not null default false,
  error jsonb,
  reachable boolean not null default true,
  verified_at timestamptz(3),
  observed_at timestamptz(3),
  unknown_servers int not null default 0,
  verify_due boolean not null default false,
  verify_operation uuid,
  observe_due_at timestamptz(3) not null default now(),
  lease_owner text,
  lease_until timestamptz(3),
  wake bigint not null default 0,
  -- When a worker must look next; null: not until it is woken.
  due_at timestamptz(3) default now(),
  created_at timestamptz(3) not null default now()
);
create unique index connection_by_name on connection (platform, lower(name));
create index connection_by_credential on connection (credential_id);

create table infra (
  id uuid primary key,
  namespace_id uuid not null references namespace,
  name text not null,
  description text not null,
  labels jsonb not null,
  policy text not null,
  phase text,
  deleting boolean not null default false,
  running_operation uuid,
  created_by text not null,
  created_at timestamptz(3) not null default now()
);
create unique index infra_by_name on infra (namespace_id, lower(name));
create index infra_by_operation on infra (running_operation) where running_operation is not null;

create table node_group (
  id uuid primary key,
  infra_id uuid not null references infra on delete cascade,
  position int not null,
  name text not null,
  connection_id uuid not null references connection,
  provider text not null,
  region text not null,
  zone text,
  spec text not null,
  image text not null,
  os text,
  root_disk_type text,
  root_disk_size_gib int,
  labels jsonb not null,
  size int not null,
  next_index int not null,
  cost_per_hour_usd numeric
);
create unique index node_group_by_name on node_group (infra_id, lower(name));
create index node_group_by_connection on node_group (connection_id);

create table node (
  id uuid primary key,
  namespace_id uuid not null references namespace,
  infra_id uuid not null references infra on delete cascade,
  group_id uuid not null references node_group on delete cascade,
  name text not null,
  index int not null,
  connection_id uuid not null references connection,
  provider text not null,
  region text not null,
  zone text,
  spec text not null,
  image text not null,
  os text,
  root_disk_type text,
  root_disk_size_gib int,
  labels jsonb not null,
  cost_per_hour_usd numeric,
  status text not null,
  status_since timestamptz(3) not null default now(),
  target_status text not null,
  target_action text,
  csp_id text,
  public_ip text,
  private_ip text,
  drift text,
  error jsonb,
  forget boolean not null default false,
  intent int not null default 0,
  generation int not null default 0,
  attempt int not null default 0,
  sent_at timestamptz(3),
  accepted_at timestamptz(3),
  due_at timestamptz(3),
  operation_id uuid,
  observed_at timestamptz(3),
  created_at timestamptz(3) not null default now(),
  unique (infra_id, name)
);
create index node_due on node (connection_id, due_at) where due_at is not null;
create index node_in_creation on node (connection_id) where status = 'Creating' and csp_id is not null;
create index node_by_connection on node (connection_id);
create index node_by_group on node (group_id);
create index node_by_namespace on node (namespace_id);
create index node_by_operation on node (operation_id) where operation_id is not null;

create table node_status_history (
  id bigint generated always as identity primary key,
  node_id uuid not null references node on delete cascade,
  at timestamptz(3) not null,
  status text not null,
  reason text
);
create index node_status_history_by_node on node_status_history (node_id, id desc);
create index node_status_history_by_time on node_status_history (at);

create table resource (
  id uuid primary key,
  namespace_id uuid not null references namespace,
  connection_id uuid not null references connection,
  kind text not null,
  name text not null,
  state text not null default 'Creating',
  csp_id text,
  summary text,
  cidr text,
  public_key text,
  -- A private key, sealed under the master key.
  secret bytea,
  attempt int not null default 0,
  error jsonb,
  due_at timestamptz(3) default now(),
  operation_id uuid,
  created_at timestamptz(3) not null default now(),
  unique (namespace_id, connection_id, kind)
);
create index resource_by_connection on resource (connection_id);

create table operation (
  id uuid primary key,
  platform text not null,
  kind text not null,
  -- The task outlives its namespace: no reference.
  namespace_id uuid,
  ns text,
  target jsonb not null,
  state text not null default 'pending',
  total int not null default 0,
  done int not null default 0,
  failed int not null default 0,
  actor text not null,
  error jsonb,
  idempotency_key text,
  request_hash text,
  answer jsonb,
  started_at timestamptz(3) not null default now(),
  finished_at timestamptz(3),
  unique (platform, actor, idempotency_key)
);
create index operation_by_start on operation (platform, started_at, id);
create index operation_open on operation (platform) where state in ('pending', 'running');
create index operation_by_finish on operation (finished_at);

create table operation_item (
  operation_id uuid not null references operation on delete cascade,
  target_kind text not null,
  target_id text not null,
  target_name text not null,
  position bigint generated always as identity,
  state text not null,
  step text,
  error jsonb,
  started_at timestamptz(3),
  finished_at timestamptz(3),
  primary key (operation_id, target_id)
);
create index operation_item_open on operation_item (target_id) where state in ('pending', 'running');

create table outbox (
  seq bigint generated always as identity primary key,
  at timestamptz(3) not null default clock_timestamp(),
  kind text not null,
  id uuid not null
);
create index outbox_by_time on outbox (at);
-- The newest change that is no longer kept.
create table outbox_horizon (pruned bigint not null);
insert into outbox_horizon values (0);
`,
};
