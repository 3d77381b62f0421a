import { setTimeout as sleep } from 'node:timers/promises';
import type { Store } from '@waterstrider/engine/ports';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openDatabase } from '../database.ts';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { createStore } from './create-store.ts';
import { pruneStore } from './prune.ts';
import { runs, seed } from './testing/seed.ts';

let database: TestDatabase;
let store: Store & { close(): Promise<void> };
beforeAll(async () => {
  database = await createTestDatabase({ max: 10 });
  store = createStore(database.sql, {
    platform: 'embedded',
    describeRegion: () => ({ simulated: true, regionName: 'Virginia', latitude: 38.9, longitude: -77.4 }),
  });
});
afterAll(async () => {
  await store.close();
  await database.drop();
});

test('a snapshot and the changes say the same, as the contract has it', async () => {
  const before = await store.sequence();
  const ids = await seed(database.sql, store, { name: 'delta', size: 2 });
  const changes = await store.changesAfter(before, 1000);
  const snapshot = await store.snapshot();
  expect(changes?.sequence).toBe(snapshot.sequence);
  expect(changes?.operations).toEqual([ids.operationId]);
  expect(changes?.nodes).toEqual(snapshot.nodes.filter((node) => node.infraId === ids.infraId));
  expect(changes?.infras).toEqual(snapshot.infras.filter((infra) => infra.id === ids.infraId));
  expect(changes?.nodes[0]).toMatchObject({
    ns: 'delta',
    infra: 'delta-infra',
    nodeGroup: 'web',
    costPerHourUsd: 0.0208,
  });
  expect(changes?.nodes[0]?.createdAt).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/);
  expect(changes?.infras[0]).toMatchObject({
    policyOnPartialFailure: 'continue',
    nodeGroups: [{ name: 'web', connection: 'delta-cred-us-east-1', size: 2 }],
  });
  expect(changes?.infras[0]?.nodeGroups[0]).not.toHaveProperty('zone');
  expect(changes?.connections).toMatchObject([
    {
      name: 'delta-cred-us-east-1',
      credential: 'delta-cred',
      regionName: 'Virginia',
      latitude: 38.9,
      namespaces: [ids.namespaceId],
    },
  ]);
  expect(changes?.namespaces).toMatchObject([{ name: 'delta', description: 'about it' }]);
});

test('what is gone comes as removed; a look that saw nothing new is no change', async () => {
  const ids = await seed(database.sql, store, { size: 2 });
  const [first = '', second = ''] = ids.nodeIds;
  await store.transaction((tx) => tx.writeNodes([runs(first), runs(second)]));
  const quiet = await store.sequence();
  await store.transaction((tx) => tx.writeNodes([{ ...runs(first), item: undefined }]));
  expect(await store.sequence()).toBe(quiet);
  await store.transaction((tx) => tx.deleteNodes([first]));
  expect((await store.changesAfter(quiet, 10))?.removed.nodes).toEqual([first]);
  await store.transaction((tx) => tx.deleteInfra(ids.infraId));
  const changes = await store.changesAfter(quiet, 10);
  expect(changes?.removed.nodes.sort()).toEqual([first, second].sort());
  expect(changes?.removed.infras).toEqual([ids.infraId]);
});

test('a transaction that fails announces nothing', async () => {
  const before = await store.sequence();
  const { nodeIds } = await seed(database.sql, store);
  const after = await store.sequence();
  expect(after).toBeGreaterThan(before);
  const failing = store.transaction(async (tx) => {
    await tx.deleteNodes(nodeIds);
    throw new Error('changed my mind');
  });
  await expect(failing).rejects.toThrow('changed my mind');
  expect(await store.sequence()).toBe(after);
});

