import type { Sql } from 'postgres';
import { toIso } from './to-iso.ts';

export type ReplicaRecord = { id: string; seenAt: string };
export type TableSize = { name: string; rows: number; sizeBytes: number };

/** Facts about this installation, its replicas and its database. */
export type SystemStore = {
  getMeta(key: string): Promise<string | undefined>;
  /** Writes the value if there is none, and returns what is kept then. Safe against two at once. */
  claimMeta(key: string, value: string): Promise<string>;
  setMeta(key: string, value: string): Promise<void>;
  /** Says that this process lives; forgets those silent for 10 minutes. */
  heartbeat(replica: { id: string; startedAt: Date }): Promise<void>;
  removeReplica(id: string): Promise<void>;
  /** Those seen within `withinSeconds`, oldest first. */
  replicas(withinSeconds: number): Promise<ReplicaRecord[]>;
  /** Throws when the database does not answer. */
  ping(): Promise<void>;
  database(): Promise<{ version: string; sizeBytes: number }>;
  /** Every table of ours; `rows` is PostgreSQL's own estimate. */
  tables(): Promise<TableSize[]>;
};

export function createSystemStore(sql: Sql): SystemStore {
  const getMeta = async (key: string): Promise<string | undefined> => {
    const [row] = await sql<{ value: string }[]>`select value from meta where key = ${key}`;
    return row?.value;
  };
  return {
    getMeta,
    async claimMeta(key, value) {
      await sql`insert into meta (key, value) values (${key}, ${value}) on conflict (key) do nothing`;
      return (await getMeta(key)) ?? value;
    },
    async setMeta(key, value) {
      await sql`insert into meta (key, value) values (${key}, ${value}) on conflict (key) do update set value = excluded.value`;
    },
    async ping() {
      await sql`select 1`;
    },
    ...createReplicaRegistry(sql),
    ...createDatabaseFigures(sql),
  };
}

function createReplicaRegistry(sql: Sql): Pick<SystemStore, 'heartbeat' | 'removeReplica' | 'replicas'> {
  return {
    async heartbeat({ id, startedAt }) {
      await sql`
        insert into replicas (id, started_at, seen_at) values (${id}, ${startedAt}, now())
        on conflict (id) do update set seen_at = now()`;
      await sql`delete from replicas where seen_at < now() - interval '10 minutes'`;
    },
    async removeReplica(id) {
      await sql`delete from replicas where id = ${id}`;
    },
    async replicas(withinSeconds) {
      const rows = await sql<{ id: string; seen_at: Date }[]>`
        select id, seen_at from replicas where seen_at > now() - make_interval(secs => ${withinSeconds})
        order by started_at, id`;
      return rows.map((row) => ({ id: row.id, seenAt: toIso(row.seen_at) }));
    },
  };
}

function createDatabaseFigures(sql: Sql): Pick<SystemStore, 'database' | 'tables'> {
  return {
    async database() {
      const [row] = await sql<{ version: string; size: string }[]>`
        select current_setting('server_version') as version, pg_database_size(current_database())::text as size`;
      return { version: row?.version ?? '', sizeBytes: Number(row?.size ?? 0) };
    },
    async tables() {
      const rows = await sql<{ name: string; rows: string; size: string }[]>`
        select c.relname as name, greatest(c.reltuples, coalesce(s.n_live_tup, 0), 0)::bigint::text as rows,
          pg_total_relation_size(c.oid)::text as size
        from pg_class c left join pg_stat_user_tables s on s.relid = c.oid
        where c.relkind in ('r', 'p') and c.relnamespace = current_schema()::regnamespace
        order by pg_total_relation_size(c.oid) desc, c.relname`;
      return rows.map((row) => ({ name: row.name, rows: Number(row.rows), sizeBytes: Number(row.size) }));
    },
  };
}
