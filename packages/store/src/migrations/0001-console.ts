/** What the console itself keeps: people, their sessions, tokens and roles, the audit trail, replicas, and facts about this installation. */
export const migration = {
  name: '0001-console',
  sql: `
create table users (
  id text primary key,
  username text not null,
  -- Lower case: two users must not differ by case alone.
  username_key text not null unique,
  password_hash text not null,
  password_changed_at timestamptz not null default now(),
  admin boolean not null default false,
  disabled boolean not null default false,
  created_at timestamptz not null default now(),
  last_login_at timestamptz
);

create table sessions (
  -- SHA-256 of the cookie's value: a thief of this table has no sessions.
  id text primary key,
  user_id text not null references users on delete cascade,
  created_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  expires_at timestamptz not null
);
create index sessions_by_user on sessions (user_id);
create index sessions_by_expiry on sessions (expires_at);

create table api_tokens (
  id text primary key,
  user_id text not null references users on delete cascade,
  name text not null,
  token_hash text not null unique,
  created_at timestamptz not null default now(),
  expires_at timestamptz,
  last_used_at timestamptz
);
create index api_tokens_by_user on api_tokens (user_id, created_at);

create table role_bindings (
  user_id text not null references users on delete cascade,
  platform text not null,
  -- The namespace's own id, so that a namewise successor inherits nothing.
  namespace_id text not null,
  role text not null check (role in ('operator', 'viewer')),
  primary key (user_id, platform, namespace_id)
);

create table login_failures (
  -- A hash: people type passwords into the field for the name.
  key text primary key,
  failures integer not null,
  last_at timestamptz not null,
  blocked_until timestamptz
);
create index login_failures_by_time on login_failures (last_at);

create table audit (
  id bigint generated always as identity primary key,
  at timestamptz(3) not null,
  actor text not null,
  action text not null,
  ns text,
  target text,
  address text not null,
  outcome text not null,
  code text,
  request_id text not null,
  operation text
);
create index audit_by_time on audit (at, id);
create index audit_by_actor on audit (actor, at);
create index audit_by_ns on audit (ns, at);

create table meta (
  key text primary key,
  value text not null
);

create table replicas (
  id text primary key,
  started_at timestamptz not null,
  seen_at timestamptz not null
);
`,
};
