import { setTimeout as sleep } from 'node:timers/promises';
import { LeaseLost, type Store, type StoreTransaction } from '@waterstrider/engine/ports';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { createStore } from './create-store.ts';
import { lockOne, makeResources, runs, seed, type Seed } from './testing/seed.ts';

let database: TestDatabase;
let store: Store;
let ids: Seed;
const leaseMs = 15_000;

beforeAll(async () => {
  database = await createTestDatabase({ max: 8 });
  store = createStore(database.sql, { platform: 'embedded' });
});
afterAll(() => database.drop());
beforeEach(async () => {
  // Only the newest connection is due.
  await database.sql`update connection set due_at = null`;
  ids = await seed(database.sql, store, { size: 5 });
});

const claimedIds = async (owner: string, ms = leaseMs): Promise<string[]> =>
  (await store.claimConnections(owner, ms, 10)).map((row) => row.id);
const expire = () => database.sql`update connection set lease_until = now() - interval '1 second'`;
const waker = async (): Promise<number> => (await store.connectionRow(ids.connectionId))?.wake ?? -1;

describe('leases', () => {
  test('one owner at a time, again after it ends, and void at a start', async () => {
    const claims = await Promise.all(['a', 'b', 'c'].map((owner) => claimedIds(owner)));
    expect(claims.flat()).toEqual([ids.connectionId]);
    expect(await claimedIds('d')).toEqual([]);
    await expire();
    expect(await claimedIds('d')).toEqual([ids.connectionId]);
    expect(await store.heartbeat('d', [ids.connectionId], leaseMs)).toEqual([ids.connectionId]);
    expect(await store.heartbeat('a', [ids.connectionId], leaseMs)).toEqual([]);
    await store.voidLeases();
    expect(await store.heartbeat('d', [ids.connectionId], leaseMs)).toEqual([]);
    expect(await claimedIds('e')).toEqual([ids.connectionId]);
  });

  test('nothing is kept without the lease', async () => {
    const [id = ''] = ids.nodeIds;
    const fence = { connectionId: ids.connectionId, owner: 'a' };
    const write = (): Promise<Set<string>> => store.transaction((tx) => tx.writeNodes([runs(id)]), fence);
    await expect(write()).rejects.toBeInstanceOf(LeaseLost);
    await expect(store.markSent([{ id, intent: 0 }], fence)).rejects.toBeInstanceOf(LeaseLost);
    await claimedIds('a');
    expect((await write()).size).toBe(1);
    await expire();
    await expect(write()).rejects.toBeInstanceOf(LeaseLost);
    await claimedIds('b');
    await expect(write()).rejects.toBeInstanceOf(LeaseLost);
  });

  test('nobody claims while a fenced change is under way, but others may wake', async () => {
    await claimedIds('a', 300);
    const [id = ''] = ids.nodeIds;
    const result = store.transaction(
      async (tx) => {
        await tx.writeNodes([runs(id)]);
        await sleep(500);
        expect(await claimedIds('b')).toEqual([]);
        await store.transaction((other) => other.wake([ids.connectionId]));
      },
      { connectionId: ids.connectionId, owner: 'a' },
    );
    await result;
    expect(await claimedIds('b')).toEqual([ids.connectionId]);
  });

  test('only what still is as it was read is marked as sent', async () => {
    await claimedIds('a');
    const [first = '', second = ''] = ids.nodeIds;
    const marked = await store.markSent(
      [
        { id: first, intent: 0 },
        { id: second, intent: 7 },
      ],
      { connectionId: ids.connectionId, owner: 'a' },
    );
    expect([...marked]).toEqual([first]);
    expect((await lockOne(store, first)).sentAt).toBeInstanceOf(Date);
    expect(await lockOne(store, second)).not.toHaveProperty('sentAt');
  });
});

