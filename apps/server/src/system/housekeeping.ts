import type { AuditStore, IdentityStore } from '@waterstrider/store';
import type { Config } from '../config.ts';

const everyMs = 10 * 60_000;
const firstMs = 30_000;

/** Forgets what is past its time, every 10 minutes, in batches. Returns how to stop, which waits for the batch under way. */
export function startHousekeeping(
  { audit, identity, config }: { audit: AuditStore; identity: IdentityStore; config: Config },
  onError: (error: unknown) => void,
  pruneEngine: () => Promise<void>,
): () => Promise<void> {
  const prune = async (): Promise<void> => {
    await audit.prune(config.retention.auditDays);
    await identity.pruneSessions(config.session.idleSeconds);
    await identity.throttle.prune();
    await pruneEngine();
  };
  let running = Promise.resolve();
  const run = (): void => {
    running = running.then(prune).catch(onError);
  };
  const first = setTimeout(run, firstMs).unref();
  const timer = setInterval(run, everyMs).unref();
  return () => {
    clearTimeout(first);
    clearInterval(timer);
    return running;
  };
}
