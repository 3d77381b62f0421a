import { randomUUID } from 'node:crypto';
import type { Adapter } from './adapter.ts';
import { planNamespace, unclearCode, type Plan } from './plan-namespace.ts';
import { settleItem, unclearPatienceMs, type Sight } from './settle-calls.ts';
import type { Call, MirroredConnection, MirrorTransaction } from '../ports/index.ts';
import { credentialNameOf } from '../wire/tumblebug-clouds.ts';
import type { WireInfra } from '../wire/tumblebug-infra.ts';

/** How long ago a call was answered, seen from when a list was asked for; undefined: not yet then. */
export type AnsweredForMs = (call: Call) => number | undefined;

/**
 * Takes in the list of one namespace: writes what changed, moves the items of its tasks, and ends the tasks that are over.
 * True: something is on its way, so look again soon.
 */
export async function applyList(
  adapter: Pick<Adapter, 'mirror'>,
  namespaceId: string,
  list: { seen: WireInfra[]; answeredForMs: AnsweredForMs },
): Promise<boolean> {
  return adapter.mirror.transaction(async (tx) => {
    const infras = await tx.infras(namespaceId);
    const calls = (await tx.openCalls()).filter((call) => call.namespaceId === namespaceId);
    // What came with an MCIS that was asked for since the first read is not this list's to delete.
    const locked = new Set(infras.map(({ id }) => id));
    const held = {
      infras,
      groups: (await tx.groupsIn(namespaceId)).filter(({ infraId }) => locked.has(infraId)),
      nodes: (await tx.nodesIn(namespaceId)).filter(({ infraId }) => locked.has(infraId)),
    };
    const connections = await findConnections(tx, list.seen);
    const openCalls = calls.filter((call) => list.answeredForMs(call) === undefined);
    const unclear = new Set(
      calls
        .filter((call) => call.error?.code === unclearCode && (list.answeredForMs(call) ?? 0) > unclearPatienceMs)
        .flatMap(({ infraId }) => infraId ?? []),
    );
    const plan = planNamespace(held, { namespaceId, seen: list.seen, connections, openCalls, unclear });
    await write(tx, plan);
    const sight: Sight = {
      infras: new Map(plan.after.infras.map((infra) => [infra.id, infra])),
      nodes: new Map(plan.after.nodes.map((node) => [node.id, node])),
      answeredForMs: list.answeredForMs,
    };
    await settleCalls(tx, calls, sight);
    await releaseInfras(tx, namespaceId);
    return calls.some(({ state }) => state !== 'held') || isMoving(plan, list.seen);
  });
}

/** By name. Those that upstream's own list does not hold are made, so that no server is left out. */
async function findConnections(tx: MirrorTransaction, seen: WireInfra[]): Promise<Map<string, MirroredConnection>> {
  const byName = new Map((await tx.connections()).map((connection) => [connection.name, connection]));
  const strangers = new Map(
    seen
      .flatMap(({ nodes }) => nodes)
      .filter(({ connection, provider }) => connection !== '' && provider !== '' && !byName.has(connection))
      .map((node) => [node.connection, node]),
  );
  if (strangers.size === 0) return byName;
  for (const [name, { provider, region }] of strangers) {
    const credentialId = await requireCredential(tx, provider);
    const row = { id: randomUUID(), name, credentialId, provider, region, zones: [], reachable: true };
    await tx.putConnections([{ ...row, state: 'Verified' }]);
  }
  return new Map((await tx.connections()).map((connection) => [connection.name, connection]));
}

async function requireCredential(tx: MirrorTransaction, provider: string): Promise<string> {
  const name = credentialNameOf('admin', provider);
  const known = (await tx.credentials()).find((credential) => credential.name === name);
  if (known !== undefined) return known.id;
  const id = randomUUID();
  await tx.putCredentials([{ id, name, provider, valueKeys: [], regions: [] }]);
  return id;
}

async function write(tx: MirrorTransaction, plan: Plan): Promise<void> {
  for (const id of plan.deleteInfras) await tx.deleteInfra(id);
  await tx.deleteNodes(plan.deleteNodes);
  await tx.putInfras(plan.putInfras);
  await tx.putGroups(plan.putGroups);
  await tx.putNodes(plan.putNodes);
  for (const id of plan.deleteGroups) await tx.deleteGroup(id);
}

async function settleCalls(tx: MirrorTransaction, calls: readonly Call[], sight: Sight): Promise<void> {
  const operationIds = [...new Set(calls.map((call) => call.operationId))];
  for (const operationId of operationIds) {
    const items = await tx.itemsOf(operationId, ['pending', 'running']);
    const open = new Map(items.map(({ target }) => [target.id, target]));
    for (const call of calls.filter((candidate) => candidate.operationId === operationId)) {
      const moves = call.items.flatMap((id) => {
        const target = open.get(id);
        return target === undefined ? [] : (settleItem(call, target, sight) ?? []);
      });
      // A refused continue leaves nothing for the servers to wait for.
      if (call.goal === 'answer' && call.error !== undefined && sight.answeredForMs(call) !== undefined) {
        const { error } = call;
        moves.push(...[...open.keys()].map((targetId) => ({ targetId, state: 'failed' as const, error })));
      }
      await tx.moveItems(operationId, moves);
      for (const { targetId, state } of moves) if (state !== 'running' && state !== 'pending') open.delete(targetId);
      const isOver = sight.answeredForMs(call) !== undefined && !call.items.some((id) => open.has(id));
      if (isOver) await tx.writeCall(call.id, { state: 'settled' });
    }
  }
  await finishTasks(tx, operationIds);
}

/** Ends the tasks that have no open item. */
export async function finishTasks(tx: MirrorTransaction, operationIds: string[]): Promise<void> {
  if (operationIds.length === 0) return;
  for (const task of await tx.lockOperations(operationIds)) {
    if (task.open > 0 || task.total === 0 || (task.state !== 'running' && task.state !== 'pending')) continue;
    const failed = task.failed + task.other;
    const isCancelled = task.failed === 0 && task.done === 0 && (await tx.itemsOf(task.id, ['unknown'])).length === 0;
    const missed = task.done > 0 ? 'partial' : isCancelled ? 'cancelled' : 'failed';
    await tx.finishOperation(task.id, failed === 0 ? 'succeeded' : missed);
  }
}

/** An MCIS whose task has ended is free for the next one. */
async function releaseInfras(tx: MirrorTransaction, namespaceId: string): Promise<void> {
  const busy = (await tx.infras(namespaceId)).filter((infra) => infra.runningOperation !== undefined);
  const ids = [...new Set(busy.flatMap(({ runningOperation }) => runningOperation ?? []))];
  if (ids.length === 0) return;
  const running = new Set(
    (await tx.lockOperations(ids))
      .filter(({ state }) => state === 'running' || state === 'pending')
      .map(({ id }) => id),
  );
  await tx.putInfras(
    busy
      .filter(({ runningOperation }) => runningOperation !== undefined && !running.has(runningOperation))
      .map(({ runningOperation: _over, ...infra }) => infra),
  );
}

const settledStatuses = new Set(['Running', 'Suspended', 'Terminated', 'Failed', 'Undefined']);

function isMoving(plan: Plan, seen: WireInfra[]): boolean {
  return (
    plan.after.nodes.some(({ status }) => !settledStatuses.has(status)) ||
    plan.after.infras.some(({ phase }) => phase === 'Preparing') ||
    seen.some(({ targetAction, nodes }) => targetAction !== undefined && nodes.length > 0)
  );
}
