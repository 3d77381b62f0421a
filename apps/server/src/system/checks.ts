import { DomainError } from '@waterstrider/contract';
import type { Services } from '../services.ts';
import { toFrameworkCheck } from './framework-checks.ts';

export type Check = { name: string; ok: boolean; detail?: string };
/** What is `optional` may fail without making the server unready. */
type Finding = Check & { optional?: boolean };

const patienceMs = 2_000;
// A platform that was not heard of for so long: what is shown may be wrong.
const freshMs = 15_000;

/** Is this server able to do its work now? Each check answers within 2 s. */
export async function runChecks(services: Services): Promise<{ ready: boolean; checks: Check[] }> {
  const findings = await find(services);
  const checks = findings.map(({ optional: _optional, ...check }): Check => check);
  return { ready: findings.every(({ ok, optional }) => ok || optional === true), checks };
}

async function find({ system, platform, inventory }: Services): Promise<Finding[]> {
  const found = await Promise.all([
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
  if (platform.frameworkReads === undefined) return found;
  // Named one by one, in place of the platform as a whole.
  const frameworks = platform.frameworkReads.frameworks().map(toFrameworkCheck);
  const rest = found.filter(({ name }) => name !== 'platform');
  const isChecked = frameworks.some(({ name }) => name === 'tumblebug');
  return [...rest, ...(isChecked ? [] : [{ name: 'tumblebug', ok: false, detail: 'not checked yet' }]), ...frameworks];
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
