import type { Sql, TransactionSql } from 'postgres';
import { migrateWorld } from './schema.ts';

/** Whose things: one account of one provider in one region. */
export type Place = { provider: string; account: string; region: string };

export type Log = { warn(details: unknown, message: string): void };

/** The clouds' own memory: a schema of a PostgreSQL, shared by every process that simulates the same world. */
export type World = {
  /** Durations are divided by this. */
  readonly speed: number;
  /** The database, once the schema is in place. */
  open(): Promise<Sql>;
};

export const createWorld = (sql: Sql, speed: number): World => {
  let migrated: Promise<void> | undefined;
  return {
    speed,
    open: async () => {
      // A failed migration is tried again by the next call.
      migrated ??= migrateWorld(sql).catch((error: unknown) => {
        migrated = undefined;
        throw error;
      });
      await migrated;
      return sql;
    },
  };
};

/** One writer per place at a time, over all processes: quotas and addresses are counted under it. Freed with the transaction. */
export const lockPlace = async (transaction: TransactionSql, place: Place): Promise<void> => {
  const key = `sim_world/${place.provider}/${place.account}/${place.region}`;
  await transaction`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`;
};
