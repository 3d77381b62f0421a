import { randomUUID } from 'node:crypto';
import { DomainError, type Verb } from '@waterstrider/contract';
import type { EngineContext } from '../context.ts';
import { insertCredential, operationOf } from './credentials.ts';

const nsName = 'default';

/** A namespace and, for every simulated cloud without one, a credential with connections to all its regions. */
export const trySimulatedClouds =
  (engine: EngineContext): Verb<'trySimulatedClouds'> =>
  async (_input, context) => {
    const simulated = [...engine.drivers.values()].filter((driver) => driver.simulated);
    if (simulated.length === 0)
      throw new DomainError('unsupported', { reason: 'This platform has no simulated clouds.' });
    await engine.store.transaction(async (tx) => {
      if (!(await tx.namespaceByName(nsName))) {
        await tx.insertNamespace({
          id: randomUUID(),
          name: nsName,
          description: 'To look around on simulated clouds.',
        });
      }
      let added = 0;
      for (const driver of simulated) {
        if (await tx.credential(driver.provider)) continue;
        await insertCredential(
          engine,
          tx,
          { name: driver.provider, provider: driver.provider, values: { account: 'demo' } },
          operationOf(context),
        );
        added += 1;
      }
      if (added === 0) await tx.finishOperation(operationOf(context), 'succeeded');
    });
    return { namespace: nsName };
  };
