/** What the adapter of a running Cloud-Barista keeps beside the engine's tables, which hold what it observes. */
export const migration = {
  name: '0003-cloud-barista',
  sql: `
-- The framework's own id of an object: a successor of the same name has another. Null until it was seen there.
alter table infra add column upstream_uid text;
alter table node add column upstream_uid text;

-- Changing requests, written down before they are sent. Bodies hold no secret.
create table upstream_call (
  id uuid primary key,
  position bigint generated always as identity,
  platform text not null,
  operation_id uuid not null references operation on delete cascade,
  namespace_id uuid,
  infra_id uuid,
  goal text not null,
  method text not null,
  path text not null,
  query jsonb,
  body jsonb,
  items text[] not null,
  state text not null default 'waiting',
  error jsonb,
  creation_errors jsonb,
  created_at timestamptz(3) not null default now(),
  -- A call that did not arrive is sent again, but not at once.
  not_before timestamptz(3),
  sent_at timestamptz(3),
  answered_at timestamptz(3)
);
create index upstream_call_open on upstream_call (platform, position) where state <> 'settled';
create index upstream_call_by_operation on upstream_call (operation_id);

-- Which replica watches an upstream.
create table upstream_watch (
  platform text primary key,
  owner text not null,
  until timestamptz(3) not null
);

-- Things that are read whole: the list of clouds, how the frameworks are.
create table upstream_document (
  platform text not null,
  name text not null,
  body jsonb not null,
  written_at timestamptz(3) not null default now(),
  primary key (platform, name)
);
`,
};
