import type { EngineContext } from '../context.ts';
import { settleOperations } from '../operation/settle-operations.ts';
import { CloudError, type CloudSession, type ConnectionRow } from '../ports/index.ts';

const mostTries = 10;

/** Asks the cloud whether the credential works in the region, and keeps the answer in its words. */
export async function verifyConnection(
  engine: EngineContext,
  request: {
    connection: ConnectionRow;
    session: CloudSession;
    gate: <T>(run: () => Promise<T>) => Promise<T>;
    signal: AbortSignal;
    pauseMs: number;
  },
): Promise<void> {
  const { connection } = request;
  const outcome = await ask(engine, request);
  await engine.store.transaction(
    async (tx) => {
      // Asked again meanwhile, perhaps with other values: that one counts.
      if ((await tx.connection(connection.id))?.verifyOperation !== connection.verifyOperation) return;
      const failed = 'error' in outcome;
      await tx.writeConnection(
        connection.id,
        failed
          ? { state: 'Failed', error: outcome.error }
          : { state: 'Verified', zones: outcome.zones, verified: true, reachable: true, error: null },
      );
      const item = failed ? { state: 'failed' as const, error: outcome.error } : { state: 'succeeded' as const };
      const tasks = await tx.tasksWaitingFor(connection.id);
      for (const task of tasks) await tx.moveItems(task, [{ targetId: connection.id, ...item }]);
      await settleOperations(engine, tx, tasks);
    },
    { connectionId: connection.id, owner: engine.owner },
  );
}

async function ask(
  engine: EngineContext,
  request: Parameters<typeof verifyConnection>[1],
): Promise<{ zones: string[] } | { error: { code: string; message: string } }> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await request.gate(() => request.session.verify(request.signal));
    } catch (error) {
      if (!(error instanceof CloudError)) throw error;
      if (!error.isTransient || attempt >= mostTries)
        return { error: { code: error.cloudCode, message: error.cloudMessage } };
      await engine.clock.sleep(request.pauseMs * attempt, request.signal);
    }
  }
}
