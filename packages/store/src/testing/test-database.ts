import { randomBytes } from 'node:crypto';
import { openDatabase, type Sql } from '../database.ts';
import { migrate } from '../migrate.ts';

export type TestDatabase = { sql: Sql; url: string; drop(): Promise<void> };

/** A fresh migrated database in the server of TEST_DATABASE_URL; `isEmpty` leaves the schema out. */
export async function createTestDatabase(options: { isEmpty?: boolean; max?: number } = {}): Promise<TestDatabase> {
  const server = process.env.TEST_DATABASE_URL;
  if (server === undefined) throw new Error('TEST_DATABASE_URL is not set: these tests need a PostgreSQL.');
  const name = `test_${randomBytes(6).toString('hex')}`;
  await administer(server, (admin) => admin`create database ${admin(name)}`);
  const url = databaseUrl(server, name);
  const sql = openDatabase(url, { max: options.max ?? 4 });
  if (options.isEmpty !== true) await migrate(sql);
  return {
    sql,
    url,
    async drop() {
      await sql.end({ timeout: 1 });
      await administer(server, (admin) => admin`drop database if exists ${admin(name)} with (force)`);
    },
  };
}

function databaseUrl(server: string, name: string): string {
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

async function administer(server: string, run: (admin: Sql) => Promise<unknown>): Promise<void> {
  const admin = openDatabase(server, { max: 1 });
  try {
    await run(admin);
  } finally {
    await admin.end({ timeout: 1 });
  }
}
