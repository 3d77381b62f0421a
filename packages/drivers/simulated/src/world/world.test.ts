import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fresh, openClouds, openPlace, openTestDatabase } from '../test-world.ts';

let database: Awaited<ReturnType<typeof openTestDatabase>>;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

describe('the world', () => {
  test('goes on while nobody looks: another process sees the same', async () => {
    const before = openClouds({ sql: database.sql });
    const { session, request, account, region } = await openPlace(before.driver('sim-gcp'));
    const wanted = request('kept');
    const { id } = await session.compute.createServer(wanted);
    await before.close();
    const after = openClouds({ sql: database.sql });
    const again = after.driver('sim-gcp').connect({ credential: { account }, region });
    await expect.poll(async () => (await again.compute.getServers([id]))[0]?.state).toBe('running');
    expect((await again.compute.createServer(wanted)).id).toBe(id);
    const elsewhere = after.driver('sim-gcp').connect({ credential: { account: 'another' }, region });
    expect(await elsewhere.compute.getServers([id])).toEqual([]);
    await expect(elsewhere.compute.terminateServer?.(id)).rejects.toMatchObject({ kind: 'not_found' });
  });

  test('can be made by several processes at once', async () => {
    const another = await openTestDatabase();
    try {
      const sessions = Array.from({ length: 4 }, () =>
        openClouds({ sql: another.sql })
          .driver('sim-kt')
          .connect({ credential: { account: 'demo' }, region: 'KR1' }),
      );
      await Promise.all(sessions.map((session) => session.verify()));
    } finally {
      await another.close();
    }
  });

  test('forgets servers that have long been gone, and only those', async () => {
    const prune = () => openClouds({ sql: database.sql });
    const { session, request, account, region } = await openPlace(prune().driver('sim-tencent'));
    const made = await Promise.all(
      ['old', 'recent', 'living'].map((name) => session.compute.createServer(request(name))),
    );
    const [old, recent] = made.map(({ id }) => id);
    const vanish = (id: string | undefined, minutes: number) => database.sql`
      update sim_world.servers set state = 'deleting', next_state = 'deleted',
        ready_at = now() - ${minutes} * interval '1 minute' where id = ${id ?? ''}`;
    await vanish(old, 11);
    await vanish(recent, 9);
    await prune().driver('sim-tencent').connect({ credential: { account }, region }).compute.listServers();
    const left = await database.sql<{ id: string }[]>`select id from sim_world.servers where account = ${account}`;
    expect(left.map(({ id }) => id).sort()).toEqual(
      made
        .slice(1)
        .map(({ id }) => id)
        .sort(),
    );
  });

  test('gives no public address twice, and only from the block kept for tests', async () => {
    const clouds = openClouds({ sql: database.sql });
    const places = await Promise.all(
      ['sim-aws', 'sim-gcp', 'sim-azure'].map((provider) => openPlace(clouds.driver(provider))),
    );
    await Promise.all(
      places.flatMap(({ session, request }) =>
        Array.from({ length: 20 }, () => session.compute.createServer(request('ip'))),
      ),
    );
    const rows = await database.sql<{ address: number }[]>`
      select public_address::float8 as address from sim_world.servers`;
    expect(new Set(rows.map(({ address }) => address)).size).toBe(rows.length);
    const first = 198 * 2 ** 24 + 18 * 2 ** 16;
    expect(rows.every(({ address }) => address > first && address < first + 2 ** 17 - 1)).toBe(true);
  });

  test('a caller that gives up stops waiting, and knows that it does not know', async () => {
    const clouds = openClouds({ sql: database.sql, speed: 1 });
    const driver = clouds.driver('sim-gcp');
    const session = driver.connect({
      credential: { account: fresh('hurried') },
      region: driver.cloud.regions[0]?.region ?? '',
    });
    const controller = new AbortController();
    const create = session.network.createVNet({ tag: fresh('v'), name: 'v', cidr: '10.1.0.0/16' }, controller.signal);
    // A network takes 20 s and more here.
    await expect
      .poll(() => database.sql`select 1 from sim_world.resources where ready_at > now() + interval '5 s'`)
      .not.toEqual([]);
    controller.abort();
    await expect(create).rejects.toMatchObject({ kind: 'unknown_outcome' });
  });
});
