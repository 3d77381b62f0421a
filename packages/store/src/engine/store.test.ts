import { randomUUID } from 'node:crypto';
import type { Store } from '@waterstrider/engine/ports';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { createStore } from './create-store.ts';
import { lockOne, makeResources, runs, seed } from './testing/seed.ts';

let database: TestDatabase;
let store: Store;
beforeAll(async () => {
  database = await createTestDatabase();
  store = createStore(database.sql, { platform: 'embedded' });
});
afterAll(() => database.drop());

describe('namespaces and credentials', () => {
  test('names are found in any case, taken once, and ids come before names', async () => {
    const ids = await seed(database.sql, store, { name: 'Alpha' });
    expect(await store.namespaceId('alpha')).toBe(ids.namespaceId);
    expect(await store.namespaceId(ids.namespaceId)).toBe(ids.namespaceId);
    const again = { id: randomUUID(), name: 'ALPHA', description: '' };
    expect(await store.transaction((tx) => tx.insertNamespace(again))).toBe('exists');
  });

  test('contents name what keeps it; deleting it takes it out of credentials', async () => {
    const ids = await seed(database.sql, store, { name: 'Beta' });
    await makeResources(store, ids);
    const contents = await store.transaction((tx) => tx.namespaceContents(ids.namespaceId));
    expect(contents).toContainEqual({ kind: 'infra', name: 'Beta-infra' });
    expect(contents).toContainEqual({ kind: 'vNet', name: 'shared-vNet' });
    await expect(store.transaction((tx) => tx.deleteNamespace(ids.namespaceId))).rejects.toMatchObject({
      code: 'in_use',
    });
    expect((await store.credentialById(ids.credentialId))?.namespaceIds).toEqual([ids.namespaceId]);
    await store.transaction(async (tx) => {
      await tx.deleteInfra(ids.infraId);
      for (const row of await tx.resources(ids.namespaceId, [ids.connectionId])) await tx.deleteResource(row.id);
      await tx.deleteNamespace(ids.namespaceId);
    });
    expect((await store.credentialById(ids.credentialId))?.namespaceIds).toEqual([]);
  });

  test('a credential keeps its secret, counts its connections and its versions', async () => {
    const ids = await seed(database.sql, store);
    const first = await store.credentialById(ids.credentialId);
    expect(first).toMatchObject({ valueKeys: ['account'], regions: ['us-east-1'], connections: 1, version: 1 });
    expect(first?.secret.equals(Buffer.from([0, 1, 255]))).toBe(true);
    await store.transaction((tx) => tx.updateCredential(ids.credentialId, { namespaceIds: null }));
    await store.transaction((tx) => tx.updateCredential(ids.credentialId, { secret: Buffer.from('new') }));
    const second = await store.credentialById(ids.credentialId);
    expect(second).toMatchObject({ version: 2 });
    expect(second).not.toHaveProperty('namespaceIds');
    expect(await store.credentials()).toContainEqual(second);
  });

  test('a connection name is taken once, and what uses a connection is named', async () => {
    const ids = await seed(database.sql, store, { name: 'Gamma' });
    const row = { name: 'gamma-cred-us-east-1', provider: 'p', region: 'r', zones: [], credentialId: ids.credentialId };
    const twice = store.transaction((tx) => tx.insertConnections([{ ...row, id: randomUUID() }]));
    await expect(twice).rejects.toMatchObject({ code: 'exists' });
    const uses = await store.transaction((tx) => tx.connectionUses([ids.connectionId]));
    expect(uses).toEqual([{ kind: 'infra', name: 'Gamma-infra', connectionId: ids.connectionId }]);
    await expect(store.transaction((tx) => tx.deleteConnections([ids.connectionId]))).rejects.toMatchObject({
      code: 'in_use',
    });
  });

  test('a verification is due, and ends with a state', async () => {
    const ids = await seed(database.sql, store);
    await store.transaction((tx) => tx.requestVerify([ids.connectionId], ids.operationId));
    expect(await store.connectionRow(ids.connectionId)).toMatchObject({
      verifyDue: true,
      verifyOperation: ids.operationId,
      state: 'Verifying',
    });
    await store.transaction((tx) =>
      tx.writeConnection(ids.connectionId, { state: 'Verified', verified: true, zones: ['c'], error: null }),
    );
    const row = await store.connectionRow(ids.connectionId);
    expect(row).toMatchObject({ verifyDue: false, state: 'Verified', zones: ['c'], reachable: true });
    expect(row).not.toHaveProperty('verifyOperation');
  });
});

