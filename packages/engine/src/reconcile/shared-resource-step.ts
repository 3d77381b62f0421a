import type { EngineContext } from '../context.ts';
import { resourceKinds, subnetOf } from '../infra/shared-resources.ts';
import { settleOperations } from '../operation/settle-operations.ts';
import {
  CloudError,
  type CloudResource,
  type ResourceKind,
  type ResourceRow,
  type StoreTransaction,
} from '../ports/index.ts';
import { backoffMs, type CloudCall } from './call-cloud.ts';
import { fail } from './node-results.ts';

const mostAttempts = 20;
type Step = { engine: EngineContext; call: CloudCall; connectionId: string; namespaceId: string };

/** Brings the shared resources of one namespace on one connection to where they are wanted, in the order they need each other. */
export async function workResources(step: Step): Promise<void> {
  const rows = await step.engine.store.transaction((tx) => tx.resources(step.namespaceId, [step.connectionId]));
  const byKind = new Map(rows.map((row) => [row.kind, row]));
  if (rows.some(({ state }) => state === 'Creating')) return makeAll(step, byKind);
  for (const kind of [...resourceKinds].reverse()) {
    const row = byKind.get(kind);
    if (row?.state === 'Deleting' && !(await deleteOne(step, row, byKind))) return;
  }
}

/** What somebody wants to be deleted meanwhile is left to the next step. */
async function makeAll(step: Step, byKind: Map<ResourceKind, ResourceRow>): Promise<void> {
  for (const kind of resourceKinds) {
    const row = byKind.get(kind);
    if (row?.state !== 'Creating') continue;
    const made = await makeOne(step, row, byKind);
    if (!made) return;
    byKind.set(kind, { ...row, state: 'Available', cspId: made.id });
  }
}

async function makeOne(
  step: Step,
  row: ResourceRow,
  others: Map<ResourceKind, ResourceRow>,
): Promise<CloudResource | undefined> {
  try {
    const made = await step.call.gate(() => create(step, row, others));
    const still = await keep(step, async (tx) => {
      const summary = made.summary !== undefined && { summary: made.summary };
      if (!(await isStill(step, tx, row))) {
        await tx.writeResource(row.id, { cspId: made.id, ...summary, dueAt: step.call.now() });
        return false;
      }
      await tx.writeResource(row.id, {
        state: 'Available',
        cspId: made.id,
        error: null,
        attempt: 0,
        dueAt: null,
        ...summary,
      });
      await endItem(step, tx, row, { state: 'succeeded' });
      await tx.wake([step.connectionId]);
      return true;
    });
    return still ? made : undefined;
  } catch (error) {
    await afterFailure(step, row, error);
    return undefined;
  }
}

function create(step: Step, row: ResourceRow, others: Map<ResourceKind, ResourceRow>): Promise<CloudResource> {
  const { network } = step.call.session;
  const { signal } = step.call;
  const base = { tag: row.id, name: row.name };
  const vNetId = others.get('vNet')?.cspId ?? '';
  const cidr = others.get('vNet')?.cidr ?? row.cidr ?? '10.1.0.0/16';
  if (row.kind === 'vNet') return network.createVNet({ ...base, cidr }, signal);
  if (row.kind === 'subnet') return network.createSubnet({ ...base, vNetId, cidr: row.cidr ?? subnetOf(cidr) }, signal);
  if (row.kind === 'sshKey') return network.importSshKey({ ...base, publicKey: row.publicKey ?? '' }, signal);
  const rules = [{ protocol: 'tcp' as const, ports: '22', direction: 'inbound' as const, cidr: '0.0.0.0/0' }];
  return network.createSecurityGroup({ ...base, vNetId, rules }, signal);
}

async function deleteOne(step: Step, row: ResourceRow, others: Map<ResourceKind, ResourceRow>): Promise<boolean> {
  try {
    // One whose create has no known outcome is found by making it again: creates are idempotent by tag.
    const id = row.cspId ?? (row.attempt > 0 ? (await step.call.gate(() => create(step, row, others))).id : undefined);
    if (id !== undefined)
      await step.call.gate(() => step.call.session.network.deleteResource(row.kind, id, step.call.signal));
    await keep(step, async (tx) => {
      await tx.lockResources(step.namespaceId);
      const now = (await tx.resources(step.namespaceId, [step.connectionId])).find(
        (candidate) => candidate.id === row.id,
      );
      if (now?.state === 'Deleting') await tx.deleteResource(row.id);
      else if (now) await tx.writeResource(row.id, { state: 'Creating', cspId: null, dueAt: step.call.now() });
      await endItem(step, tx, row, { state: 'succeeded' });
    });
    return true;
  } catch (error) {
    await afterFailure(step, row, error);
    return false;
  }
}

/** For every task that waits for it: several MCIS may share the resource. */
async function endItem(
  step: Step,
  tx: StoreTransaction,
  row: ResourceRow,
  item: { state: 'succeeded' | 'failed'; error?: { code: string; message: string } },
): Promise<void> {
  const tasks = await tx.tasksWaitingFor(row.id);
  for (const task of tasks) await tx.moveItems(task, [{ targetId: row.id, ...item }]);
  await settleOperations(step.engine, tx, tasks);
}

/** False: somebody wants something else of it meanwhile. */
async function isStill(step: Step, tx: StoreTransaction, row: ResourceRow): Promise<boolean> {
  await tx.lockResources(step.namespaceId);
  const rows = await tx.resources(step.namespaceId, [step.connectionId]);
  return rows.find(({ id }) => id === row.id)?.state === row.state;
}

async function afterFailure(step: Step, row: ResourceRow, error: unknown): Promise<void> {
  if (!(error instanceof CloudError)) throw error;
  const words = { code: error.cloudCode, message: error.cloudMessage };
  const attempt = row.attempt + (error.kind === 'throttled' ? 0 : 1);
  if (error.isTransient && attempt < mostAttempts) {
    const dueAt = new Date(step.call.now().getTime() + backoffMs(step.call.limits, row.attempt));
    await keep(step, (tx) => tx.writeResource(row.id, { attempt, dueAt, error: words }));
    return;
  }
  await keep(step, async (tx) => {
    if (!(await isStill(step, tx, row))) return tx.writeResource(row.id, { dueAt: step.call.now() });
    await tx.writeResource(row.id, {
      state: row.state === 'Deleting' ? 'Available' : 'Failed',
      attempt,
      dueAt: null,
      error: words,
    });
    if (row.state === 'Creating') await failWaiting(step, tx, row, words);
    await endItem(step, tx, row, { state: 'failed', error: words });
  });
}

/** Servers can not be made without their network: they fail with its reason. */
async function failWaiting(
  step: Step,
  tx: StoreTransaction,
  row: ResourceRow,
  words: { code: string; message: string },
): Promise<void> {
  const waiting = await tx.waitingNodes(row.namespaceId, row.connectionId);
  const message = `${row.kind} "${row.name}": ${words.message}`;
  await tx.writeNodes(waiting.map((node) => fail(node, {}, 'Failed', { code: words.code, message })));
  await settleOperations(
    step.engine,
    tx,
    waiting.flatMap((node) => (node.operationId === undefined ? [] : [node.operationId])),
  );
}

const keep = <T>(step: Step, run: (tx: StoreTransaction) => Promise<T>): Promise<T> =>
  step.engine.store.transaction(run, { connectionId: step.connectionId, owner: step.engine.owner });
