import type { Sql } from 'postgres';

/** How many wrong attempts are free, and how long the pause after them may grow (it doubles from 1 s). */
export type ThrottleRule = { key: string; freeAttempts: number; longestPauseSeconds: number };

/** Remembers failed attempts for all replicas. Each is counted before it is made, so that many at once count as many. */
export type LoginThrottle = {
  /** Seconds to wait; 0: go on, the attempt is counted as failed until `forgive`. */
  begin(rule: ThrottleRule): Promise<number>;
  /** After a right password: `all` forgets the key, else one attempt is taken back. */
  forgive(key: string, all: boolean): Promise<void>;
  prune(): Promise<number>;
};

// Long enough that slow guessing stays slow.
const memorySeconds = 3600;

export function createLoginThrottle(sql: Sql): LoginThrottle {
  return {
    async begin({ key, freeAttempts, longestPauseSeconds }) {
      const [counted] = await sql`
        insert into login_failures as f (key, failures, last_at) values (${key}, 1, now())
        on conflict (key) do update set
          failures = case when f.last_at < now() - make_interval(secs => ${memorySeconds}) then 1 else f.failures + 1 end,
          last_at = now(),
          blocked_until = case
            when f.last_at < now() - make_interval(secs => ${memorySeconds}) or f.failures + 1 < ${freeAttempts} then null
            else now() + make_interval(secs =>
              least(${longestPauseSeconds}::float8, power(2::float8, least(30, f.failures + 1 - ${freeAttempts}))))
          end
        where f.blocked_until is null or f.blocked_until <= now()
        returning key`;
      if (counted !== undefined) return 0;
      const [row] = await sql<{ seconds: number }[]>`
        select extract(epoch from blocked_until - now())::float8 as seconds from login_failures where key = ${key}`;
      return Math.max(1, Math.ceil(row?.seconds ?? 1));
    },
    async forgive(key, all) {
      if (all) await sql`delete from login_failures where key = ${key}`;
      else
        await sql`update login_failures set failures = greatest(0, failures - 1), blocked_until = null where key = ${key}`;
    },
    async prune() {
      const gone =
        await sql`delete from login_failures where last_at < now() - make_interval(secs => ${memorySeconds})`;
      return gone.count;
    },
  };
}
