import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { startDatabase } from '../packages/store/src/runtime/index.ts';

/**
 * One PostgreSQL for all tests of a run, told as TEST_DATABASE_URL (kept when it is given, to test another version).
 * Each test file makes a database of its own in it.
 */
export default async function startTestDatabase(): Promise<() => Promise<void>> {
  if (process.env.TEST_DATABASE_URL !== undefined) return () => Promise.resolve();
  const folder = mkdtempSync(join(tmpdir(), 'ws-unit-'));
  // As root, PostgreSQL runs under another account, which must be let through.
  chmodSync(folder, 0o755);
  const runtime = await startDatabase({ dataDir: join(folder, 'data'), log: () => undefined });
  process.env.TEST_DATABASE_URL = runtime.url;
  return async () => {
    await runtime.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}
