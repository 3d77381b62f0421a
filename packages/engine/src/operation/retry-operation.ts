import { DomainError, type Verb } from '@waterstrider/contract';
import { type EngineContext, wrongState } from '../context.ts';
import { requireIdle } from '../infra/lock-infra.ts';
import { intendAction, splitByRule } from '../infra/node-intents.ts';
import { requireUsable } from '../infra/plan-groups.ts';
import { ensureSharedResources } from '../infra/shared-resources.ts';
import type { ConnectionRow, NodeRow, OperationRow, StoreTransaction } from '../ports/index.ts';
import { settleOperations } from './settle-operations.ts';

const creating = ['createInfra', 'addNodeGroup', 'scaleNodeGroup', 'continue'];

/** The failed items of an ended task, once more. */
export const retryOperation =
  (engine: EngineContext): Verb<'retryOperation'> =>
  async ({ params }) => {
    await engine.store.transaction(async (tx) => {
      const [operation] = await tx.lockOperations([params.operation]);
      if (!operation) throw new DomainError('not_found');
      if (operation.state === 'running' || operation.state === 'pending')
        throw wrongState('The task is still running.', 'taskRunning');
      const failed = await tx.itemsOf(operation.id, ['failed', 'unknown']);
      if (failed.length === 0) throw wrongState('The task has no failed item.', 'nothingFailed');
      const connections = failed.filter(({ target }) => target.kind === 'connection').map(({ target }) => target.id);
      if (connections.length > 0) {
        await tx.reopenOperation(operation.id);
        await tx.addItems(operation.id, failed);
        await tx.requestVerify(connections, operation.id);
        return;
      }
      await retryNodes(
        engine,
        tx,
        operation,
        failed.map(({ target }) => target.id),
      );
    });
    return {};
  };

async function retryNodes(
  engine: EngineContext,
  tx: StoreTransaction,
  operation: OperationRow,
  ids: string[],
): Promise<void> {
  const found = await tx.lockNodesById(ids);
  const infras = await tx.lockInfrasById([...new Set(found.map((node) => node.infraId))]);
  for (const infra of infras) requireIdle(infra);
  const makes = creating.includes(operation.kind);
  // A scale-in wants its servers gone: they are not made again.
  const again = makes ? found.filter((node) => node.status === 'Failed' && node.targetStatus !== 'Terminated') : [];
  const others = makes ? found.filter((node) => node.targetStatus === 'Terminated') : found;
  const fit = splitByRule(engine, actionOf(operation), others).fit;
  if (again.length + fit.length === 0)
    throw wrongState('None of the failed servers is in a state to try again.', 'nothingFailed');
  await tx.reopenOperation(operation.id);
  const deleting = operation.kind === 'deleteInfra' || operation.kind === 'withdraw';
  for (const infra of infras)
    await tx.updateInfra(infra.id, { runningOperation: operation.id, ...(deleting && { deleting }) });
  await recreate(engine, tx, operation, again);
  const forget = deleting || makes || operation.kind === 'refine';
  const lost = await intendAction(engine, tx, {
    action: actionOf(operation),
    nodes: fit,
    operationId: operation.id,
    forget,
  });
  await settleOperations(engine, tx, lost);
}

function actionOf(operation: OperationRow): 'suspend' | 'resume' | 'reboot' | 'terminate' {
  const { kind } = operation;
  if (kind === 'suspend' || kind === 'resume' || kind === 'reboot') return kind;
  return 'terminate';
}

/** A new generation of each server: what failed in the cloud is removed there first. */
async function recreate(
  engine: EngineContext,
  tx: StoreTransaction,
  operation: OperationRow,
  nodes: NodeRow[],
): Promise<void> {
  const [first] = nodes;
  if (!first) return;
  const namespace = await tx.namespaceByName(first.namespaceId);
  if (!namespace) throw new DomainError('not_found');
  const connections: ConnectionRow[] = [];
  for (const id of new Set(nodes.map((node) => node.connectionId))) {
    connections.push(requireUsable(await tx.connection(id), namespace.id, id));
  }
  await tx.addItems(
    operation.id,
    nodes.map((node) => ({ target: { kind: 'node', id: node.id, name: node.name } })),
  );
  await tx.intend(
    nodes.map((node) => ({
      id: node.id,
      status: 'Creating' as const,
      targetStatus: 'Running' as const,
      targetAction: 'create' as const,
      operationId: operation.id,
      dueAt: engine.clock.now(),
      // One that may have been made keeps its token, so that it is not made twice.
      generation: node.cspId === undefined && node.sentAt !== undefined ? node.generation : node.generation + 1,
      clearError: true,
      // An unclear create must still be looked for before another is sent.
      keepSent: node.cspId === undefined,
      reason: 'retry',
    })),
  );
  await ensureSharedResources(engine, tx, { namespaceId: namespace.id, ns: namespace.name, connections });
}
