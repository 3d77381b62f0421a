import { CloudError, type CloudServer } from '@waterstrider/engine/ports';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { smallQuotaAccount } from './credential.ts';
import { fresh, openClouds, openPlace, openTestDatabase } from './test-world.ts';

let database: Awaited<ReturnType<typeof openTestDatabase>>;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

/** How many were made, and why the others were not. */
const countMade = async (creates: readonly Promise<CloudServer>[]) => {
  const reasons = await Promise.all(
    creates.map((create) =>
      create.then(
        () => 'made',
        (error: unknown) => (error instanceof CloudError ? error.kind : String(error)),
      ),
    ),
  );
  const isMade = (reason: string): boolean => reason === 'made';
  return { made: reasons.filter(isMade).length, kinds: new Set(reasons.filter((reason) => !isMade(reason))) };
};

describe('unkindness', () => {
  test('a list lags creation and deletion, an id does not', async () => {
    const clouds = openClouds({ sql: database.sql, speed: 100 });
    const { session, request } = await openPlace(clouds.driver('sim-nhn'));
    const { compute } = session;
    const created = await Promise.all(Array.from({ length: 6 }, () => compute.createServer(request('lag'))));
    const ids = created.map(({ id }) => id);
    // The lags are 0 to 50 ms here: stretch them so that the test can not be too slow to see them.
    await database.sql`update sim_world.servers set list_lag_ms = 3600000 where id = any(${ids})`;
    expect(await compute.getServers(ids)).toHaveLength(6);
    expect(await compute.listServers()).toEqual([]);
    expect(await compute.findServers(created.map(({ tag }) => tag ?? ''))).toEqual([]);
    await database.sql`update sim_world.servers set created_at = created_at - interval '2 hours' where id = any(${ids})`;
    expect(await compute.listServers()).toHaveLength(6);
    await compute.terminateServer?.(ids[0] ?? '');
    await expect.poll(() => compute.getServers([ids[0] ?? '']), { timeout: 10_000 }).toEqual([]);
    const listed = await compute.listServers();
    expect(listed.find(({ id }) => id === ids[0])?.state).toBe('deleting');
    await database.sql`update sim_world.servers set list_lag_ms = 0 where id = any(${ids})`;
    expect(await compute.listServers()).toHaveLength(5);
  });

  test('lags are between 0 and 5 s by the speed', async () => {
    const clouds = openClouds({ sql: database.sql });
    const { session, request, account } = await openPlace(clouds.driver('sim-aws'));
    await Promise.all(Array.from({ length: 30 }, () => session.compute.createServer(request('lag'))));
    const rows = await database.sql<{ lag: number }[]>`
      select list_lag_ms as lag from sim_world.servers where account = ${account}`;
    expect(rows.every(({ lag }) => lag >= 0 && lag <= 5)).toBe(true);
    expect(new Set(rows.map(({ lag }) => lag)).size).toBeGreaterThan(2);
  });

  test('a lost answer leaves the work done', async () => {
    const clouds = openClouds({ sql: database.sql });
    const { session, request } = await openPlace(clouds.driver('sim-openstack'));
    clouds.control.setFaults({ lostAnswer: 1 });
    const wanted = request('lost');
    await expect(session.compute.createServer(wanted)).rejects.toMatchObject({ kind: 'unknown_outcome' });
    await expect.poll(() => session.compute.findServers([wanted.tag])).toHaveLength(1);
    const tag = fresh('vnet');
    const create = () => session.network.createVNet({ tag, name: 'lost', cidr: '10.9.0.0/16' });
    await expect(create()).rejects.toMatchObject({ kind: 'unknown_outcome' });
    clouds.control.setFaults({ lostAnswer: 0 });
    await create();
    expect(await database.sql`select 1 from sim_world.resources where tag = ${tag}`).toHaveLength(1);
  });

  test('faults strike at their rate, reads too', async () => {
    const clouds = openClouds({ sql: database.sql, faults: { failure: 0.2, throttle: 0.2 } });
    const driver = clouds.driver('sim-aws');
    const session = driver.connect({ credential: { account: 'faulty' }, region: 'us-east-1' });
    const kinds = await Promise.all(
      Array.from({ length: 300 }, () =>
        session.quota().then(
          () => 'done',
          (error: { kind: string }) => error.kind,
        ),
      ),
    );
    const share = (...wanted: string[]): number => kinds.filter((kind) => wanted.includes(kind)).length / 300;
    expect(share('throttled')).toBeGreaterThan(0.1);
    expect(share('failure', 'unreachable')).toBeGreaterThan(0.1);
    expect(share('done')).toBeGreaterThan(0.45);
    expect(share('unknown_outcome')).toBe(0);
  });

  test('more calls than the rate are throttled, with a time to wait', async () => {
    const clouds = openClouds({ sql: database.sql, speed: 1 });
    const driver = clouds.driver('sim-cloudit');
    const session = driver.connect({ credential: { account: 'hasty' }, region: 'seoul' });
    const outcomes = await Promise.all(
      Array.from({ length: 120 }, () => session.quota().catch((error: unknown) => error)),
    );
    const refused = outcomes.filter((outcome) => outcome instanceof CloudError);
    expect(refused.length).toBeGreaterThan(50);
    for (const error of refused)
      expect(error).toMatchObject({
        kind: 'throttled',
        cloudCode: 'TOO_MANY_REQUESTS',
        retryAfterMs: expect.any(Number),
      });
  });

  test('no more servers in creation at once than the cloud allows', async () => {
    const clouds = openClouds({ sql: database.sql, speed: 200 });
    const { session, request } = await openPlace(clouds.driver('sim-ncp'));
    // At this speed a slow create takes a second and more, far longer than sending twenty of them.
    const outcome = await countMade(Array.from({ length: 20 }, () => session.compute.createServer(request('slow'))));
    expect(outcome).toEqual({ made: 8, kinds: new Set(['throttled']) });
  });

  test('the quota of small-quota holds, also when two processes create at once', async () => {
    const drivers = [1, 2].map(() => openClouds({ sql: database.sql }).driver('sim-aws'));
    const places = await Promise.all(drivers.map((driver) => openPlace(driver, smallQuotaAccount)));
    const creates = places.flatMap(({ session, request }) =>
      Array.from({ length: 6 }, () => session.compute.createServer(request('small'))),
    );
    expect(await countMade(creates)).toEqual({ made: 5, kinds: new Set(['quota']) });
    expect(await places[0]?.session.quota()).toEqual({ serversLeft: 0 });
  });
});