test('a reader behind 8 writers sees every change once and in order', async () => {
  const writers = 8;
  const rounds = 30;
  const ids = await seed(database.sql, store, { size: writers });
  const start = await store.sequence();
  const reader = openDatabase(database.url, { max: 1 });
  const seen: number[] = [];
  const attempts = new Map<string, number>();
  let isWriting = true;
  const read = async (): Promise<void> => {
    for (let last = start, isLast = false; ;) {
      const rows = await reader<{ seq: number; id: string }[]>`
        select o.seq::int as seq, o.id from outbox o where o.seq > ${last} and o.kind = 'node' order by o.seq`;
      for (const row of rows) {
        seen.push(row.seq);
        attempts.set(row.id, (attempts.get(row.id) ?? 0) + 1);
      }
      last = rows.at(-1)?.seq ?? last;
      if (isLast) return;
      isLast = !isWriting;
    }
  };
  const write = async (id: string): Promise<void> => {
    for (let round = 0; round < rounds; round += 1) {
      await store.transaction(async (tx) => {
        // Each starts at another time and takes another time, so that commits overtake each other.
        await sleep(Math.random() * 5);
        const result = runs(id);
        await tx.writeNodes([{ ...result, facts: { publicIp: `198.18.0.${round}` }, item: undefined }]);
        await sleep(Math.random() * 5);
      });
    }
  };
  const reading = read();
  await Promise.all(ids.nodeIds.map(write));
  isWriting = false;
  await reading;
  await reader.end();
  const rows = await database.sql<{ seq: number }[]>`
    select seq::int as seq from outbox where seq > ${start} and kind = 'node' order by seq`;
  expect(seen).toEqual(rows.map((row) => row.seq));
  expect([...attempts.values()]).toEqual(Array.from({ length: writers }, () => rounds));
});

test('limit cuts a change set, and the next one goes on', async () => {
  const start = await store.sequence();
  const { nodeIds } = await seed(database.sql, store, { size: 20 });
  const seen = new Set<string>();
  for (let sequence = start, end = await store.sequence(); sequence < end;) {
    const changes = await store.changesAfter(sequence, 7);
    for (const node of changes?.nodes ?? []) seen.add(node.id);
    expect(changes?.sequence).toBeGreaterThan(sequence);
    sequence = changes?.sequence ?? end;
  }
  expect([...seen].sort()).toEqual([...nodeIds].sort());
});

test('who has read less than is kept, or more than there is, needs a snapshot', async () => {
  await seed(database.sql, store);
  const old = (await store.sequence()) - 1;
  expect(await store.changesAfter(old + 1, 10)).toMatchObject({ sequence: old + 1, nodes: [], operations: [] });
  const pruned = await pruneStore(database.sql, { outboxHours: -1, historyDays: -1 });
  expect(pruned.outbox).toBeGreaterThan(0);
  expect(await store.sequence()).toBe(old + 1);
  expect(await store.changesAfter(old, 10)).toBeUndefined();
  expect(await store.changesAfter(old + 2, 10)).toBeUndefined();
  expect(await store.changesAfter(old + 1, 10)).toMatchObject({ sequence: old + 1 });
});

test('the newest entry of each history stays', async () => {
  const { nodeIds } = await seed(database.sql, store, { size: 1 });
  const [id = ''] = nodeIds;
  await store.transaction((tx) => tx.writeNodes([runs(id)]));
  await pruneStore(database.sql, { outboxHours: 1, historyDays: -1 });
  expect((await store.nodeHistory(id, 10)).map((entry) => entry.status)).toEqual(['Running']);
});

test('listeners hear of commits, changes and work apart, until they stop', async () => {
  const change = vi.fn();
  const work = vi.fn();
  const stopChange = await store.listen('change', change);
  await store.listen('work', work);
  const ids = await seed(database.sql, store);
  await vi.waitFor(() => expect(change).toHaveBeenCalledTimes(1));
  await vi.waitFor(() => expect(work).toHaveBeenCalledTimes(1));
  await store.transaction((tx) => tx.wake([ids.connectionId]));
  await vi.waitFor(() => expect(work).toHaveBeenCalledTimes(2));
  await stopChange();
  await store.transaction((tx) => tx.setDisabled(ids.connectionId, true));
  await vi.waitFor(() => expect(work).toHaveBeenCalledTimes(3));
  expect(change).toHaveBeenCalledTimes(1);
});
