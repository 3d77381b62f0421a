import { nodeActionRule, type NodeAction, type NodeStatus, type RuleReason } from '@waterstrider/contract';
import type { EngineContext } from '../context.ts';
import type { NodeRow, StoreTransaction } from '../ports/index.ts';

const transition: Record<NodeAction, { status: NodeStatus; target: NodeRow['targetStatus'] }> = {
  suspend: { status: 'Suspending', target: 'Suspended' },
  resume: { status: 'Resuming', target: 'Running' },
  reboot: { status: 'Rebooting', target: 'Running' },
  terminate: { status: 'Terminating', target: 'Terminated' },
};

/** Actions that the server's driver does not have. */
export function unsupportedActionsOf(engine: Pick<EngineContext, 'drivers'>, provider: string): NodeAction[] {
  const capabilities = engine.drivers.get(provider)?.capabilities ?? [];
  return (['suspend', 'resume', 'reboot', 'terminate'] as const).filter((action) => !capabilities.includes(action));
}

export function splitByRule(
  engine: EngineContext,
  action: NodeAction,
  nodes: NodeRow[],
): { fit: NodeRow[]; unfit: { node: NodeRow; reason: RuleReason }[] } {
  const fit: NodeRow[] = [];
  const unfit: { node: NodeRow; reason: RuleReason }[] = [];
  for (const node of nodes) {
    const verdict = nodeActionRule(action, {
      ...node,
      unsupportedActions: unsupportedActionsOf(engine, node.provider),
    });
    if (verdict.allowed) fit.push(node);
    else unfit.push({ node, reason: verdict.reason });
  }
  return { fit, unfit };
}

/** Servers that another task waits for belong to this one from now on. Returns the tasks that lost items: settle them. */
export async function takeOver(tx: StoreTransaction, nodes: NodeRow[], operationId: string): Promise<string[]> {
  const taken = nodes.flatMap(({ id, operationId: former }) =>
    former !== undefined && former !== operationId ? [{ id, former }] : [],
  );
  const formerTasks = [...new Set(taken.map(({ former }) => former))].sort();
  for (const task of formerTasks) {
    const items = taken.filter(({ former }) => former === task);
    await tx.moveItems(
      task,
      items.map(({ id }) => ({ targetId: id, state: 'cancelled' as const })),
    );
  }
  return formerTasks;
}

/** Writes what is wanted and the task's items; returns the tasks that lost items. */
export async function intendAction(
  engine: EngineContext,
  tx: StoreTransaction,
  request: { action: NodeAction; nodes: NodeRow[]; operationId: string; forget?: boolean; withItems?: boolean },
): Promise<string[]> {
  const { action, nodes, operationId, forget = false, withItems = true } = request;
  const lost = await takeOver(tx, nodes, operationId);
  const items = nodes.map((node) => ({ target: { kind: 'node', id: node.id, name: node.name } }));
  if (withItems) await tx.addItems(operationId, items);
  const { status, target } = transition[action];
  await tx.intend(
    nodes.map((node) => ({
      id: node.id,
      status,
      targetStatus: target,
      targetAction: action,
      operationId,
      dueAt: engine.clock.now(),
      forget,
      // A create that may have reached the cloud must be looked for before the server counts as gone.
      keepSent: action === 'terminate' && node.cspId === undefined,
      clearError: true,
      reason: action,
    })),
  );
  await tx.wake([...new Set(nodes.map((node) => node.connectionId))]);
  return lost;
}

/** Nothing of it is, or may be, in a cloud. */
export const isUnmade = (node: NodeRow): boolean => node.cspId === undefined && node.sentAt === undefined;

/** Takes servers out of their infra: what never was is deleted at once, the rest is terminated first. Returns tasks that lost items. */
export async function removeNodes(
  engine: EngineContext,
  tx: StoreTransaction,
  nodes: NodeRow[],
  operationId: string,
  options: { withItems?: boolean } = {},
): Promise<string[]> {
  const gone = nodes.filter(
    (node) => node.status === 'Terminated' || (isUnmade(node) && node.targetAction !== 'create'),
  );
  const lost = await takeOver(tx, gone, operationId);
  await tx.deleteNodes(gone.map((node) => node.id));
  const living = nodes.filter((node) => !gone.includes(node));
  const more = await intendAction(engine, tx, {
    action: 'terminate',
    nodes: living,
    operationId,
    forget: true,
    ...options,
  });
  return [...lost, ...more];
}
