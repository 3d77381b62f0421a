import { simServer } from '@waterstrider/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fresh, openClouds, openPlace, openTestDatabase } from './test-world.ts';

let database: Awaited<ReturnType<typeof openTestDatabase>>;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

test('shows the world as it is, and changes it behind the back of the accounts', async () => {
  const { control, driver } = openClouds({ sql: database.sql });
  const { session, request, account, region } = await openPlace(driver('sim-aws'));
  const wanted = request('mine');
  const { id } = await session.compute.createServer(wanted);
  const [mine] = await control.listServers({ provider: 'sim-aws' });
  expect(simServer.parse(mine)).toMatchObject({ id, tag: wanted.tag, name: wanted.name, account, region });
  expect(await control.listServers({ provider: 'sim-gcp' })).toEqual([]);
  expect(await control.changeServer(id, { state: 'Stopped' })).toMatchObject({ id, state: 'Stopped' });
  expect((await session.compute.getServers([id]))[0]?.state).toBe('stopped');
  expect(await control.changeServer(id, { state: 'Failed' })).toMatchObject({ state: 'Failed' });
  expect((await session.compute.getServers([id]))[0]).toMatchObject({ state: 'failed', error: { code: 'Outside' } });
  await control.changeServer(id, { vanish: true });
  expect(await session.compute.getServers([id])).toEqual([]);
  expect(await control.listServers({ provider: 'sim-aws' })).toEqual([]);
  await expect(control.changeServer(id, { state: 'Running' })).rejects.toMatchObject({ code: 'not_found' });
});

test('a stranger gets a server without a tag, in the account that is known', async () => {
  const { control, driver } = openClouds({ sql: database.sql });
  const place = { provider: 'sim-kt', region: 'KR1', name: fresh('stranger') };
  await expect(control.createServer(place)).rejects.toMatchObject({ code: 'not_found' });
  const session = driver('sim-kt').connect({ credential: { account: 'known' }, region: 'KR1' });
  await session.verify();
  const made = await control.createServer(place);
  expect(made).toMatchObject({ ...place, account: 'known', tag: '', state: 'Running' });
  await expect.poll(() => session.compute.listServers()).toHaveLength(1);
  expect((await session.compute.listServers())[0]).not.toHaveProperty('tag');
  expect(await control.createServer({ ...place, account: 'other', spec: '2x2.itl' })).toMatchObject({
    account: 'other',
  });
  for (const wrong of [{ provider: 'sim-x' }, { region: 'x' }, { spec: 'x' }])
    await expect(control.createServer({ ...place, ...wrong })).rejects.toMatchObject({ code: 'not_found' });
  await expect(control.createServer({ ...place, account: '!' })).rejects.toMatchObject({ code: 'invalid' });
});

test('churn flips servers that run or are stopped, until it ends', async () => {
  const { control, driver, close } = openClouds({ sql: database.sql });
  const { request, session, account } = await openPlace(driver('sim-gcp'));
  const servers = await Promise.all(Array.from({ length: 20 }, () => session.compute.createServer(request('churn'))));
  const states = async (): Promise<string[]> =>
    (await session.compute.getServers(servers.map(({ id }) => id))).map(({ state }) => state);
  await expect.poll(states).toEqual(servers.map(() => 'running'));
  expect(control.setChurn({ changesPerSecond: 200 })).toEqual({ changesPerSecond: 200 });
  await expect.poll(states).toContain('stopped');
  control.setChurn({ changesPerSecond: 0 });
  await close();
  const rows = () => database.sql`select id, state from sim_world.servers where account = ${account} order by id`;
  const settled = await rows();
  await new Promise((resolve) => setTimeout(resolve, 250));
  expect(await rows()).toEqual(settled);
});

test('faults are set for all clouds or for one', () => {
  const { control } = openClouds({ sql: database.sql });
  expect(control.setFaults({ failure: 0.2 })).toEqual({ failure: 0.2, throttle: 0, lostAnswer: 0 });
  expect(control.setFaults({ provider: 'sim-aws', lostAnswer: 1 })).toMatchObject({ failure: 0.2, lostAnswer: 1 });
  expect(() => control.setFaults({ provider: 'sim-x', failure: 1 })).toThrow(/sim-x/);
});
