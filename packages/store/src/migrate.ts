import { DomainError } from '@waterstrider/contract';
import type { Sql, TransactionSql } from './database.ts';
import { migration as console0001 } from './migrations/0001-console.ts';
import { migration as engine0002 } from './migrations/0002-engine.ts';
import { migration as cloudBarista0003 } from './migrations/0003-cloud-barista.ts';

/** One step of the schema; never changed after it was released. Names sort in their order. */
export type Migration = { name: string; sql: string };

const migrations: readonly Migration[] = [console0001, engine0002, cloudBarista0003];

// Any number does, as long as every replica uses the same.
const migrationLock = 7_303_014_001;

/**
 * Brings the schema to what this version needs; all steps are kept or none. Safe when several replicas start at once.
 * Throws `unavailable` when the database was written by a newer version. Returns the names of the steps done now.
 */
export async function migrate(sql: Sql, steps: readonly Migration[] = migrations): Promise<string[]> {
  return sql.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(${migrationLock}::bigint)`;
    const done = await readDone(tx);
    refuseNewer(done, steps);
    const missing = steps.filter((step) => !done.includes(step.name));
    for (const step of missing) {
      await tx.unsafe(step.sql).simple();
      await tx`insert into migration (name) values (${step.name})`;
    }
    return missing.map((step) => step.name);
  });
}

async function readDone(tx: TransactionSql): Promise<string[]> {
  await tx`create table if not exists migration (name text primary key, done_at timestamptz not null default now())`;
  const rows = await tx<{ name: string }[]>`select name from migration order by name`;
  return rows.map((row) => row.name);
}

function refuseNewer(done: string[], steps: readonly Migration[]): void {
  const unknown = done.filter((name) => !steps.some((step) => step.name === name));
  if (unknown.length === 0) return;
  throw new DomainError('unavailable', {
    reason:
      `The database was written by a newer version of Waterstrider (it has ${unknown.join(', ')}, which this version does not know). ` +
      'Start that version, or use another database.',
  });
}
