import type { GroupRow, InfraRow, StoreTransaction } from '@waterstrider/engine/ports';
import type { TransactionSql } from '../database.ts';
import type { Touched } from './announce.ts';
import {
  groupColumns,
  infraColumns,
  isUuid,
  presentAll,
  toJson,
  type StoredGroups,
  type StoredInfras,
} from './rows.ts';

type Part = Pick<
  StoreTransaction,
  | 'lockInfras'
  | 'lockInfrasById'
  | 'insertInfra'
  | 'updateInfra'
  | 'deleteInfra'
  | 'groups'
  | 'insertGroups'
  | 'updateGroup'
  | 'deleteGroup'
  | 'infrasPreparing'
  | 'infrasOfOperation'
>;

export const infraPart = (tx: TransactionSql, touched: Touched): Part => ({
  ...infraLocks(tx),
  ...infraWrites(tx, touched),
  ...groupPart(tx, touched),
});

/** `for no key update`: servers may be added to a locked infra's row by whoever locked it, others wait. */
function infraLocks(
  tx: TransactionSql,
): Pick<Part, 'lockInfras' | 'lockInfrasById' | 'infrasPreparing' | 'infrasOfOperation'> {
  const lockWhere = async (condition: ReturnType<typeof tx>): Promise<InfraRow[]> =>
    presentAll<InfraRow>(
      await tx<StoredInfras>`select ${infraColumns(tx)} from infra i where ${condition} order by i.id for no key update of i`,
    );
  return {
    async lockInfras(namespaceId, namesOrIds) {
      const names = namesOrIds.map((name) => name.toLowerCase());
      const ids = namesOrIds.filter(isUuid);
      return lockWhere(
        tx`i.namespace_id = ${namespaceId} and (i.id = any(${ids}::uuid[]) or lower(i.name) = any(${names}::text[]))`,
      );
    },
    async lockInfrasById(ids) {
      return lockWhere(tx`i.id = any(${ids.filter(isUuid)}::uuid[])`);
    },
    async infrasPreparing(namespaceId, connectionId) {
      return lockWhere(tx`
        i.namespace_id = ${namespaceId} and i.phase = 'Preparing'
        and exists (select 1 from node_group g where g.infra_id = i.id and g.connection_id = ${connectionId})`);
    },
    async infrasOfOperation(id) {
      return lockWhere(tx`i.running_operation = ${id}`);
    },
  };
}

function infraWrites(tx: TransactionSql, touched: Touched): Pick<Part, 'insertInfra' | 'updateInfra' | 'deleteInfra'> {
  return {
    async insertInfra(infra) {
      const { count } = await tx`
        insert into infra (id, namespace_id, name, description, labels, policy, phase, created_by, running_operation)
        values (${infra.id}, ${infra.namespaceId}, ${infra.name}, ${infra.description}, ${toJson(infra.labels)}::text::jsonb,
          ${infra.policy}, ${infra.phase ?? null}, ${infra.createdBy}, ${infra.runningOperation})
        on conflict do nothing`;
      if (count === 0) return 'exists';
      touched.add('infra', infra.id);
      return 'ok';
    },
    async updateInfra(id, { description, labels, phase, runningOperation, deleting }) {
      await tx`
        update infra set
          description = coalesce(${description ?? null}::text, description),
          labels = coalesce(${toJson(labels)}::text::jsonb, labels),
          phase = case when ${phase === undefined} then phase else ${phase ?? null}::text end,
          running_operation = case when ${runningOperation === undefined} then running_operation
            else ${runningOperation ?? null}::uuid end,
          deleting = coalesce(${deleting ?? null}::boolean, deleting)
        where id = ${id}`;
      touched.add('infra', id);
    },
    async deleteInfra(id) {
      const nodes = await tx<{ id: string }[]>`delete from node where infra_id = ${id} returning id`;
      await tx`delete from infra where id = ${id}`;
      touched.add('node', ...nodes.map((node) => node.id));
      touched.add('infra', id);
    },
  };
}

function groupPart(
  tx: TransactionSql,
  touched: Touched,
): Pick<Part, 'groups' | 'insertGroups' | 'updateGroup' | 'deleteGroup'> {
  return {
    async groups(infraId) {
      const rows = await tx<StoredGroups>`
        select ${groupColumns(tx)} from node_group g where g.infra_id = ${infraId} order by g.position, g.id`;
      return presentAll<GroupRow>(rows);
    },
    async insertGroups(groups) {
      if (groups.length === 0) return;
      await tx`
        insert into node_group (id, infra_id, position, name, connection_id, provider, region, zone, spec, image, os,
          root_disk_type, root_disk_size_gib, labels, size, next_index, cost_per_hour_usd)
        select id, "infraId", position, name, "connectionId", provider, region, zone, spec, image, os,
          "rootDiskType", "rootDiskSizeGiB", labels, size, "nextIndex", "costPerHourUsd"
        from jsonb_to_recordset(${toJson(groups)}::text::jsonb) as input (
          id uuid, "infraId" uuid, position int, name text, "connectionId" uuid, provider text, region text, zone text,
          spec text, image text, os text, "rootDiskType" text, "rootDiskSizeGiB" int, labels jsonb, size int,
          "nextIndex" int, "costPerHourUsd" numeric)`;
      touched.add('infra', ...groups.map((group) => group.infraId));
    },
    async updateGroup(id, { size, nextIndex }) {
      const [changed] = await tx<{ infraId: string }[]>`
        update node_group set size = coalesce(${size ?? null}::int, size),
          next_index = coalesce(${nextIndex ?? null}::int, next_index)
        where id = ${id} returning infra_id as "infraId"`;
      // `nextIndex` is not shown.
      if (changed && size !== undefined) touched.add('infra', changed.infraId);
    },
    async deleteGroup(id) {
      const [gone] = await tx<{ infraId: string }[]>`
        delete from node_group g where id = ${id} and not exists (select 1 from node n where n.group_id = g.id)
        returning infra_id as "infraId"`;
      if (gone) touched.add('infra', gone.infraId);
    },
  };
}
