import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { startDatabase } from '@waterstrider/store/runtime';
import { newDataDir, removeDataDir } from './console-server.ts';

/** An embedded PostgreSQL of its own; gone afterwards. */
export async function withScratchDatabase<Result>(run: (url: string) => Promise<Result>): Promise<Result> {
  const folder = newDataDir();
  // As root, PostgreSQL runs under another account, which must be let through.
  chmodSync(folder, 0o755);
  const runtime = await startDatabase({ dataDir: join(folder, 'data'), log: () => undefined });
  try {
    return await run(runtime.url);
  } finally {
    await runtime.stop();
    removeDataDir(folder);
  }
}
