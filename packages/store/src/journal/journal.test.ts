import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createStore } from '../engine/create-store.ts';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { createJournal } from './create-journal.ts';
import type { BeginOperation, Journal, OperationFilter } from './journal.ts';

let database: TestDatabase;
let journal: Journal;
beforeAll(async () => {
  database = await createTestDatabase({ max: 8 });
  journal = createJournal(database.sql);
});
afterAll(() => database.drop());

const task = (rest: Partial<BeginOperation> = {}): BeginOperation => ({
  id: randomUUID(),
  kind: 'createInfra',
  target: { kind: 'infra', id: 'i', name: 'shop' },
  actor: 'ann',
  ...rest,
});

test('the same key begins one task, whoever comes first', async () => {
  const idempotency = { key: 'k1', requestHash: 'h1' };
  const begun = await Promise.all(Array.from({ length: 8 }, () => journal.begin(task({ idempotency }))));
  expect(begun.filter(({ outcome }) => outcome === 'begun')).toHaveLength(1);
  expect(begun.filter(({ outcome }) => outcome === 'repeat')).toHaveLength(7);
  expect(new Set(begun.map(({ record }) => record.id)).size).toBe(1);
  const other = await journal.begin(task({ idempotency: { key: 'k1', requestHash: 'h2' } }));
  expect(other.outcome).toBe('differs');
  const stranger = await journal.begin(task({ idempotency, actor: 'bob' }));
  expect(stranger.outcome).toBe('begun');
});

test('an answer is kept for repeats; a refused task frees its key', async () => {
  const idempotency = { key: 'k2', requestHash: 'h' };
  const { record } = await journal.begin(task({ idempotency }));
  await journal.accept(record.id, { infra: { name: 'shop' } });
  const repeat = await journal.begin(task({ idempotency }));
  expect(repeat.record).toMatchObject({ id: record.id, answer: { infra: { name: 'shop' } } });
  await journal.refuse(record.id);
  expect(await journal.get(record.id)).toBeUndefined();
  expect((await journal.begin(task({ idempotency }))).outcome).toBe('begun');
});

test('a task that nobody took on fails once, and is announced', async () => {
  const store = createStore(database.sql, { platform: 'embedded' });
  const { record } = await journal.begin(task());
  expect((await journal.listOpen()).map(({ id }) => id)).toContain(record.id);
  const before = await store.sequence();
  await journal.fail(record.id, { code: 'lost', message: 'the console ended' });
  await journal.fail(record.id, { code: 'again', message: 'again' });
  expect(await journal.get(record.id)).toMatchObject({ state: 'failed', error: { code: 'lost' } });
  expect((await store.changesAfter(before, 10))?.operations).toEqual([record.id]);
  expect((await journal.listOpen()).map(({ id }) => id)).not.toContain(record.id);
});

test('an id that is none is not found', async () => {
  expect(await journal.get('no-such-task')).toBeUndefined();
  expect(await journal.items('no-such-task')).toEqual([]);
  expect(await journal.getMany(['no-such-task'])).toEqual([]);
});

test('pages in both orders hold every visible task once', async () => {
  const [mine, foreign] = [randomUUID(), randomUUID()];
  for (let index = 0; index < 25; index += 1) {
    const { record } = await journal.begin(
      task({ namespaceId: index % 5 === 0 ? foreign : mine, ns: 'mine', actor: 'pager' }),
    );
    if (index % 2 === 0) await journal.fail(record.id, { code: 'x', message: `number ${index}` });
  }
  await journal.begin(task({ actor: 'pager' }));
  for (const sort of ['startedAt', '-startedAt', 'finishedAt', '-finishedAt'] as const) {
    const seen: string[] = [];
    let after: OperationFilter['after'];
    do {
      const page = await journal.list({
        namespaceIds: [mine],
        withoutNamespace: false,
        search: 'PAGER',
        sort,
        limit: 6,
        ...(after && { after }),
      });
      expect(page.total).toBe(20);
      expect(page.items.every((record) => record.namespaceId === mine)).toBe(true);
      seen.push(...page.items.map((record) => record.id));
      const last = page.items.length === 6 ? page.items.at(-1) : undefined;
      const value = sort.endsWith('startedAt') ? last?.startedAt : last?.finishedAt;
      after = last && { value: value ?? null, id: last.id };
    } while (after);
    expect(new Set(seen).size, sort).toBe(20);
    expect(seen, sort).toHaveLength(20);
  }
});

test('filters and what belongs to no namespace', async () => {
  const base = { sort: '-startedAt', limit: 100 } as const;
  const id = randomUUID();
  await journal.begin(
    task({ id, kind: 'createCredential', target: { kind: 'credential', id: 'c', name: 'vault' }, actor: 'zoe' }),
  );
  const find = async (filter: Partial<OperationFilter>): Promise<string[]> =>
    (await journal.list({ ...base, withoutNamespace: true, ...filter })).items.map((record) => record.id);
  expect(await find({ targets: ['vault'], kinds: ['createCredential'], states: ['pending'] })).toEqual([id]);
  expect(await find({ targets: ['vault'], states: ['failed'] })).toEqual([]);
  expect(await find({ search: 'vaul', namespaceIds: [] })).toEqual([id]);
  expect(await find({ search: 'vaul', withoutNamespace: false })).toEqual([]);
});

test('old ended tasks go, open ones stay', async () => {
  const open = await journal.begin(task({ actor: 'old' }));
  const ended = await journal.begin(task({ actor: 'old' }));
  await journal.fail(ended.record.id, { code: 'x', message: 'x' });
  expect(await journal.prune(1)).toBe(0);
  expect(await journal.prune(-1)).toBeGreaterThan(0);
  expect(await journal.get(ended.record.id)).toBeUndefined();
  expect(await journal.get(open.record.id)).toBeDefined();
});

test('a forged position is invalid, not a failure', async () => {
  const filter = { withoutNamespace: true, sort: 'startedAt', limit: 5 } as const;
  const id = randomUUID();
  await expect(journal.list({ ...filter, after: { value: 'soon', id } })).rejects.toMatchObject({ code: 'invalid' });
  await expect(journal.list({ ...filter, after: { value: null, id: 'x' } })).rejects.toMatchObject({ code: 'invalid' });
});