describe('putting a connection down', () => {
  const dueAt = async (): Promise<Date | null> => {
    const [row] = await database.sql<{ due: Date | null }[]>`
      select due_at as due from connection where id = ${ids.connectionId}`;
    return row?.due ?? null;
  };

  test('until its next server is due', async () => {
    await claimedIds('a');
    const later = new Date(Date.now() + 60_000);
    await store.transaction((tx) =>
      tx.writeNodes(ids.nodeIds.map((id) => ({ ...runs(id), decision: { ...runs(id).decision, dueAt: later } }))),
    );
    expect(await store.nextDue(ids.connectionId)).toEqual(later);
    await store.releaseConnection('a', ids.connectionId, await waker());
    expect(await dueAt()).toEqual(later);
    expect(await claimedIds('b')).toEqual([]);
  });

  test('servers that wait for resources do not make it due', async () => {
    await claimedIds('a');
    expect(await store.nextDue(ids.connectionId)).toBeUndefined();
    await store.releaseConnection('a', ids.connectionId, await waker());
    expect(await dueAt()).toBeNull();
  });

  test('not when it was woken since', async () => {
    await claimedIds('a');
    const seen = await waker();
    await store.transaction((tx) => tx.wake([ids.connectionId]));
    await store.releaseConnection('a', ids.connectionId, seen);
    expect(await claimedIds('b')).toEqual([ids.connectionId]);
  });

  test('work that comes in at any moment of it is not slept over', async () => {
    await makeResources(store, ids);
    for (let round = 0; round < 40; round += 1) {
      await store.transaction((tx) => tx.writeNodes(ids.nodeIds.map((id) => ({ ...runs(id), intent: round }))));
      await database.sql`update connection set due_at = now(), lease_owner = null, lease_until = null where id = ${ids.connectionId}`;
      await claimedIds('a');
      const seen = await waker();
      const add = async (tx: StoreTransaction): Promise<void> => {
        const [action, dueNow] = ['suspend' as const, new Date()];
        await tx.intend(
          ids.nodeIds.map((id) => ({
            id,
            status: 'Suspending',
            targetStatus: 'Suspended',
            targetAction: action,
            dueAt: dueNow,
          })),
        );
        await sleep(Math.random() * 6);
        await tx.wake([ids.connectionId]);
      };
      const release = async (): Promise<void> => {
        await sleep(Math.random() * 12);
        await store.releaseConnection('a', ids.connectionId, seen);
      };
      await Promise.all([store.transaction(add), release()]);
      // Times are kept in milliseconds: "now" may have been rounded up.
      await sleep(2);
      expect(await claimedIds('b'), `round ${round}`).toEqual([ids.connectionId]);
    }
  });
});

describe('due servers', () => {
  const due = (createCapacity: number, busy: string[] = [], limit = 100) =>
    store.dueNodes(ids.connectionId, { busy, createCapacity, limit });

  test('creates wait for all four resources, then come oldest first within the capacity', async () => {
    expect(await due(10)).toEqual([]);
    await makeResources(store, ids);
    expect((await due(10)).map((node) => node.name)).toEqual(['web-1', 'web-2', 'web-3', 'web-4', 'web-5']);
    expect((await due(2)).map((node) => node.name)).toEqual(['web-1', 'web-2']);
    expect((await due(2, ids.nodeIds.slice(0, 1))).map((node) => node.name)).toEqual(['web-2', 'web-3']);
    expect(await due(0)).toEqual([]);
  });

  test('servers in creation take from the capacity, other work does not', async () => {
    await makeResources(store, ids);
    const [first = '', second = '', third = ''] = ids.nodeIds;
    const later = new Date(Date.now() + 60_000);
    await store.transaction((tx) =>
      tx.writeNodes([
        {
          ...runs(first),
          decision: { ...runs(first).decision, status: 'Creating', targetAction: 'create', dueAt: later },
        },
        { ...runs(second), decision: { ...runs(second).decision, dueAt: new Date(Date.now() - 1000) } },
      ]),
    );
    const nodes = await due(2);
    expect(nodes.map((node) => node.id)).toEqual([second, third]);
    expect((await due(2, [], 1)).map((node) => node.id)).toEqual([second]);
  });

  test('the plan uses the index of what is due', async () => {
    const big = await seed(database.sql, store, { size: 1000 });
    await database.sql`
      insert into node (id, namespace_id, infra_id, group_id, name, index, connection_id, provider, region, spec, image, labels,
        status, target_status)
      select gen_random_uuid(), namespace_id, infra_id, group_id, name || '-' || copy, index, connection_id, provider, region,
        spec, image, labels, 'Running', 'Running'
      from node, generate_series(1, 9) as copy where infra_id = ${big.infraId}`;
    await database.sql`analyze node`;
    const plan = await database.sql`
      explain select id from node where connection_id = ${ids.connectionId} and due_at <= now()`;
    expect(plan.map((line) => String(line['QUERY PLAN'])).join('\n')).toContain('node_due');
  });
});

test('a deadlock is run again, and both changes are kept', async () => {
  const [first = '', second = ''] = ids.nodeIds;
  const runsOf = vi.fn();
  const both = (one: string, two: string) =>
    store.transaction(async (tx) => {
      runsOf();
      await tx.writeNodes([runs(one)]);
      await sleep(100);
      await tx.writeNodes([runs(two)]);
    });
  await Promise.all([both(first, second), both(second, first)]);
  expect(runsOf.mock.calls.length).toBeGreaterThan(2);
  expect(await lockOne(store, first)).toMatchObject({ status: 'Running' });
  expect(await lockOne(store, second)).toMatchObject({ status: 'Running' });
});
