import postgres from 'postgres';

import type { DatabaseRuntime } from './database-runtime.ts';
import { errorCode } from './process-identity.ts';
import { DatabaseStartError } from './start-error.ts';

const oldestMajorVersion = 15;
const connectTimeoutSeconds = 10;

/** Checks that an existing PostgreSQL answers and is new enough. It is never stopped by us. */
export async function useExternal(databaseUrl: string): Promise<DatabaseRuntime> {
  const majorVersion = await askMajorVersion(databaseUrl);
  if (majorVersion < oldestMajorVersion) {
    throw new DatabaseStartError(
      'too_old',
      `The PostgreSQL at ${describe(databaseUrl)} is version ${String(majorVersion)}; ` +
        `the console needs ${String(oldestMajorVersion)} or newer. Upgrade it, or set DATABASE_URL to a newer one.`,
    );
  }
  return {
    kind: 'external',
    url: databaseUrl,
    majorVersion,
    stop: () => Promise.resolve(),
    // Its life is not ours; a lost connection shows in the queries.
    onExit: () => undefined,
  };
}

async function askMajorVersion(databaseUrl: string): Promise<number> {
  describe(databaseUrl);
  const sql = postgres(databaseUrl, {
    max: 1,
    connect_timeout: connectTimeoutSeconds,
    backoff: false,
    fetch_types: false,
  });
  try {
    const [row] = await sql<{ version: number }[]>`select current_setting('server_version_num')::int as version`;
    return Math.floor((row?.version ?? 0) / 10_000);
  } catch (error) {
    throw unreachable(databaseUrl, error);
  } finally {
    await sql.end({ timeout: 1 });
  }
}

function unreachable(databaseUrl: string, cause: unknown): DatabaseStartError {
  const reason = cause instanceof Error ? cause.message || errorCode(cause) : String(cause);
  return new DatabaseStartError(
    'unreachable',
    `The PostgreSQL at ${describe(databaseUrl)} (DATABASE_URL) could not be used: ${reason ?? 'no answer'}. ` +
      'Check that it runs and that address, user, password and database are right.',
    { cause },
  );
}

/** Address and database of a URL, without user and password. */
function describe(databaseUrl: string): string {
  if (!/^postgres(ql)?:\/\//.test(databaseUrl) || !URL.canParse(databaseUrl)) {
    throw new DatabaseStartError(
      'unreachable',
      'DATABASE_URL is not a PostgreSQL address. It looks like postgres://user:password@host:5432/database.',
    );
  }
  const { host, pathname } = new URL(databaseUrl);
  return `${decodeURIComponent(host)}${pathname}`;
}
