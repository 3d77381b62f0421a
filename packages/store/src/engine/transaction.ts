import { setTimeout as sleep } from 'node:timers/promises';
import { DomainError } from '@waterstrider/contract';
import { LeaseLost } from '@waterstrider/engine/ports';
import type { Sql, TransactionSql } from '../database.ts';
import { createTouched, type Touched } from './announce.ts';

export type Fence = { connectionId: string; owner: string };

const maxAttempts = 8;

/**
 * Runs `run` in a transaction and announces what it touched. Runs it again after a deadlock or a serialization failure.
 * Throws `LeaseLost` when the fence does not hold, `exists` and `in_use` where another transaction was faster.
 */
export async function inTransaction<Result>(
  sql: Sql,
  run: (tx: TransactionSql, touched: Touched) => Promise<Result>,
  fence?: Fence,
): Promise<Result> {
  return retried(async () => {
    // A wrapped result: `begin` would unwrap an array of promises.
    const { result } = await sql.begin('isolation level read committed', async (tx) => {
      if (fence) await requireLease(tx, fence);
      const touched = createTouched();
      const value = await run(tx, touched);
      await touched.announce(tx);
      return { result: value };
    });
    return result as Result; // what `run` returned
  });
}

/** For single statements too: they may lose a deadlock as well. */
export async function retried<Result>(attempt: () => Promise<Result>): Promise<Result> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (tries >= maxAttempts || !isTransient(error)) throw toDomainError(error);
      await sleep(Math.random() * 20 * 2 ** Math.min(tries, 5));
    }
  }
}

/** Who claims takes `for update`, which waits for this lock; a wake-up does not. */
async function requireLease(tx: TransactionSql, { connectionId, owner }: Fence): Promise<void> {
  const held = await tx`
    select 1 from connection where id = ${connectionId} and lease_owner = ${owner} and lease_until > now() for key share`;
  if (held.length === 0) throw new LeaseLost(`The lease of connection ${connectionId} is lost.`);
}

const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;

const isTransient = (error: unknown): boolean => ['40P01', '40001'].includes(codeOf(error) ?? '');

/** The checks before a write name the object; these are for two writers at once. */
function toDomainError(error: unknown): unknown {
  const code = codeOf(error);
  if (code === '23505') {
    const reason = 'An object of that name was made a moment ago. Choose another name.';
    return new DomainError('exists', { reason }, { cause: error });
  }
  if (code === '23503') {
    const reason = 'Something it depends on, or that depends on it, changed a moment ago. Look again and repeat.';
    return new DomainError('in_use', { reason }, { cause: error });
  }
  return error;
}
