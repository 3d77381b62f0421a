import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from './testing/test-database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase({ isEmpty: true, max: 3 });
});
afterAll(() => database.drop());

it('leaves no transaction open on a connection, however full the sockets are', async () => {
  const { sql } = database;
  // Sizes that bring a socket to its high-water mark now here, now there.
  const results = await Promise.allSettled(
    Array.from({ length: 6000 }, (_unused, index) => {
      const text = 'x'.repeat((index * 379) % 1500);
      if (index % 3 !== 0) return sql`select length(${text}::text) as length`;
      return sql.begin(async (tx) => {
        await tx`select length(${text}::text)`;
        if (index % 200 === 0) await tx`select 1 / 0`;
        return [];
      });
    }),
  );
  const failed = results.filter((result) => result.status === 'rejected');
  expect(failed.every(({ reason }) => /division by zero/.test(String(reason)))).toBe(true);
  expect(failed.length).toBe(10);
  const [open] =
    await sql`select count(*)::int as count from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'`;
  expect(open?.count).toBe(0);
});
