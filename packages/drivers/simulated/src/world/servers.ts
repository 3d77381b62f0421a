import type { CloudServer, CloudServerState } from '@waterstrider/engine/ports';
import type { ISql } from 'postgres';
import { toAddress } from './cidr.ts';
import type { Place } from './world.ts';

/** A server as the world has it now: `state` is already the one that time has brought. */
export type ServerRow = {
  id: string;
  provider: string;
  account: string;
  region: string;
  name: string;
  tag: string;
  state: CloudServerState;
  zone: string | null;
  publicAddress: number;
  privateAddress: number;
  error: { code: string; message: string } | null;
  createdAtMs: number;
  bodyHash: string | null;
};

/** The state that holds now: `next_state` once its time has come. One moment for the whole statement. */
export const stateNow = (sql: ISql) =>
  sql`(case when ready_at <= statement_timestamp() then next_state else state end)`;

export const serverColumns = (sql: ISql) => sql`
  id, provider, account, region, name, tag, zone, error, ${stateNow(sql)} as state, body_hash as "bodyHash",
  public_address::float8 as "publicAddress", private_address::float8 as "privateAddress",
  (extract(epoch from created_at) * 1000)::float8 as "createdAtMs"`;

export const isIn = (sql: ISql, place: Place) =>
  sql`provider = ${place.provider} and account = ${place.account} and region = ${place.region}`;

/** The error belongs to the failure: it is not told before. */
export const toCloudServer = (row: ServerRow): CloudServer => ({
  id: row.id,
  name: row.name,
  ...(row.tag === '' ? {} : { tag: row.tag }),
  state: row.state,
  ...(row.zone === null ? {} : { zone: row.zone }),
  publicIp: toAddress(row.publicAddress),
  privateIp: toAddress(row.privateAddress),
  ...(row.state === 'failed' && row.error ? { error: row.error } : {}),
  createdAt: new Date(row.createdAtMs).toISOString(),
});

/** Fresh, without those that are gone. */
export const selectServersById = async (sql: ISql, place: Place, ids: readonly string[]): Promise<ServerRow[]> => sql<
  ServerRow[]
>`
  select ${serverColumns(sql)} from sim_world.servers
  where id = any(${[...ids]}) and ${isIn(sql, place)} and ${stateNow(sql)} <> 'deleted'`;

/** What a list shows: new servers and deletions appear with the lag of each; a server gone since is still shown as deleting. */
export const selectListedServers = async (sql: ISql, place: Place, tags?: readonly string[]): Promise<ServerRow[]> => {
  const rows = await sql<ServerRow[]>`
    select ${serverColumns(sql)} from sim_world.servers
    where ${isIn(sql, place)} ${tags ? sql`and tag = any(${[...tags]})` : sql``}
      and created_at + list_lag_ms * interval '1 millisecond' <= statement_timestamp()
      and (${stateNow(sql)} <> 'deleted' or ready_at + list_lag_ms * interval '1 millisecond' > statement_timestamp())
    order by created_at, id`;
  return rows.map((row) => (row.state === 'deleted' ? { ...row, state: 'deleting' } : row));
};

/** Servers that exist, those being deleted included. */
export const countServers = async (sql: ISql, place: Place): Promise<{ existing: number; inCreation: number }> => {
  const [row] = await sql<{ existing: number; inCreation: number }[]>`
    select count(*)::int as existing, (count(*) filter (where now_state = 'creating'))::int as "inCreation"
    from (select ${stateNow(sql)} as now_state from sim_world.servers where ${isIn(sql, place)}) as counted
    where now_state <> 'deleted'`;
  return row ?? { existing: 0, inCreation: 0 };
};

/** Forgets servers that have been gone for ten minutes; their tokens with them. */
export const pruneServers = async (sql: ISql): Promise<void> => {
  await sql`
    delete from sim_world.servers where id in (
      select id from sim_world.servers
      where next_state = 'deleted' and ready_at < clock_timestamp() - interval '10 minutes'
      limit 2000 for update skip locked)`;
};
