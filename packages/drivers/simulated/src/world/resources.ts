import type { FirewallRule, ResourceKind } from '@waterstrider/engine/ports';
import type { ISql } from 'postgres';
import { isIn, stateNow } from './servers.ts';
import type { Place } from './world.ts';

export type ResourceBody = { cidr?: string; zone?: string; rules?: FirewallRule[]; publicKey?: string };
export type ResourceRow = {
  id: string;
  kind: ResourceKind;
  name: string;
  tag: string;
  parentId: string | null;
  body: ResourceBody;
  /** Milliseconds until it can be used; 0 when it can. */
  waitMs: number;
};

const resourceColumns = (sql: ISql) => sql`
  id, kind, name, tag, parent_id as "parentId", body,
  greatest(0, extract(epoch from ready_at - clock_timestamp()) * 1000)::float8 as "waitMs"`;

export const selectResources = async (sql: ISql, place: Place, ids: readonly string[]): Promise<ResourceRow[]> =>
  sql<
    ResourceRow[]
  >`select ${resourceColumns(sql)} from sim_world.resources where id = any(${[...ids]}) and ${isIn(sql, place)}`;

export const selectResourceByTag = async (
  sql: ISql,
  place: Place,
  kind: ResourceKind,
  tag: string,
): Promise<ResourceRow | undefined> => {
  const [row] = await sql<ResourceRow[]>`
    select ${resourceColumns(sql)} from sim_world.resources
    where ${isIn(sql, place)} and kind = ${kind} and tag = ${tag} and tag <> ''`;
  return row;
};

export const selectChildren = async (sql: ISql, parentId: string, kind: ResourceKind): Promise<ResourceRow[]> => sql<
  ResourceRow[]
>`
  select ${resourceColumns(sql)} from sim_world.resources where parent_id = ${parentId} and kind = ${kind}`;

export type NewResource = Omit<ResourceRow, 'waitMs'> & { durationMs: number };

export const insertResource = async (sql: ISql, place: Place, resource: NewResource): Promise<ResourceRow> => {
  const { id, kind, name, tag, parentId, body, durationMs } = resource;
  await sql`
    insert into sim_world.resources (id, kind, provider, account, region, name, tag, parent_id, body, ready_at)
    values (${id}, ${kind}, ${place.provider}, ${place.account}, ${place.region}, ${name}, ${tag}, ${parentId},
            ${JSON.stringify(body)}::text::jsonb, clock_timestamp() + ${durationMs}::float8 * interval '1 millisecond')`;
  return { id, kind, name, tag, parentId, body, waitMs: durationMs };
};

/** Whether something that exists needs this resource: what lies in it, or a server that is not gone. A key is only copied. */
export const isResourceInUse = async (sql: ISql, place: Place, id: string): Promise<boolean> => {
  const [row] = await sql<{ used: boolean }[]>`
    select exists (select 1 from sim_world.resources where parent_id = ${id})
        or exists (select 1 from sim_world.servers where ${isIn(sql, place)}
                     and (subnet_id = ${id} or security_group_id = ${id}) and ${stateNow(sql)} <> 'deleted') as used`;
  return row?.used ?? false;
};

/** Nothing happens when it is gone already. */
export const removeResource = async (sql: ISql, place: Place, kind: ResourceKind, id: string): Promise<void> => {
  await sql`delete from sim_world.resources where id = ${id} and kind = ${kind} and ${isIn(sql, place)}`;
};
