import type { Sql } from 'postgres';

/** Any number that no other part of the product locks with. */
const migrationLock = 7_211_905_001;

/**
 * Applied once each, in order. Nothing here refers to a table outside: the schema stands for the clouds, not for the console.
 * A change of state that takes time is written at once: `state` until `ready_at`, `next_state` after it.
 */
const migrations: readonly string[] = [
  `create table sim_world.accounts (
     provider text not null, account text not null, region text not null,
     first_seen timestamptz not null default clock_timestamp(),
     primary key (provider, region, account)
   );
   create table sim_world.resources (
     id text primary key, kind text not null,
     provider text not null, account text not null, region text not null,
     name text not null, tag text not null, parent_id text, body jsonb not null,
     ready_at timestamptz not null, created_at timestamptz not null default clock_timestamp()
   );
   create unique index resources_tag on sim_world.resources (provider, account, region, kind, tag) where tag <> '';
   create index resources_parent on sim_world.resources (parent_id);
   create sequence sim_world.public_addresses minvalue 1 maxvalue 131070 cycle;
   create table sim_world.servers (
     id text primary key,
     provider text not null, account text not null, region text not null,
     name text not null, tag text not null, token text, body_hash text,
     spec text not null, image text not null, zone text, labels jsonb not null default '{}',
     subnet_id text, security_group_id text, ssh_key_id text, root_disk_type text, root_disk_gib integer,
     public_address bigint not null, private_address bigint not null,
     state text not null, next_state text, ready_at timestamptz,
     error jsonb, is_slow boolean not null default false, list_lag_ms integer not null default 0,
     lot real not null default random(),
     created_at timestamptz not null default clock_timestamp(),
     check ((next_state is null) = (ready_at is null))
   );
   create index servers_connection on sim_world.servers (provider, account, region, tag);
   create unique index servers_token on sim_world.servers (provider, account, region, token) where token is not null;
   create index servers_subnet on sim_world.servers (subnet_id, private_address);
   create index servers_public_address on sim_world.servers (public_address);
   create index servers_lot on sim_world.servers (lot);
   create index servers_gone on sim_world.servers (ready_at) where next_state = 'deleted';`,
];

/** Makes or updates the schema `sim_world`; several processes may do so at once. */
export const migrateWorld = async (sql: Sql): Promise<void> => {
  await sql.begin(async (transaction) => {
    await transaction`select pg_advisory_xact_lock(${migrationLock}::bigint)`;
    await transaction`set local client_min_messages = warning`;
    await transaction`create schema if not exists sim_world`;
    await transaction`create table if not exists sim_world.version (number integer primary key)`;
    const [row] = await transaction<{ number: number }[]>`
      select coalesce(max(number), 0)::int as number from sim_world.version`;
    const present = row?.number ?? 0;
    if (present > migrations.length)
      throw new Error(
        `The simulated world is of version ${present}, newer than this program knows (${migrations.length}).`,
      );
    for (const [index, migration] of migrations.entries()) {
      if (index < present) continue;
      await transaction.unsafe(migration);
      await transaction`insert into sim_world.version (number) values (${index + 1})`;
    }
  });
};
