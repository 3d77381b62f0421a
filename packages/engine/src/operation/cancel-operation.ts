import { DomainError, type NodeStatus, type Verb } from '@waterstrider/contract';
import { type EngineContext, wrongState } from '../context.ts';
import type { NodeRow } from '../ports/index.ts';
import { settleOperations } from './settle-operations.ts';

const before: Partial<Record<string, NodeStatus>> = { suspend: 'Running', reboot: 'Running', resume: 'Suspended' };

/** Nothing was sent to the cloud for it yet. */
const isUntouched = (node: NodeRow): boolean => node.sentAt === undefined && node.acceptedAt === undefined;
const cancellable = (node: NodeRow): boolean =>
  isUntouched(node) &&
  (node.targetAction === 'create'
    ? node.cspId === undefined
    : node.targetAction !== undefined && node.targetAction in before);

/** What has not started does not start; what is under way goes on to its end. */
export const cancelOperation =
  (engine: EngineContext): Verb<'cancelOperation'> =>
  async ({ params }) => {
    await engine.store.transaction(async (tx) => {
      const [operation] = await tx.lockOperations([params.operation]);
      if (!operation) throw new DomainError('not_found');
      if (operation.state !== 'running' && operation.state !== 'pending')
        throw wrongState('The task has ended.', 'taskEnded');
      const open = await tx.itemsOf(operation.id, ['pending', 'running']);
      const nodes = await tx.lockNodesById(
        open.filter(({ target }) => target.kind === 'node').map(({ target }) => target.id),
      );
      const stopped = nodes.filter((node) => node.operationId === operation.id && cancellable(node));
      await tx.intend(
        stopped
          .filter((node) => node.targetAction !== 'create')
          .map((node) => {
            const status = before[node.targetAction ?? ''] ?? node.status;
            return {
              id: node.id,
              status,
              targetStatus: status === 'Suspended' ? ('Suspended' as const) : ('Running' as const),
              reason: 'cancel',
            };
          }),
      );
      await tx.moveItems(
        operation.id,
        stopped.map((node) => ({ targetId: node.id, state: 'cancelled' as const })),
      );
      await tx.deleteNodes(stopped.filter((node) => node.targetAction === 'create').map((node) => node.id));
      await settleOperations(engine, tx, [operation.id]);
    });
    return {};
  };
