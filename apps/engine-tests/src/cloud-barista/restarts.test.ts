import { startRecordedTumblebug, type RecordedTumblebug } from '@waterstrider/cloud-barista/testing';
import { createTestDatabase, type TestDatabase } from '@waterstrider/store/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  act,
  groupOf,
  infraShown,
  makeNamespace,
  moveClock,
  openAdapter,
  shown,
  startAct,
  startCreating,
  untilShown,
  type AdapterOptions,
  type OpenAdapter,
} from './open-adapter.ts';
import { untilEnded, untilTrue } from '../testing/job.ts';

describe('restarts of either side', () => {
  const ns = 'restarts';
  let database: TestDatabase;
  let tumblebug: RecordedTumblebug;
  let opened: OpenAdapter[] = [];
  const open = async (options: Partial<AdapterOptions> = {}): Promise<OpenAdapter> => {
    const adapter = await openAdapter({ url: database.url, config: tumblebug.config, ...options });
    opened.push(adapter);
    return adapter;
  };
  const close = async (adapter: OpenAdapter): Promise<void> => {
    opened = opened.filter((other) => other !== adapter);
    await adapter.close();
  };
  const creations = (): number => tumblebug.count('POST', /infraDynamic$/);
  const nodesUpstream = (infra: string) => tumblebug.world.namespaces.get(ns)?.infras.get(infra)?.nodes ?? [];

  beforeEach(async () => {
    database = await createTestDatabase();
    tumblebug = await startRecordedTumblebug({ stepMs: 300 });
  });
  afterEach(async () => {
    for (const adapter of opened.splice(0)) await adapter.close();
    await tumblebug.close();
    await database.drop();
  });

  /** A creation of two servers, upstream restarted in its middle, and the time after which its outcome counts as unclear. */
  async function forget(adapter: OpenAdapter, name: string): Promise<string> {
    const operation = await startCreating(adapter, { ns, name, groups: [groupOf('web', 2)] });
    await untilTrue(() => Promise.resolve(nodesUpstream(name).length === 2), 'upstream makes the servers');
    await untilTrue(async () => {
      const { nodes } = await adapter.mirror.transaction(async (tx) => {
        const namespace = await tx.namespaceByName(ns);
        return { nodes: await tx.nodesIn(namespace?.id ?? '') };
      });
      return nodesUpstream(name).every(({ uid }) => nodes.some((node) => node.uid === uid));
    }, 'they are shown');
    tumblebug.restart();
    await untilTrue(async () => {
      const [call] = await adapter.mirror.transaction((tx) => tx.callsOf(operation));
      return call?.state === 'answered';
    }, 'the outcome is known to be lost');
    return operation;
  }

  it('shows an unclear outcome as such when upstream forgot a creation, then reconciles or aborts', async () => {
    tumblebug.world.stepMs = 1_500;
    const adapter = await open();
    await makeNamespace(adapter, ns);
    const first = await forget(adapter, 'one');
    const second = await forget(adapter, 'two');
    tumblebug.world.stepMs = 100;
    const moveBack = moveClock(31_000);
    try {
      for (const [name, operation] of Object.entries({ one: first, two: second })) {
        const task = await untilEnded(adapter, operation);
        expect(task.items.map(({ state }) => state)).toEqual(['unknown', 'unknown']);
        expect(task.items[0]?.error?.code).toBe('unclear');
        await untilShown(adapter, name, ['web-1 Undefined', 'web-2 Undefined']);
      }
      const { nodes } = await adapter.mirror.snapshot();
      expect(new Set(nodes.map(({ error }) => error?.code))).toEqual(new Set(['unclear']));
      expect(creations()).toBe(2);

      expect(await act(adapter, { ns, infra: 'one', action: 'reconcile' })).toMatchObject({ state: 'succeeded' });
      expect(await shown(adapter, 'one')).toEqual(['web-1 Failed', 'web-2 Failed']);
      expect(await act(adapter, { ns, infra: 'two', action: 'abort' })).toMatchObject({ state: 'succeeded' });
      expect(await shown(adapter, 'two')).toEqual([]);
    } finally {
      moveBack();
    }
  });

  it('finds out what became of a request that a console sent before it was restarted', async () => {
    const before = await open();
    await makeNamespace(before, ns);
    const operation = await startCreating(before, { ns, name: 'kept', groups: [groupOf('web', 2)] });
    await untilTrue(() => Promise.resolve(nodesUpstream('kept').length === 2), 'upstream makes the servers');
    await close(before);
    const after = await open({ owner: 'second' });
    expect((await after.journal.get(operation))?.state).toBe('running');
    expect(await untilEnded(after, operation)).toMatchObject({ state: 'succeeded', done: 2 });
    expect(await shown(after, 'kept')).toEqual(['web-1 Running', 'web-2 Running']);
    expect(creations()).toBe(1);
    const asked = tumblebug.requests.filter(({ path }) => path === `/request/${operation}`);
    expect(asked.length).toBeGreaterThan(0);
  });

  it('keeps a creation on hold over a restart of the console', async () => {
    const before = await open();
    await makeNamespace(before, ns);
    const operation = await startCreating(before, { ns, name: 'held', groups: [groupOf('web', 1)], hold: true });
    await untilEnded(before, operation);
    await close(before);
    const after = await open({ owner: 'second' });
    expect(await infraShown(after, 'held')).toMatchObject({ phase: 'Prepared' });
    expect(await act(after, { ns, infra: 'held', action: 'continue' })).toMatchObject({ state: 'succeeded' });
    expect(await shown(after, 'held')).toEqual(['web-1 Running']);
    expect(creations()).toBe(1);
  });

  it('sends what an ended console had only written down', async () => {
    const before = await open();
    await makeNamespace(before, ns);
    await untilEnded(before, await startCreating(before, { ns, name: 'late', groups: [groupOf('web', 1)] }));
    await tumblebug.fault('down');
    const operation = await startAct(before, { ns, infra: 'late', action: 'suspend' });
    await close(before);
    await tumblebug.fault();
    const after = await open({ owner: 'second' });
    expect(await untilEnded(after, operation, 20_000)).toMatchObject({ state: 'succeeded' });
    expect(await shown(after, 'late')).toEqual(['web-1 Suspended']);
    expect(tumblebug.count('GET', /control\/infra\/late/)).toBe(1);
  });

  it('lets one of two replicas ask and send, and the other take over', async () => {
    const first = await open();
    await makeNamespace(first, ns);
    const { url, auth } = tumblebug.config.tumblebug;
    const config = { tumblebug: { url: url.replace('127.0.0.1', 'localhost'), auth } };
    const second = await open({ owner: 'second', config });
    // Whoever is asked to make servers looks the request over itself.
    const ofSecond = (): number =>
      tumblebug.requests.filter(
        ({ host, path }) => host.startsWith('localhost') && !/recommend|search|Review/.test(path),
      ).length;
    const operation = await startCreating(second, { ns, name: 'shared', groups: [groupOf('web', 2)] });
    expect(await untilEnded(second, operation)).toMatchObject({ state: 'succeeded' });
    expect(await shown(second, 'shared')).toEqual(['web-1 Running', 'web-2 Running']);
    expect(creations()).toBe(1);
    expect(ofSecond()).toBe(0);

    await close(first);
    expect(await act(second, { ns, infra: 'shared', action: 'suspend' })).toMatchObject({ state: 'succeeded' });
    expect(ofSecond()).toBeGreaterThan(0);
    expect(tumblebug.count('GET', /control\/infra\/shared/)).toBe(1);
  });
});
