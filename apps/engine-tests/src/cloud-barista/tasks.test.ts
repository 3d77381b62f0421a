import { startRecordedTumblebug, type RecordedTumblebug } from '@waterstrider/cloud-barista/testing';
import { isUnsupported } from '@waterstrider/contract';
import { createTestDatabase, type TestDatabase } from '@waterstrider/store/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  act,
  actOnTask,
  create,
  failing,
  groupOf,
  infraShown,
  makeNamespace,
  openAdapter,
  scale,
  shown,
  startAct,
  startCreating,
  untilShown,
  type OpenAdapter,
} from './open-adapter.ts';
import { startTask, untilEnded, untilTrue } from '../testing/job.ts';

describe('tasks on a recorded CB-Tumblebug', () => {
  const ns = 'tasks';
  let database: TestDatabase;
  let tumblebug: RecordedTumblebug;
  let adapter: OpenAdapter;
  const creations = (): number => tumblebug.count('POST', /infraDynamic$/);

  beforeAll(async () => {
    database = await createTestDatabase();
    tumblebug = await startRecordedTumblebug({ stepMs: 80 });
    adapter = await openAdapter({ url: database.url, config: tumblebug.config });
    await makeNamespace(adapter, ns);
  });
  afterAll(async () => {
    await adapter.close();
    await tumblebug.close();
    await database.drop();
  });

  it('holds a creation back and continues it with the same request', async () => {
    const before = creations();
    const held = await create(adapter, { ns, name: 'held', groups: [groupOf('web', 2)], hold: true });
    expect(held).toMatchObject({ state: 'succeeded', total: 1 });
    expect(await infraShown(adapter, 'held')).toMatchObject({ phase: 'Prepared' });
    await expect(startAct(adapter, { ns, infra: 'held', action: 'suspend' })).rejects.toMatchObject({
      code: 'wrong_state',
    });
    expect(await act(adapter, { ns, infra: 'held', action: 'continue' })).toMatchObject({ state: 'succeeded' });
    expect(await shown(adapter, 'held')).toEqual(['web-1 Running', 'web-2 Running']);
    expect(creations()).toBe(before + 1);
    await expect(startAct(adapter, { ns, infra: 'held', action: 'continue' })).rejects.toMatchObject({
      code: 'wrong_state',
    });
  });

  it('holds a creation back and withdraws it', async () => {
    await create(adapter, { ns, name: 'withdrawn', groups: [groupOf('web', 1)], hold: true });
    expect(await act(adapter, { ns, infra: 'withdrawn', action: 'withdraw' })).toMatchObject({ state: 'succeeded' });
    expect(await infraShown(adapter, 'withdrawn')).toBeUndefined();
    expect(tumblebug.world.namespaces.get(ns)?.infras.has('withdrawn')).toBe(false);
    // The name is free again.
    expect(await create(adapter, { ns, name: 'withdrawn', groups: [groupOf('web', 1)] })).toMatchObject({
      state: 'succeeded',
    });
  });

  it('scales a group out and in, the newest or the named first, and adds a group', async () => {
    await create(adapter, { ns, name: 'scaled', groups: [groupOf('web', 1)] });
    expect(await scale(adapter, { ns, infra: 'scaled', nodeGroup: 'web', size: 4 })).toMatchObject({
      state: 'succeeded',
      total: 3,
    });
    expect(await scale(adapter, { ns, infra: 'scaled', nodeGroup: 'web', size: 3 })).toMatchObject({
      state: 'succeeded',
    });
    await untilShown(adapter, 'scaled', ['web-1 Running', 'web-2 Running', 'web-3 Running']);
    await scale(adapter, { ns, infra: 'scaled', nodeGroup: 'web', size: 2, nodes: ['web-1'] });
    await untilShown(adapter, 'scaled', ['web-2 Running', 'web-3 Running']);
    const add = {
      params: { ns, infra: 'scaled' },
      query: {},
      body: groupOf('db', 1, {
        connection: 'alpha-mars',
        spec: 'alpha+mars+mock-vmspec-03',
        image: 'alpha-vmimage-01',
      }),
    };
    expect(await untilEnded(adapter, await startTask(adapter, 'addNodeGroup', add))).toMatchObject({
      state: 'succeeded',
    });
    expect(await shown(adapter, 'scaled')).toEqual(['db-1 Running', 'web-2 Running', 'web-3 Running']);
    await expect(startTask(adapter, 'addNodeGroup', add)).rejects.toMatchObject({ code: 'exists' });
  });

  it('fails as a whole when no server can be made, and says why', async () => {
    const task = await create(adapter, { ns, name: 'none', groups: [groupOf('web', 2, failing)] });
    expect(task).toMatchObject({ state: 'failed', failed: 2 });
    expect(task.items[0]?.error?.message).toContain('ghost-image image does not exist');
    expect(await shown(adapter, 'none')).toEqual(['web-1 Failed', 'web-2 Failed']);
    expect(await act(adapter, { ns, infra: 'none', action: 'refine' })).toMatchObject({ state: 'succeeded' });
    expect(await shown(adapter, 'none')).toEqual([]);
  });

  it('refines a partly failed MCIS to what runs', async () => {
    const groups = [groupOf('good', 1), groupOf('bad', 1, failing)];
    expect(await create(adapter, { ns, name: 'partly', groups })).toMatchObject({ state: 'partial' });
    expect(await act(adapter, { ns, infra: 'partly', action: 'refine' })).toMatchObject({ state: 'succeeded' });
    expect(await shown(adapter, 'partly')).toEqual(['good-1 Running']);
  });

  it('repeats upstream’s words when it does not terminate servers that are still being made', async () => {
    tumblebug.world.stepMs = 600;
    const creation = await startCreating(adapter, { ns, name: 'hasty', groups: [groupOf('web', 2)] });
    await untilTrue(async () => {
      const { nodes } = await adapter.mirror.snapshot();
      return (
        nodes.some(({ infra, status }) => infra === 'hasty' && status === 'Creating') &&
        (tumblebug.world.namespaces.get(ns)?.infras.get('hasty')?.nodes.length ?? 0) > 0
      );
    }, 'upstream makes the servers');
    const task = await act(adapter, { ns, infra: 'hasty', action: 'terminate' });
    tumblebug.world.stepMs = 80;
    expect(task).toMatchObject({ state: 'failed' });
    expect(task.items[0]?.error?.message).toContain('is under Create, please try later');
    expect(await untilEnded(adapter, creation)).toMatchObject({ state: 'succeeded' });
    await untilShown(adapter, 'hasty', ['web-1 Running', 'web-2 Running']);
    expect((await infraShown(adapter, 'hasty'))?.runningOperation).toBeUndefined();
  });

  it('sends again only what failed', async () => {
    await create(adapter, { ns, name: 'retried', groups: [groupOf('web', 2)] });
    await tumblebug.fault('refuse', /control\/infra\/retried\/node\/web-1/);
    const task = await act(adapter, { ns, infra: 'retried', action: 'suspend', nodes: ['web-1', 'web-2'] });
    expect(task).toMatchObject({ state: 'partial', done: 1, failed: 1 });
    await tumblebug.fault();
    const before = tumblebug.count('GET', /control\/infra\/retried/);
    await actOnTask(adapter, 'retryOperation', task.id);
    expect(await untilEnded(adapter, task.id)).toMatchObject({ state: 'succeeded', done: 2, failed: 0 });
    expect(tumblebug.count('GET', /control\/infra\/retried/)).toBe(before + 1);
    await expect(actOnTask(adapter, 'retryOperation', task.id)).rejects.toMatchObject({ code: 'wrong_state' });
  });

  it('says that failed servers can not be made again', async () => {
    const groups = [groupOf('good', 1), groupOf('bad', 1, failing)];
    const task = await create(adapter, { ns, name: 'unmade', groups });
    await expect(actOnTask(adapter, 'retryOperation', task.id)).rejects.toMatchObject({ code: 'unsupported' });
  });

  it('cancels what was not sent yet', async () => {
    await create(adapter, { ns, name: 'many', groups: [groupOf('web', 40)] });
    const nodes = Array.from({ length: 40 }, (_, index) => `web-${String(index + 1)}`);
    tumblebug.world.stepMs = 1_500;
    const operation = await startAct(adapter, { ns, infra: 'many', action: 'terminate', nodes });
    await untilTrue(() => Promise.resolve(tumblebug.count('GET', /control\/infra\/many\/node/) >= 32), '32 are sent');
    await actOnTask(adapter, 'cancelOperation', operation);
    const task = await untilEnded(adapter, operation);
    tumblebug.world.stepMs = 80;
    expect(task.items.filter(({ state }) => state === 'cancelled')).toHaveLength(8);
    expect(task.items.filter(({ state }) => state === 'succeeded')).toHaveLength(32);
    expect(tumblebug.count('GET', /control\/infra\/many\/node/)).toBe(32);
    await untilTrue(
      async () => (await shown(adapter, 'many')).filter((line) => line.endsWith(' Running')).length === 8,
      'eight go on running',
    );
    await expect(actOnTask(adapter, 'cancelOperation', operation)).rejects.toMatchObject({ code: 'wrong_state' });
  });

  it('writes labels to upstream’s label store and takes them out there', async () => {
    await create(adapter, { ns, name: 'labelled', groups: [groupOf('web', 1)] });
    const { updateInfra } = adapter.engine.verbs;
    if (isUnsupported(updateInfra)) throw new Error('no labels');
    const update = (body: { description?: string; labels?: Record<string, string> }) =>
      updateInfra({ params: { ns, infra: 'labelled' }, query: {}, body }, { actor: 'tester' });
    await update({ labels: { team: 'blue', tier: 'one' } });
    await update({ labels: { team: 'red' } });
    expect(tumblebug.world.namespaces.get(ns)?.infras.get('labelled')?.label).toEqual({ team: 'red' });
    expect((await infraShown(adapter, 'labelled'))?.labels).toEqual({ team: 'red' });
    await expect(update({ description: 'another' })).rejects.toMatchObject({ code: 'unsupported' });
  });

  it('deletes with all servers in one request', async () => {
    await create(adapter, { ns, name: 'ended', groups: [groupOf('web', 2)] });
    const input = { params: { ns, infra: 'ended' }, query: { option: 'terminate' as const }, body: undefined };
    expect(await untilEnded(adapter, await startTask(adapter, 'deleteInfra', input))).toMatchObject({
      state: 'succeeded',
      total: 3,
    });
    expect(await infraShown(adapter, 'ended')).toBeUndefined();
  });
});
