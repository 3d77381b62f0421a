import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '@waterstrider/store/testing';
import { openClouds, type Clouds } from './testing/clouds.ts';
import { createBody, nodesOf, prepare, startTask, untilEnded, untilTrue } from './testing/job.ts';

let database: TestDatabase;
let clouds: Clouds;
let job: Awaited<ReturnType<typeof prepare>>;

const ns = 'shop';
const act = (
  infra: string,
  action: 'suspend' | 'resume' | 'reboot' | 'terminate' | 'refine' | 'continue' | 'withdraw',
  nodes?: string[],
) => startTask(clouds, 'actOnInfra', { params: { ns, infra }, query: {}, body: { action, ...(nodes && { nodes }) } });
const statuses = async (infra: string) => (await nodesOf(clouds, infra)).map((node) => node.status).sort();
const remove = async (infra: string) =>
  untilEnded(
    clouds,
    await startTask(clouds, 'deleteInfra', { params: { ns, infra }, query: { option: 'terminate' }, body: undefined }),
  );
const ourServers = async () => (await clouds.control.listServers({})).filter((server) => server.tag !== '');

beforeAll(async () => {
  database = await createTestDatabase();
  clouds = await openClouds({ url: database.url, speed: 200, owner: 'lead', observeSeconds: 1 });
  await clouds.engine.start();
  job = await prepare(clouds, { ns, providers: ['sim-aws', 'sim-azure', 'sim-openstack'] });
});
afterAll(async () => {
  await clouds.close();
  await database.drop();
});

describe('one service over several clouds', () => {
  it('is created, suspended, resumed, rebooted, scaled, terminated and deleted', async () => {
    const groups = [
      await job.group('web', 'sim-aws', 3),
      await job.group('db', 'sim-azure', 2),
      await job.group('cache', 'sim-openstack', 2),
    ];
    const created = await untilEnded(
      clouds,
      await startTask(clouds, 'createInfra', { params: { ns }, query: {}, body: createBody('front', groups) }),
    );
    expect(created).toMatchObject({ state: 'succeeded', total: 7, done: 7, failed: 0 });
    const nodes = await nodesOf(clouds, 'front');
    expect(nodes.map((node) => node.status)).toEqual(Array(7).fill('Running'));
    expect(new Set(nodes.map((node) => node.publicIp)).size).toBe(7);
    expect((await ourServers()).map((server) => server.tag).sort()).toEqual(nodes.map((node) => node.id).sort());

    expect(await untilEnded(clouds, await act('front', 'suspend'))).toMatchObject({ state: 'succeeded', done: 7 });
    expect(await statuses('front')).toEqual(Array(7).fill('Suspended'));
    await expect(act('front', 'suspend')).rejects.toMatchObject({ code: 'wrong_state' });
    expect(await untilEnded(clouds, await act('front', 'resume'))).toMatchObject({ state: 'succeeded', done: 7 });
    expect(await untilEnded(clouds, await act('front', 'reboot', ['web-1']))).toMatchObject({
      state: 'succeeded',
      total: 1,
    });

    const scale = (size: number) =>
      startTask(clouds, 'scaleNodeGroup', {
        params: { ns, infra: 'front', nodeGroup: 'web' },
        query: {},
        body: { size },
      });
    expect(await untilEnded(clouds, await scale(5))).toMatchObject({ state: 'succeeded', total: 2 });
    expect(await untilEnded(clouds, await scale(2))).toMatchObject({ state: 'succeeded', total: 3 });
    expect(
      (await nodesOf(clouds, 'front'))
        .filter((node) => node.nodeGroup === 'web')
        .map((node) => node.name)
        .sort(),
    ).toEqual(['web-1', 'web-2']);

    const more = await job.group('extra', 'sim-aws', 1);
    expect(
      await untilEnded(
        clouds,
        await startTask(clouds, 'addNodeGroup', { params: { ns, infra: 'front' }, query: {}, body: more }),
      ),
    ).toMatchObject({ state: 'succeeded' });
    expect(await untilEnded(clouds, await act('front', 'terminate'))).toMatchObject({ state: 'succeeded', total: 7 });
    expect(await statuses('front')).toEqual(Array(7).fill('Terminated'));
    expect(await remove('front')).toMatchObject({ state: 'succeeded' });
    expect(await ourServers()).toEqual([]);
    expect((await clouds.engine.resources(ns)).length).toBe(0);
  });

  it('refuses a second task while one runs, terminate excepted', async () => {
    const first = await startTask(clouds, 'createInfra', {
      params: { ns },
      query: {},
      body: createBody('busy', [await job.group('slow', 'sim-aws', 2)]),
    });
    await expect(
      startTask(clouds, 'addNodeGroup', {
        params: { ns, infra: 'busy' },
        query: {},
        body: await job.group('late', 'sim-aws', 1),
      }),
    ).rejects.toMatchObject({ code: 'busy', details: { operation: first } });
    const terminate = await act('busy', 'terminate');
    expect(await untilEnded(clouds, terminate)).toMatchObject({ state: 'succeeded', total: 2 });
    expect(await untilEnded(clouds, first)).toMatchObject({ state: 'cancelled' });
    expect(await ourServers()).toEqual([]);
    await remove('busy');
  });

  it('names every field at fault and makes nothing', async () => {
    const wrong = await job.group('web', 'sim-aws', 1, { spec: 'nope', zone: 'mars-1' });
    await expect(
      startTask(clouds, 'createInfra', { params: { ns }, query: {}, body: createBody('wrong', [wrong]) }),
    ).rejects.toMatchObject({
      code: 'invalid',
      details: { issues: [{ field: 'body.nodeGroups.0.spec' }, { field: 'body.nodeGroups.0.zone' }] },
    });
    expect(await nodesOf(clouds, 'wrong')).toEqual([]);
  });
});

