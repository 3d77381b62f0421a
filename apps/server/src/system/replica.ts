import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import type { SystemStore } from '@waterstrider/store';

/** Names this process among the replicas of a database. */
export const replicaId = `${hostname()}-${String(process.pid)}-${randomBytes(3).toString('hex')}`;
export const startedAt = new Date();

const beatMs = 5_000;

/** Says every 5 s that this process lives; returns how to stop, which takes it off the list. */
export async function startHeartbeat(
  system: Pick<SystemStore, 'heartbeat' | 'removeReplica'>,
  onError: (error: unknown) => void,
): Promise<() => Promise<void>> {
  const beat = () => system.heartbeat({ id: replicaId, startedAt });
  await beat();
  const timer = setInterval(() => void beat().catch(onError), beatMs);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await system.removeReplica(replicaId);
  };
}
