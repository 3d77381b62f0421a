import type { DatabaseRuntime } from './database-runtime.ts';
import { startEmbedded } from './embedded.ts';
import { useExternal } from './external.ts';

export type { DatabaseRuntime } from './database-runtime.ts';
export { DatabaseStartError } from './start-error.ts';
export type { DatabaseStartReason } from './start-error.ts';

/**
 * Starts PostgreSQL on `<dataDir>/postgres`, or checks the one of `databaseUrl`. `log` gets lines for a person.
 * Throws `DatabaseStartError`, whose message is for a person and holds no password.
 */
export function startDatabase(options: {
  dataDir: string;
  databaseUrl?: string;
  log: (message: string) => void;
}): Promise<DatabaseRuntime> {
  const { dataDir, databaseUrl, log } = options;
  return databaseUrl === undefined || databaseUrl === '' ? startEmbedded(dataDir, log) : useExternal(databaseUrl);
}
