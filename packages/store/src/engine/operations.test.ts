import type { ItemState } from '@waterstrider/contract';
import type { Store } from '@waterstrider/engine/ports';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createJournal } from '../journal/create-journal.ts';
import type { Journal } from '../journal/journal.ts';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { createStore } from './create-store.ts';
import { beginTask, runs, seed } from './testing/seed.ts';

let database: TestDatabase;
let store: Store;
let journal: Journal;
beforeAll(async () => {
  database = await createTestDatabase({ max: 8 });
  store = createStore(database.sql, { platform: 'embedded' });
  journal = createJournal(database.sql);
});
afterAll(() => database.drop());

const target = (id: string) => ({ kind: 'node', id, name: `server ${id}` });
const move = (operationId: string, targetId: string, state: ItemState, step?: string) =>
  store.transaction((tx) => tx.moveItems(operationId, [{ targetId, state, step }]));

test('items move, keep their times, and count', async () => {
  const id = await beginTask(database.sql);
  expect(await journal.get(id)).toMatchObject({ state: 'pending', total: 0 });
  await store.transaction((tx) =>
    tx.addItems(
      id,
      ['a', 'b', 'c'].map((name) => ({ target: target(name) })),
    ),
  );
  expect(await journal.get(id)).toMatchObject({ state: 'running', total: 3, done: 0, failed: 0 });
  await move(id, 'a', 'running', 'creating');
  await move(id, 'a', 'succeeded');
  await store.transaction((tx) =>
    tx.moveItems(id, [{ targetId: 'b', state: 'failed', error: { code: 'Quota', message: 'no more' } }]),
  );
  expect(await journal.get(id)).toMatchObject({ total: 3, done: 1, failed: 1 });
  const items = await journal.items(id);
  expect(items.map((item) => [item.target.id, item.state])).toEqual([
    ['b', 'failed'],
    ['c', 'pending'],
    ['a', 'succeeded'],
  ]);
  expect(items[0]).toMatchObject({ error: { code: 'Quota', message: 'no more' } });
  expect(items[1]).not.toHaveProperty('startedAt');
  expect(items[2]?.finishedAt).toBeDefined();
  const [row] = await store.transaction((tx) => tx.lockOperations([id]));
  expect(row).toEqual({ id, kind: 'createInfra', state: 'running', total: 3, done: 1, failed: 1, other: 0, open: 1 });
});

test('an ended item stays, an unclear one does not; adding it again starts it anew', async () => {
  const id = await beginTask(database.sql);
  await store.transaction((tx) =>
    tx.addItems(
      id,
      ['a', 'b', 'b'].map((name) => ({ target: target(name) })),
    ),
  );
  await move(id, 'a', 'failed');
  await move(id, 'a', 'running');
  await move(id, 'b', 'unknown');
  await move(id, 'b', 'succeeded');
  expect(await journal.get(id)).toMatchObject({ total: 2, done: 1, failed: 1 });
  await store.transaction((tx) => tx.finishOperation(id, 'partial', { code: 'x', message: 'y' }));
  expect(await journal.get(id)).toMatchObject({ state: 'partial', error: { code: 'x', message: 'y' } });
  expect((await journal.get(id))?.finishedAt).toBeDefined();
  await store.transaction(async (tx) => {
    await tx.reopenOperation(id);
    await tx.addItems(id, [{ target: target('a') }]);
  });
  const record = await journal.get(id);
  expect(record).toMatchObject({ state: 'running', total: 2, done: 1, failed: 0 });
  expect(record).not.toHaveProperty('finishedAt');
  expect(record).not.toHaveProperty('error');
});

test('many workers at once lose no count, and the last one sees that nothing is open', async () => {
  const ids = await seed(database.sql, store, { size: 80 });
  const sawEnd: number[] = [];
  const work = async (worker: number): Promise<void> => {
    for (let index = worker; index < ids.nodeIds.length; index += 8) {
      await store.transaction(async (tx) => {
        await tx.writeNodes([runs(ids.nodeIds[index] ?? '')]);
        const [operation] = await tx.lockOperations([ids.operationId]);
        if (operation?.open === 0) sawEnd.push(worker);
      });
    }
  };
  await Promise.all(Array.from({ length: 8 }, (_, worker) => work(worker)));
  expect(await journal.get(ids.operationId)).toMatchObject({ total: 80, done: 80, failed: 0 });
  expect(sawEnd).toHaveLength(1);
});

test('a repeated look is no news', async () => {
  const ids = await seed(database.sql, store, { size: 1 });
  const [node = ''] = ids.nodeIds;
  await move(ids.operationId, node, 'running', 'creating');
  const before = await store.sequence();
  await move(ids.operationId, node, 'running', 'creating');
  expect(await store.sequence()).toBe(before);
});

test('an infra is found by its running task, servers to be removed are counted', async () => {
  const ids = await seed(database.sql, store, { size: 2 });
  const [first = ''] = ids.nodeIds;
  expect(await store.transaction((tx) => tx.infrasOfOperation(ids.operationId))).toMatchObject([{ id: ids.infraId }]);
  const decision = { ...runs(first).decision, forget: true };
  await store.transaction((tx) => tx.writeNodes([{ ...runs(first), decision }]));
  expect(await store.transaction((tx) => tx.forgottenOf(ids.operationId))).toBe(1);
  await store.transaction((tx) => tx.updateInfra(ids.infraId, { runningOperation: null }));
  expect(await store.transaction((tx) => tx.infrasOfOperation(ids.operationId))).toEqual([]);
});