describe('partial failure', () => {
  const groups = async () => [await job.group('good', 'sim-aws', 2), await job.group('fail-create', 'sim-azure', 2)];
  const create = async (name: string, policyOnPartialFailure: 'continue' | 'refine' | 'rollback') =>
    untilEnded(
      clouds,
      await startTask(clouds, 'createInfra', {
        params: { ns },
        query: {},
        body: createBody(name, await groups(), { policyOnPartialFailure }),
      }),
    );

  it('continue keeps what was made and says why the rest failed; retry tries the failed ones', async () => {
    const created = await create('keeps', 'continue');
    expect(created).toMatchObject({ state: 'partial', done: 2, failed: 2 });
    expect(created.items.find((item) => item.state === 'failed')?.error?.message).toBeTruthy();
    expect(await statuses('keeps')).toEqual(['Failed', 'Failed', 'Running', 'Running']);
    await startTaskOn('retryOperation', created.id);
    expect(await untilEnded(clouds, created.id)).toMatchObject({ state: 'partial', done: 2, failed: 2 });
    expect(await untilEnded(clouds, await act('keeps', 'refine'))).toMatchObject({ state: 'succeeded' });
    expect(await statuses('keeps')).toEqual(['Running', 'Running']);
    await remove('keeps');
  });

  it('refine forgets the failed ones', async () => {
    expect(await create('refines', 'refine')).toMatchObject({ state: 'partial' });
    expect(await statuses('refines')).toEqual(['Running', 'Running']);
    await remove('refines');
  });

  it('rollback leaves no server behind', async () => {
    expect(await create('rolls', 'rollback')).toMatchObject({ state: 'failed', failed: 2 });
    expect(await ourServers()).toEqual([]);
    expect((await clouds.store.snapshot()).infras.some(({ name }) => name === 'rolls')).toBe(false);
  });

  const startTaskOn = async (name: 'retryOperation' | 'cancelOperation', operation: string) => {
    const verb = clouds.engine.verbs[name];
    if ('unsupported' in verb) throw new Error(name);
    await verb({ params: { operation }, query: {}, body: undefined }, { actor: 'tester', operationId: operation });
  };

  it('cancel stops what has not started', async () => {
    const id = await startTask(clouds, 'createInfra', {
      params: { ns },
      query: {},
      body: createBody('stops', [await job.group('many', 'sim-openstack', 60)]),
    });
    await untilTrue(async () => (await clouds.journal.get(id))?.state === 'running', 'started');
    await startTaskOn('cancelOperation', id);
    const ended = await untilEnded(clouds, id);
    expect(['partial', 'cancelled']).toContain(ended.state);
    const nodes = await nodesOf(clouds, 'stops');
    expect(nodes.length).toBeLessThan(60);
    expect((await ourServers()).map((server) => server.tag).sort()).toEqual(nodes.map((node) => node.id).sort());
    await remove('stops');
  });
});

