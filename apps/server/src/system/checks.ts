import { DomainError } from '@waterstrider/contract';
import type { Services } from '../services.ts';

export type Check = { name: string; ok: boolean; detail?: string };

const patienceMs = 2_000;
// A platform that was not heard of for so long: what is shown may be wrong.
const freshMs = 15_000;

/** Is this server able to do its work now? Each check answers within 2 s. */
export function runChecks({ system, platform, inventory }: Services): Promise<Check[]> {
  return Promise.all([
    check('database', async () => {
      await system.ping();
      return { ok: true };
    }),
    check('platform', () => platform.health()),
    check('inventory', () => {
      const ok = inventory.ready() && inventory.ageMs() < freshMs;
      return Promise.resolve(ok ? { ok } : { ok, detail: 'waiting for the first news of the platform' });
    }),
  ]);
}

async function check(name: string, ask: () => Promise<{ ok: boolean; detail?: string }>): Promise<Check> {
  let timer: NodeJS.Timeout | undefined;
  const tooSlow = new Promise<{ ok: false; detail: string }>((resolve) => {
    timer = setTimeout(() => resolve({ ok: false, detail: 'no answer within 2 s' }), patienceMs);
  });
  try {
    const { ok, detail } = await Promise.race([ask(), tooSlow]);
    return { name, ok, ...(detail === undefined ? {} : { detail }) };
  } catch (error) {
    // The kind of failure only: readiness is public, and messages may hold addresses.
    return { name, ok: false, detail: error instanceof DomainError ? error.code : 'failed' };
  } finally {
    clearTimeout(timer);
  }
}
