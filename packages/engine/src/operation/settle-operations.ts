import type { EngineContext } from '../context.ts';
import { removeNodes } from '../infra/node-intents.ts';
import type { InfraRow, OperationRow, ResourceRow, StoreTransaction } from '../ports/index.ts';

const makes = ['createInfra', 'addNodeGroup', 'scaleNodeGroup', 'continue'];

/**
 * Ends the tasks whose items have ended; before that does what is still owed: the failure policy, the removal of servers, of
 * resources nobody uses, of the infra. Called in the transaction that moved the last item, and safe to call again at any time.
 */
export async function settleOperations(
  engine: EngineContext,
  tx: StoreTransaction,
  operationIds: string[],
): Promise<void> {
  const ids = [...new Set(operationIds)];
  if (ids.length === 0) return;
  for (const operation of await tx.lockOperations(ids)) {
    const ended = operation.state !== 'running' && operation.state !== 'pending';
    if (!ended && operation.open === 0) await settle(engine, tx, operation);
  }
}

async function settle(engine: EngineContext, tx: StoreTransaction, operation: OperationRow): Promise<void> {
  for (const infra of await tx.infrasOfOperation(operation.id)) {
    if (await stillOwes(engine, tx, operation, infra)) return;
  }
  // Read again: the policy may have changed items and infras.
  const [settled] = await tx.lockOperations([operation.id]);
  const infras = await tx.infrasOfOperation(operation.id);
  const rolledBack = makes.includes(operation.kind) && infras.some(({ deleting }) => deleting);
  for (const infra of infras) {
    if (infra.deleting && (await isCleared(tx, infra))) await tx.deleteInfra(infra.id);
    else await release(tx, operation, infra);
  }
  const unclear = (await tx.itemsOf(operation.id, ['unknown'])).length;
  await tx.finishOperation(operation.id, rolledBack ? 'failed' : outcome(settled ?? operation, unclear));
}

/** Neither servers nor resources of its own are left; else it stays, so that the deletion can be tried again. */
async function isCleared(tx: StoreTransaction, infra: InfraRow): Promise<boolean> {
  if ((await tx.countNodes(infra.id)) > 0) return false;
  const connectionIds = [...new Set((await tx.groups(infra.id)).map((group) => group.connectionId))];
  return (await tx.unusedResources(infra.namespaceId, connectionIds, infra.id)).length === 0;
}

function outcome(operation: OperationRow, unclear: number): 'succeeded' | 'partial' | 'failed' | 'cancelled' {
  if (operation.failed + unclear > 0) return operation.done > 0 ? 'partial' : 'failed';
  if (operation.other > 0) return operation.done > 0 ? 'partial' : 'cancelled';
  return 'succeeded';
}

async function release(tx: StoreTransaction, operation: OperationRow, infra: InfraRow): Promise<void> {
  const held = operation.kind === 'createInfra' && infra.phase === 'Preparing';
  if (operation.kind === 'addNodeGroup') await dropEmptyGroups(tx, infra);
  await tx.updateInfra(infra.id, {
    runningOperation: null,
    deleting: false,
    ...(held && { phase: 'Prepared' as const }),
  });
}

/** A group whose servers were all taken back is no group. */
async function dropEmptyGroups(tx: StoreTransaction, infra: InfraRow): Promise<void> {
  for (const group of await tx.groups(infra.id)) if (group.size === 0) await tx.deleteGroup(group.id);
}

/** Starts the next step of a task, if there is one; true: the task is not over. */
async function stillOwes(
  engine: EngineContext,
  tx: StoreTransaction,
  operation: OperationRow,
  infra: InfraRow,
): Promise<boolean> {
  let { deleting } = infra;
  if (!deleting && operation.failed > 0 && makes.includes(operation.kind))
    deleting = await applyPolicy(engine, tx, operation, infra);
  if ((await tx.forgottenOf(operation.id)) > 0) return true;
  return deleting && (await tx.countNodes(infra.id)) === 0 && (await removeResources(engine, tx, operation, infra));
}

/** Takes back what the request's policy does not want to keep; the failed items stay as they are. True: the infra goes too. */
async function applyPolicy(
  engine: EngineContext,
  tx: StoreTransaction,
  operation: OperationRow,
  infra: InfraRow,
): Promise<boolean> {
  if (infra.policy === 'continue' || infra.phase) return false;
  const all = (await tx.lockNodes([infra.id])).filter((node) => !node.forget);
  const made = all.filter((node) => node.operationId === operation.id && node.targetStatus !== 'Terminated');
  const failed = made.filter((node) => node.status === 'Failed');
  if (failed.length === 0) return false;
  const whole = infra.policy === 'rollback' && (operation.kind === 'createInfra' || operation.kind === 'continue');
  const going = whole ? all : infra.policy === 'rollback' ? made : failed;
  const takenBack = made.filter((node) => going.includes(node) && node.status !== 'Failed');
  await tx.addItems(
    operation.id,
    takenBack.map((node) => ({ target: { kind: 'node', id: node.id, name: node.name }, state: 'cancelled' as const })),
  );
  const lost = await removeNodes(engine, tx, going, operation.id, { withItems: false });
  await settleOperations(engine, tx, lost);
  if (whole) await tx.updateInfra(infra.id, { deleting: true });
  else await shrinkGroups(tx, infra, new Set(going.map((node) => node.id)));
  return whole;
}

async function shrinkGroups(tx: StoreTransaction, infra: InfraRow, going: ReadonlySet<string>): Promise<void> {
  const left = (await tx.lockNodes([infra.id])).filter((node) => !going.has(node.id));
  for (const group of await tx.groups(infra.id)) {
    await tx.updateGroup(group.id, { size: left.filter((node) => node.groupId === group.id).length });
  }
}

/** Networks, firewalls and keys go with the last MCIS that used them. */
async function removeResources(
  engine: EngineContext,
  tx: StoreTransaction,
  operation: OperationRow,
  infra: InfraRow,
): Promise<boolean> {
  const connectionIds = [...new Set((await tx.groups(infra.id)).map((group) => group.connectionId))];
  await tx.lockResources(infra.namespaceId);
  const unused = await tx.unusedResources(infra.namespaceId, connectionIds, infra.id);
  // One that this task could not delete stays, with its reason.
  const fresh = unused.filter((row) => row.state !== 'Deleting' && row.operationId !== operation.id);
  if (fresh.length === 0) return waitForOthers(tx, operation, unused);
  for (const row of fresh) {
    await tx.writeResource(row.id, {
      state: 'Deleting',
      error: null,
      attempt: 0,
      dueAt: engine.clock.now(),
      operationId: operation.id,
    });
  }
  await tx.addItems(
    operation.id,
    fresh.map((row) => ({ target: { kind: row.kind, id: row.id, name: row.name } })),
  );
  await tx.wake(connectionIds);
  return true;
}

/** Another task deletes them already: this one ends with them. */
async function waitForOthers(tx: StoreTransaction, operation: OperationRow, unused: ResourceRow[]): Promise<boolean> {
  const going = unused.filter((row) => row.state === 'Deleting');
  await tx.addItems(
    operation.id,
    going.map((row) => ({ target: { kind: row.kind, id: row.id, name: row.name } })),
  );
  return going.length > 0;
}