describe('servers', () => {
  test('rows come back as they were written', async () => {
    const ids = await seed(database.sql, store, { size: 12 });
    const nodes = await store.transaction((tx) => tx.lockNodes([ids.infraId]));
    expect(nodes.map((node) => node.name)).toEqual(Array.from({ length: 12 }, (_, index) => `web-${index + 1}`));
    expect(nodes[0]).toMatchObject({ status: 'Creating', intent: 0, generation: 0, attempt: 0, forget: false });
    expect(nodes[0]?.createdAt).toBeInstanceOf(Date);
    expect(nodes[0]).not.toHaveProperty('cspId');
    const [group] = await store.transaction((tx) => tx.groups(ids.infraId));
    expect(group).toMatchObject({ name: 'web', size: 12, costPerHourUsd: 0.0208 });
  });

  test('an older intent keeps its facts only', async () => {
    const ids = await seed(database.sql, store, { size: 2 });
    const [stale = '', fresh = ''] = ids.nodeIds;
    await store.transaction((tx) =>
      tx.intend([
        {
          id: stale,
          status: 'Terminating',
          targetStatus: 'Terminated',
          targetAction: 'terminate',
          dueAt: new Date(),
          operationId: ids.operationId,
        },
      ]),
    );
    const kept = await store.transaction((tx) => tx.writeNodes([runs(stale), runs(fresh), runs(randomUUID())]));
    expect([...kept]).toEqual([fresh]);
    expect(await lockOne(store, stale)).toMatchObject({
      status: 'Terminating',
      targetAction: 'terminate',
      intent: 1,
      cspId: `i-${stale.slice(0, 8)}`,
    });
    const node = await lockOne(store, fresh);
    expect(node).toMatchObject({ status: 'Running', cspId: `i-${fresh.slice(0, 8)}` });
    expect(node).not.toHaveProperty('targetAction');
    expect(node).not.toHaveProperty('dueAt');
    const history = await store.nodeHistory(fresh, 10);
    expect(history.map(({ status, reason }) => [status, reason])).toEqual([
      ['Running', 'created'],
      ['Creating', undefined],
    ]);
    const items = await store.transaction((tx) => tx.itemsOf(ids.operationId));
    expect(items.map((item) => item.state)).toEqual(['pending', 'succeeded']);
  });

  test('undefined keeps a fact, null clears it', async () => {
    const { nodeIds } = await seed(database.sql, store, { size: 1 });
    const [id = ''] = nodeIds;
    await store.transaction((tx) => tx.writeNodes([runs(id)]));
    const result = runs(id);
    await store.transaction((tx) => tx.writeNodes([{ ...result, facts: { generation: 4 } }]));
    expect(await lockOne(store, id)).toMatchObject({ cspId: result.facts.cspId, generation: 4 });
    await store.transaction((tx) => tx.writeNodes([{ ...result, facts: { cspId: null } }]));
    expect(await lockOne(store, id)).not.toHaveProperty('cspId');
  });

  test('intend starts a new attempt and keeps what it is told to', async () => {
    const ids = await seed(database.sql, store, { size: 2 });
    const [first = '', second = ''] = ids.nodeIds;
    const base = { status: 'Terminating', targetStatus: 'Terminated', targetAction: 'terminate' } as const;
    const sentAt = new Date();
    await store.transaction(async (tx) => {
      const decision = { ...runs(first).decision, sentAt, attempt: 3, error: { code: 'Busy', message: 'later' } };
      await tx.writeNodes(ids.nodeIds.map((id) => ({ id, intent: 0, facts: {}, decision })));
      await tx.intend([
        { ...base, id: first, keepSent: true, forget: true, clearError: true },
        { ...base, id: second, generation: 2 },
      ]);
    });
    const one = await lockOne(store, first);
    expect(one).toMatchObject({ intent: 1, attempt: 0, forget: true, sentAt });
    expect(one).not.toHaveProperty('error');
    const two = await lockOne(store, second);
    expect(two).toMatchObject({ intent: 1, attempt: 0, generation: 2, error: { code: 'Busy', message: 'later' } });
    expect(two).not.toHaveProperty('sentAt');
  });
});
