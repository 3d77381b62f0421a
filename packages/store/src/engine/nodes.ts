import type { NodeRow, StoreTransaction } from '@waterstrider/engine/ports';
import type { TransactionSql } from '../database.ts';
import type { Touched } from './announce.ts';
import { intend, writeNodes } from './node-changes.ts';
import { isUuid, nodeColumns, presentAll, toJson, type StoredNodes } from './rows.ts';

type Part = Pick<
  StoreTransaction,
  | 'insertNodes'
  | 'lockNodes'
  | 'lockNodesById'
  | 'intend'
  | 'writeNodes'
  | 'deleteNodes'
  | 'countNodes'
  | 'waitingNodes'
  | 'forgottenOf'
>;

export const nodePart = (tx: TransactionSql, touched: Touched): Part => ({
  ...nodeReads(tx),
  intend: intend(tx, touched),
  writeNodes: writeNodes(tx, touched),
  async insertNodes(nodes) {
    if (nodes.length === 0) return;
    await tx`
      with inserted as (
        insert into node (id, namespace_id, infra_id, group_id, name, index, connection_id, provider, region, zone, spec, image,
          os, root_disk_type, root_disk_size_gib, labels, cost_per_hour_usd, status, target_status, target_action, csp_id,
          sent_at, accepted_at, due_at, operation_id, error, observed_at)
        select id, "namespaceId", "infraId", "groupId", name, index, "connectionId", provider, region, zone, spec, image,
          os, "rootDiskType", "rootDiskSizeGiB", labels, "costPerHourUsd", status, "targetStatus", "targetAction", "cspId",
          "sentAt", "acceptedAt", "dueAt", "operationId", error, "observedAt"
        from jsonb_to_recordset(${toJson(nodes)}::text::jsonb) as input (
          id uuid, "namespaceId" uuid, "infraId" uuid, "groupId" uuid, name text, index int, "connectionId" uuid,
          provider text, region text, zone text, spec text, image text, os text, "rootDiskType" text,
          "rootDiskSizeGiB" int, labels jsonb, "costPerHourUsd" numeric, status text, "targetStatus" text,
          "targetAction" text, "cspId" text, "sentAt" timestamptz, "acceptedAt" timestamptz, "dueAt" timestamptz,
          "operationId" uuid, error jsonb, "observedAt" timestamptz)
        returning id, status
      )
      insert into node_status_history (node_id, at, status) select id, now(), status from inserted`;
    touched.add('node', ...nodes.map((node) => node.id));
  },
  async deleteNodes(ids) {
    if (ids.length === 0) return;
    await tx`delete from node where id = any(${ids}::uuid[])`;
    touched.add('node', ...ids);
  },
});

function nodeReads(
  tx: TransactionSql,
): Pick<Part, 'lockNodes' | 'lockNodesById' | 'countNodes' | 'waitingNodes' | 'forgottenOf'> {
  /** Locked in the order of ids, as all writers do; so two never wait for each other in a circle. */
  const lockWhere = async (condition: ReturnType<typeof tx>): Promise<NodeRow[]> =>
    presentAll<NodeRow>(
      await tx<StoredNodes>`select ${nodeColumns(tx)} from node n where ${condition} order by n.id for no key update of n`,
    );
  const count = async (condition: ReturnType<typeof tx>): Promise<number> => {
    const [row] = await tx<{ count: number }[]>`select count(*)::int as count from node where ${condition}`;
    return row?.count ?? 0;
  };
  return {
    async lockNodes(infraIds) {
      return (await lockWhere(tx`n.infra_id = any(${infraIds}::uuid[])`)).sort(byPlace);
    },
    async lockNodesById(ids) {
      return (await lockWhere(tx`n.id = any(${ids.filter(isUuid)}::uuid[])`)).sort(byPlace);
    },
    async waitingNodes(namespaceId, connectionId) {
      const waiting = await lockWhere(tx`
        n.connection_id = ${connectionId} and n.namespace_id = ${namespaceId}
        and n.target_action = 'create' and n.csp_id is null and n.sent_at is null`);
      return waiting.sort(byPlace);
    },
    countNodes: async (infraId) => count(tx`infra_id = ${infraId}`),
    forgottenOf: async (operationId) => count(tx`operation_id = ${operationId} and forget`),
  };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const byPlace = (a: NodeRow, b: NodeRow): number =>
  compare(a.infraId, b.infraId) || compare(a.groupId, b.groupId) || a.index - b.index;