describe('hold', () => {
  const hold = async (name: string) =>
    untilEnded(
      clouds,
      await startTask(clouds, 'createInfra', {
        params: { ns },
        query: {},
        body: createBody(name, [await job.group('web', 'sim-aws', 2)], { hold: true }),
      }),
    );

  it('stops before servers are made, then continues', async () => {
    expect(await hold('held')).toMatchObject({ state: 'succeeded' });
    expect(await ourServers()).toEqual([]);
    expect((await clouds.store.snapshot()).infras.find(({ name }) => name === 'held')?.phase).toBe('Prepared');
    expect(await untilEnded(clouds, await act('held', 'continue'))).toMatchObject({ state: 'succeeded', total: 2 });
    expect(await statuses('held')).toEqual(['Running', 'Running']);
    await remove('held');
  });

  it('withdraws without a trace', async () => {
    await hold('taken-back');
    expect(await untilEnded(clouds, await act('taken-back', 'withdraw'))).toMatchObject({ state: 'succeeded' });
    expect((await clouds.store.snapshot()).infras.some(({ name }) => name === 'taken-back')).toBe(false);
    expect((await clouds.engine.resources(ns)).length).toBe(0);
  });
});

describe('two tasks that need the same thing', () => {
  it('both end: held on one connection, then deleted together', async () => {
    const start = async (name: string) =>
      startTask(clouds, 'createInfra', {
        params: { ns },
        query: {},
        body: createBody(name, [await job.group('web', 'sim-azure', 1)], { hold: true }),
      });
    const created = await Promise.all([start('one'), start('two')]);
    for (const task of created) expect(await untilEnded(clouds, task)).toMatchObject({ state: 'succeeded' });
    const removed = await Promise.all(['one', 'two'].map((name) => remove(name)));
    expect(removed.map(({ state }) => state)).toEqual(['succeeded', 'succeeded']);
    expect(await clouds.engine.resources(ns)).toEqual([]);
  });

  it('both end: one connection verified twice at once', async () => {
    const { connection } = await job.group('web', 'sim-azure', 1);
    const verify = () => startTask(clouds, 'verifyConnection', { params: { connection }, query: {}, body: undefined });
    const tasks = await Promise.all([verify(), verify()]);
    for (const task of tasks) expect(await untilEnded(clouds, task)).toMatchObject({ state: 'succeeded' });
  });
});

describe('what an object’s end means for the tasks that wait for it', () => {
  it('delete ends a task that is still preparing', async () => {
    const held = await startTask(clouds, 'createInfra', {
      params: { ns },
      query: {},
      body: createBody('early', [await job.group('web', 'sim-openstack', 1)], { hold: true }),
    });
    expect(await remove('early')).toMatchObject({ state: 'succeeded' });
    expect((await untilEnded(clouds, held)).finishedAt).toBeTruthy();
    expect((await clouds.engine.resources(ns)).length).toBe(0);
  });

  it('deleting a credential ends its verification', async () => {
    const created = await startTask(clouds, 'createCredential', {
      params: {},
      query: {},
      body: { name: 'short-lived', provider: 'sim-aws', values: { account: 'demo' } },
    });
    const verb = clouds.engine.verbs.deleteCredential;
    if ('unsupported' in verb) throw new Error('unsupported');
    await verb({ params: { credential: 'short-lived' }, query: {}, body: undefined }, { actor: 'tester' });
    expect((await untilEnded(clouds, created)).finishedAt).toBeTruthy();
  });

  it('terminating one server leaves the rest, and the policy, to the creation', async () => {
    const groups = [
      await job.group('good', 'sim-aws', 2),
      await job.group('slow', 'sim-aws', 1),
      await job.group('fail-create', 'sim-azure', 1),
    ];
    const created = await startTask(clouds, 'createInfra', {
      params: { ns },
      query: {},
      body: createBody('partly', groups, { policyOnPartialFailure: 'rollback' }),
    });
    const terminated = await act('partly', 'terminate', ['slow-1']);
    await untilEnded(clouds, terminated);
    expect(await untilEnded(clouds, created)).toMatchObject({ state: 'failed' });
    expect(await ourServers()).toEqual([]);
    expect((await clouds.store.snapshot()).infras.some(({ name }) => name === 'partly')).toBe(false);
  });
});

