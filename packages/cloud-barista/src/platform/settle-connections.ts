import { finishTasks, type AnsweredForMs } from './apply-list.ts';
import type { Call, MirroredConnection, MirrorTransaction } from '../ports/index.ts';

const patienceMs = 60_000;

/** Moves the items of tasks on credentials and connections, by what upstream shows of the connections now. */
export async function settleConnectionCalls(tx: MirrorTransaction, answeredForMs: AnsweredForMs): Promise<void> {
  const calls = (await tx.openCalls()).filter((call) => call.namespaceId === undefined);
  if (calls.length === 0) return;
  const connections = new Map((await tx.connections()).map((connection) => [connection.id, connection]));
  for (const call of calls) {
    const answeredMs = answeredForMs(call);
    const open = new Set((await tx.itemsOf(call.operationId, ['pending', 'running'])).map(({ target }) => target.id));
    for (const targetId of call.items.filter((id) => open.has(id))) {
      const outcome = outcomeOf(call, connections.get(targetId), answeredMs);
      if (outcome === undefined) continue;
      await tx.moveItems(call.operationId, [{ targetId, ...outcome }]);
      open.delete(targetId);
    }
    if (answeredMs !== undefined && !call.items.some((id) => open.has(id))) {
      await tx.writeCall(call.id, { state: 'settled' });
    }
  }
  await finishTasks(tx, [...new Set(calls.map(({ operationId }) => operationId))]);
}

type Outcome = { state: 'succeeded' } | { state: 'failed'; error: { code: string; message: string } };

/** The cloud answered; what upstream says of the connection changes only when its values are registered again. */
function verdictOf(connection: MirroredConnection | undefined): Outcome {
  if (connection?.state !== 'Failed') return { state: 'succeeded' };
  const message = 'CB-Tumblebug still lists it as not verified. Give the values of its credential again.';
  return { state: 'failed', error: { code: 'notVerified', message } };
}

function outcomeOf(
  call: Call,
  connection: MirroredConnection | undefined,
  answeredMs: number | undefined,
): Outcome | undefined {
  if (answeredMs === undefined) return undefined;
  if (call.error !== undefined) return { state: 'failed', error: call.error };
  if (call.goal !== 'credential') return verdictOf(connection);
  if (connection?.state === 'Verified') return { state: 'succeeded' };
  if (connection === undefined && answeredMs < patienceMs) return undefined;
  const message =
    connection === undefined
      ? 'CB-Tumblebug has made no connection for this region.'
      : 'CB-Tumblebug could not verify the connection with this credential.';
  return { state: 'failed', error: { code: 'notVerified', message } };
}
