import type { CloudServerState } from '@waterstrider/engine/ports';
import type { ISql } from 'postgres';
import { serverColumns, type ServerRow } from './servers.ts';
import type { Place } from './world.ts';

/** A server about to be made; `nextState` holds after `durationMs`. */
export type NewServer = {
  id: string;
  name: string;
  tag: string;
  token: string | null;
  bodyHash: string | null;
  specName: string;
  cspImageId: string;
  zone: string | null;
  labels: Record<string, string>;
  subnetId?: string;
  securityGroupId?: string;
  sshKeyId?: string;
  rootDiskType?: string;
  rootDiskSizeGiB?: number;
  publicAddress: number;
  privateAddress: number;
  state: CloudServerState;
  nextState: CloudServerState | null;
  durationMs: number;
  error: { code: string; message: string } | null;
  isSlow: boolean;
  listLagMs: number;
};

/** One statement, however many. */
export const insertServers = async (sql: ISql, place: Place, servers: readonly NewServer[]): Promise<ServerRow[]> => {
  if (servers.length === 0) return [];
  return sql<ServerRow[]>`
    insert into sim_world.servers (
      id, provider, account, region, name, tag, token, body_hash, spec, image, zone, labels, subnet_id, security_group_id,
      ssh_key_id, root_disk_type, root_disk_gib, public_address, private_address, state, next_state, ready_at, error,
      is_slow, list_lag_ms)
    select id, ${place.provider}, ${place.account}, ${place.region}, name, tag, token, "bodyHash", "specName", "cspImageId",
      zone, labels, "subnetId", "securityGroupId", "sshKeyId", "rootDiskType", "rootDiskSizeGiB", "publicAddress",
      "privateAddress", state, "nextState",
      case when "nextState" is not null then clock_timestamp() + "durationMs" * interval '1 millisecond' end,
      error, "isSlow", "listLagMs"
    from jsonb_to_recordset(${JSON.stringify(servers)}::text::jsonb) as (
      id text, name text, tag text, token text, "bodyHash" text, "specName" text, "cspImageId" text, zone text, labels jsonb,
      "subnetId" text, "securityGroupId" text, "sshKeyId" text, "rootDiskType" text, "rootDiskSizeGiB" integer,
      "publicAddress" bigint, "privateAddress" bigint, state text, "nextState" text, "durationMs" float8, error jsonb,
      "isSlow" boolean, "listLagMs" integer)
    returning ${serverColumns(sql)}`;
};
