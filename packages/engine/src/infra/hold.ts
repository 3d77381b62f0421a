import { type EngineContext, wrongState } from '../context.ts';
import type { ConnectionRow, InfraRow, StoreTransaction } from '../ports/index.ts';
import { requireIdle } from './lock-infra.ts';
import { settleOperations } from '../operation/settle-operations.ts';
import { startDeletion } from './delete-infra.ts';
import { requireUsable } from './plan-groups.ts';
import { ensureSharedResources } from './shared-resources.ts';

function requireHeld(infra: InfraRow): void {
  requireIdle(infra);
  if (infra.phase !== 'Prepared') throw wrongState(`"${infra.name}" is not on hold.`, 'notOnHold');
}

/** Makes the servers that were held back. */
export async function continueInfra(
  engine: EngineContext,
  tx: StoreTransaction,
  request: { namespace: { id: string; name: string }; infra: InfraRow; operationId: string },
): Promise<void> {
  const { namespace, infra, operationId } = request;
  requireHeld(infra);
  const nodes = await tx.lockNodes([infra.id]);
  await tx.updateInfra(infra.id, { phase: null, runningOperation: operationId });
  await tx.addItems(
    operationId,
    nodes.map((node) => ({ target: { kind: 'node', id: node.id, name: node.name } })),
  );
  await tx.intend(
    nodes.map((node) => ({
      id: node.id,
      status: 'Creating' as const,
      targetStatus: 'Running' as const,
      targetAction: 'create' as const,
      operationId,
      dueAt: engine.clock.now(),
      reason: 'continue',
    })),
  );
  const connections: ConnectionRow[] = [];
  for (const group of await tx.groups(infra.id)) {
    if (connections.some(({ id }) => id === group.connectionId)) continue;
    connections.push(requireUsable(await tx.connection(group.connectionId), namespace.id, group.connectionId));
  }
  await ensureSharedResources(engine, tx, { namespaceId: namespace.id, ns: namespace.name, connections });
}

/** Takes a held MCIS back: nothing was made but shared resources, which go when nobody else uses them. */
export async function withdrawInfra(
  engine: EngineContext,
  tx: StoreTransaction,
  request: { infra: InfraRow; operationId: string },
): Promise<void> {
  requireHeld(request.infra);
  await settleOperations(engine, tx, await startDeletion(engine, tx, request));
}
