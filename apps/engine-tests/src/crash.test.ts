import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '@waterstrider/store/testing';
import { openClouds, type Clouds, type CloudsOptions } from './testing/clouds.ts';
import { createBody, nodesOf, prepare, startTask, untilEnded } from './testing/job.ts';
import { spawnReplica } from './testing/spawn-replica.ts';

// Slow enough that kills land in the middle, fast enough for many rounds.
const speed = 15;
const servers = 200;
const providers = ['sim-aws', 'sim-azure', 'sim-openstack', 'sim-alibaba', 'sim-gcp'];

let database: TestDatabase;
/** Gives the orders and looks; never reconciles. */
let clouds: Clouds;
let replica: (owner: string, more?: Partial<CloudsOptions>) => ReturnType<typeof spawnReplica>;

beforeEach(async () => {
  database = await createTestDatabase();
  clouds = await openClouds({ url: database.url, speed, owner: 'observer' });
  replica = (owner, more = {}) => spawnReplica({ url: database.url, speed, owner, ...more });
});
afterEach(async () => {
  await clouds.close();
  await database.drop();
});

/** No server lost, none made twice, none stuck: the simulated world has exactly ours. */
async function expectWorldMatches(infra: string): Promise<void> {
  const nodes = await nodesOf(clouds, infra);
  expect(nodes.map((node) => node.status)).toEqual(Array(servers).fill('Running'));
  const world = (await clouds.control.listServers({ limit: 100_000 })).filter((server) => server.tag !== '');
  expect(world.length).toBe(servers);
  expect(world.map((server) => server.id).sort()).toEqual(nodes.map((node) => node.cspResourceId).sort());
  expect(world.map((server) => server.tag).sort()).toEqual(nodes.map((node) => node.id).sort());
}

async function createMany(name: string): Promise<string> {
  const job = await prepare(clouds, { ns: 'crash', providers });
  const groups = await Promise.all(
    providers.map((provider, index) => job.group(`g${index}`, provider, servers / providers.length)),
  );
  return startTask(clouds, 'createInfra', { params: { ns: 'crash' }, query: {}, body: createBody(name, groups) });
}

describe('kill -9', () => {
  it('in the middle of provisioning, again and again, loses and doubles nothing', async () => {
    let running = await replica('first');
    const task = await createMany('survivor');
    for (let round = 0; round < 6; round += 1) {
      await sleep(300 + round * 250);
      await running.kill();
      running = await replica(`round-${round}`);
    }
    expect(await untilEnded(clouds, task, 150_000)).toMatchObject({ state: 'succeeded', done: servers, failed: 0 });
    await expectWorldMatches('survivor');
    await running.kill();
  }, 240_000);
});

describe('two replicas', () => {
  it('share the work; one is killed and the other finishes it', async () => {
    const first = await replica('one');
    const second = await replica('two');
    const task = await createMany('shared');
    await sleep(1500);
    await first.kill();
    expect(await untilEnded(clouds, task, 150_000)).toMatchObject({ state: 'succeeded', done: servers, failed: 0 });
    await expectWorldMatches('shared');
    await second.kill();
  }, 240_000);
});

describe('faults at 30 %', () => {
  it('of failures, throttling and lost answers delay, but lose and double nothing', async () => {
    const faults = { failure: 0.3, throttle: 0.3, lostAnswer: 0.3 };
    const unkind = await replica('unkind', { speed: 100, faults });
    const task = await createMany('patient');
    expect(await untilEnded(clouds, task, 200_000)).toMatchObject({ state: 'succeeded', done: servers });
    await expectWorldMatches('patient');
    const terminate = await startTask(clouds, 'deleteInfra', {
      params: { ns: 'crash', infra: 'patient' },
      query: { option: 'terminate' },
      body: undefined,
    });
    expect(await untilEnded(clouds, terminate, 200_000)).toMatchObject({ state: 'succeeded' });
    expect((await clouds.control.listServers({ limit: 100_000 })).filter((server) => server.tag !== '')).toEqual([]);
    await unkind.kill();
  }, 300_000);
});
