import { type Verb } from '@waterstrider/contract';
import { type EngineContext, wrongState } from '../context.ts';
import { operationOf } from '../credential/credentials.ts';
import { settleOperations } from '../operation/settle-operations.ts';
import type { InfraRow, StoreTransaction } from '../ports/index.ts';
import { lockInfra, requireIdle } from './lock-infra.ts';
import { isUnmade, removeNodes } from './node-intents.ts';

/** Ends every server, then the shared resources nobody else uses, then the infra itself: `settleOperations` goes on from here. */
export async function startDeletion(
  engine: EngineContext,
  tx: StoreTransaction,
  request: { infra: InfraRow; operationId: string },
): Promise<string[]> {
  const { infra, operationId } = request;
  await tx.updateInfra(infra.id, { deleting: true, runningOperation: operationId, phase: null });
  return removeNodes(engine, tx, await tx.lockNodes([infra.id]), operationId);
}

export const deleteInfra =
  (engine: EngineContext): Verb<'deleteInfra'> =>
  async ({ params, query }, context) => {
    const operationId = operationOf(context);
    await engine.store.transaction(async (tx) => {
      const { infra } = await lockInfra(tx, params.ns, params.infra);
      if (infra.deleting || query.option !== 'terminate') requireIdle(infra);
      const living = (await tx.lockNodes([infra.id])).filter((node) => node.status !== 'Terminated' && !isUnmade(node));
      if (living.length > 0 && query.option !== 'terminate') {
        throw wrongState(
          `"${infra.name}" has ${living.length} servers that are not terminated. Terminate them first, or use option=terminate.`,
          'livingServers',
        );
      }
      const lost = await startDeletion(engine, tx, { infra, operationId });
      await settleOperations(engine, tx, [...lost, operationId]);
    });
    return {};
  };
