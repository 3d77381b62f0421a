import type { NodeResult, NodeRow, StoreTransaction } from '@waterstrider/engine/ports';
import type { TransactionSql } from '../database.ts';
import type { Touched } from './announce.ts';
import { moveItems, type ItemMove } from './items.ts';
import { nodeColumns, present, toJson, type Stored } from './rows.ts';

type StoredNode = NodeRow & {
  publicIp?: string | null;
  privateIp?: string | null;
  drift?: NodeResult['decision']['drift'];
};
/** What may change; null and undefined are both "nothing". */
type ChangedNode = { [Key in keyof StoredNode]: StoredNode[Key] | null | undefined } & Pick<NodeRow, 'id' | 'status'>;
type NodeChange = { before: StoredNode; after: ChangedNode; reason?: string | undefined };

/** In the order of ids, as everybody locks them. */
async function lockNodes(tx: TransactionSql, ids: string[]): Promise<Map<string, StoredNode>> {
  const rows = await tx<Stored<StoredNode>>`
    select ${nodeColumns(tx)}, n.public_ip as "publicIp", n.private_ip as "privateIp", n.drift
    from node n where n.id = any(${ids}::uuid[]) order by n.id for no key update of n`;
  return new Map(rows.map((row) => [String(row.id), present<StoredNode>(row)]));
}

export const writeNodes =
  (tx: TransactionSql, touched: Touched): StoreTransaction['writeNodes'] =>
  async (results) => {
    if (results.length === 0) return new Set();
    // The newest of several results of one server counts.
    const newest = new Map(results.map((result) => [result.id, result]));
    const nodes = await lockNodes(tx, [...newest.keys()]);
    const changes: NodeChange[] = [];
    const kept = new Set<string>();
    const moves: ItemMove[] = [];
    for (const result of newest.values()) {
      const before = nodes.get(result.id);
      if (!before) continue;
      const isKept = before.intent === result.intent;
      const after = { ...before, ...toFacts(before, result.facts), ...(isKept && toDecision(result.decision)) };
      changes.push({ before, after, reason: result.decision.reason });
      if (!isKept) continue;
      kept.add(result.id);
      if (result.item && before.operationId !== undefined)
        moves.push({ operationId: before.operationId, targetId: result.id, ...result.item });
    }
    await writeChanges(tx, touched, changes);
    await moveItems(tx, touched, moves);
    return kept;
  };

/** Undefined says nothing, null says that there is none. */
function toFacts(before: StoredNode, facts: NodeResult['facts']): Partial<ChangedNode> {
  return {
    cspId: facts.cspId === undefined ? before.cspId : facts.cspId,
    zone: facts.zone ?? before.zone,
    publicIp: facts.publicIp === undefined ? before.publicIp : facts.publicIp,
    privateIp: facts.privateIp === undefined ? before.privateIp : facts.privateIp,
    observedAt: facts.observedAt ?? before.observedAt,
    generation: facts.generation ?? before.generation,
  };
}

/** The whole decision counts: what it leaves out is cleared. */
function toDecision(decision: NodeResult['decision']): Partial<ChangedNode> & Pick<ChangedNode, 'status'> {
  return {
    status: decision.status,
    targetStatus: decision.targetStatus,
    targetAction: decision.targetAction,
    sentAt: decision.sentAt,
    acceptedAt: decision.acceptedAt,
    dueAt: decision.dueAt,
    attempt: decision.attempt,
    error: decision.error,
    drift: decision.drift,
    forget: decision.forget,
  };
}

export const intend =
  (tx: TransactionSql, touched: Touched): StoreTransaction['intend'] =>
  async (wanted) => {
    if (wanted.length === 0) return;
    const nodes = await lockNodes(
      tx,
      wanted.map((change) => change.id),
    );
    const changes = wanted.flatMap((change): NodeChange[] => {
      const before = nodes.get(change.id);
      return before ? [{ before, after: { ...before, ...toIntent(before, change) }, reason: change.reason }] : [];
    });
    await writeChanges(tx, touched, changes);
  };

type Intent = Parameters<StoreTransaction['intend']>[0][number];

function toIntent(before: StoredNode, change: Intent): Partial<ChangedNode> & Pick<ChangedNode, 'status'> {
  return {
    status: change.status,
    targetStatus: change.targetStatus,
    targetAction: change.targetAction,
    operationId: change.operationId,
    dueAt: change.dueAt,
    forget: change.forget ?? before.forget,
    generation: change.generation ?? before.generation,
    intent: before.intent + 1,
    attempt: 0,
    sentAt: change.keepSent ? before.sentAt : null,
    acceptedAt: null,
    error: change.error ?? (change.clearError ? null : before.error),
  };
}

/** Three statements for any number of servers: lock (before), write, history. */
async function writeChanges(tx: TransactionSql, touched: Touched, changes: NodeChange[]): Promise<void> {
  if (changes.length === 0) return;
  // The ids are named once more: the planner does not know how few a JSON document holds, and would read the whole table.
  await tx`
    update node n set
      status = i.status, status_since = case when n.status = i.status then n.status_since else now() end,
      target_status = i."targetStatus", target_action = i."targetAction", csp_id = i."cspId", zone = i.zone,
      public_ip = i."publicIp", private_ip = i."privateIp", drift = i.drift, error = i.error, forget = i.forget,
      intent = i.intent, generation = i.generation, attempt = i.attempt, sent_at = i."sentAt", accepted_at = i."acceptedAt",
      due_at = i."dueAt", operation_id = i."operationId", observed_at = i."observedAt"
    from jsonb_to_recordset(${toJson(changes.map(({ after }) => after))}::text::jsonb) as i (
      id uuid, status text, "targetStatus" text, "targetAction" text, "cspId" text, zone text, "publicIp" text,
      "privateIp" text, drift text, error jsonb, forget boolean, intent int, generation int, attempt int,
      "sentAt" timestamptz, "acceptedAt" timestamptz, "dueAt" timestamptz, "operationId" uuid, "observedAt" timestamptz)
    where n.id = i.id and n.id = any(${changes.map(({ after }) => after.id)}::uuid[])`;
  const history = changes
    .filter(({ before, after }) => before.status !== after.status)
    .map(({ after, reason }) => ({ id: after.id, status: after.status, reason }));
  if (history.length > 0) {
    await tx`
      insert into node_status_history (node_id, at, status, reason)
      select id, now(), status, reason
      from jsonb_to_recordset(${toJson(history)}::text::jsonb) as input (id uuid, status text, reason text)`;
  }
  touched.add('node', ...changes.filter(isVisible).map(({ after }) => after.id));
}

const shown = [
  'status',
  'targetStatus',
  'targetAction',
  'cspId',
  'zone',
  'publicIp',
  'privateIp',
  'drift',
  'error',
] as const satisfies readonly (keyof StoredNode)[];

/** `observedAt` alone is no news: it moves with every look at the cloud. */
const isVisible = ({ before, after }: NodeChange): boolean =>
  shown.some((key) => JSON.stringify(before[key] ?? null) !== JSON.stringify(after[key] ?? null));