describe('scaling', () => {
  it('out keeps the labels of the MCIS, and refuses named servers', async () => {
    const body = createBody('labelled', [await job.group('web', 'sim-aws', 1)], { labels: { env: 'test' } });
    await untilEnded(clouds, await startTask(clouds, 'createInfra', { params: { ns }, query: {}, body }));
    const scale = (more: object) =>
      startTask(clouds, 'scaleNodeGroup', {
        params: { ns, infra: 'labelled', nodeGroup: 'web' },
        query: {},
        body: { size: 2, ...more },
      });
    await expect(scale({ nodes: ['web-1'] })).rejects.toMatchObject({ code: 'invalid' });
    await untilEnded(clouds, await scale({}));
    expect((await nodesOf(clouds, 'labelled')).map(({ labels }) => labels)).toEqual([{ env: 'test' }, { env: 'test' }]);
    await remove('labelled');
  });
});

describe('an unclear create', () => {
  it('is not made twice by a retry', async () => {
    clouds.control.setFaults({ lostAnswer: 1, provider: 'sim-aws' });
    const created = await startTask(clouds, 'createInfra', {
      params: { ns },
      query: {},
      body: createBody('unclear', [await job.group('web', 'sim-aws', 2)]),
    });
    await untilEnded(clouds, created, 80_000);
    clouds.control.setFaults({ lostAnswer: 0, provider: 'sim-aws' });
    const retry = clouds.engine.verbs.retryOperation;
    if ('unsupported' in retry) throw new Error('unsupported');
    if ((await statuses('unclear')).includes('Failed')) {
      await retry(
        { params: { operation: created }, query: {}, body: undefined },
        { actor: 'tester', operationId: created },
      );
    }
    expect(await untilEnded(clouds, created)).toMatchObject({ state: 'succeeded' });
    const nodes = await nodesOf(clouds, 'unclear');
    expect((await ourServers()).map(({ tag }) => tag).sort()).toEqual(nodes.map(({ id }) => id).sort());
    await remove('unclear');
  });
});

describe('what the cloud says wins', () => {
  it('sees a server stopped, and one gone, outside', async () => {
    await untilEnded(
      clouds,
      await startTask(clouds, 'createInfra', {
        params: { ns },
        query: {},
        body: createBody('watched', [await job.group('web', 'sim-aws', 2)]),
      }),
    );
    const [first, second] = await nodesOf(clouds, 'watched');
    await clouds.control.changeServer(first?.cspResourceId ?? '', { state: 'Stopped' });
    await clouds.control.changeServer(second?.cspResourceId ?? '', { vanish: true });
    await untilTrue(
      async () => (await statuses('watched')).join() === 'Suspended,Terminated',
      'both changes seen',
      20_000,
    );
    expect((await nodesOf(clouds, 'watched')).map((node) => node.drift).sort()).toEqual(['gone', 'state']);
    await remove('watched');
  });

  it('counts servers that are not ours', async () => {
    const region = (await job.group('x', 'sim-aws', 1)).connection.replace(`${ns}-sim-aws-`, '');
    await clouds.control.createServer({ provider: 'sim-aws', region, name: 'stranger', account: 'demo' });
    await untilTrue(
      async () => (await clouds.store.snapshot()).connections.some(({ unknownServers }) => unknownServers === 1),
      'the stranger seen',
      20_000,
    );
  });
});
