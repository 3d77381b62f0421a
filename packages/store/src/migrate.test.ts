import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase } from './database.ts';
import { migrate } from './migrate.ts';
import { createTestDatabase, type TestDatabase } from './testing/test-database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase({ isEmpty: true });
});
afterAll(() => database.drop());

test('two at once: one does the steps, the other finds them done', async () => {
  const other = openDatabase(database.url, { max: 1 });
  const done = await Promise.all([migrate(database.sql), migrate(other)]);
  await other.end();
  expect(done.flat().sort()).toEqual(['0001-console', '0002-engine', '0003-cloud-barista']);
  expect(await migrate(database.sql)).toEqual([]);
});

test('a database of a newer version is refused by name', async () => {
  await database.sql`insert into migration (name) values ('0999-future')`;
  await expect(migrate(database.sql)).rejects.toThrow(/newer version.*0999-future/);
  await database.sql`delete from migration where name = '0999-future'`;
});

test('a step that fails leaves nothing behind', async () => {
  const done = ['0001-console', '0002-engine', '0003-cloud-barista'].map((name) => ({ name, sql: '' }));
  const steps = [...done, { name: '0004-half', sql: 'create table half (id int); select 1 / 0' }];
  await expect(migrate(database.sql, steps)).rejects.toThrow(/division by zero/);
  expect(await database.sql`select to_regclass('half') as half`).toMatchObject([{ half: null }]);
});
