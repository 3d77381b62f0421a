import { createSimulatedClouds, parseFaults } from '@waterstrider/driver-simulated';
import type { Sql } from '@waterstrider/store';
import { withConsole, type ConsoleServer } from './lib/console-server.ts';
import { boundOf, type PlaceFacts } from './lib/provision-bound.ts';
import { readOptions } from './lib/options.ts';
import { processorSeconds, residentMiB, treeMiB } from './lib/processes.ts';
import { quantile, report, round, say } from './lib/report.ts';
import { connectClouds, waitFor, type Place } from './lib/seed.ts';

const ns = 'bench';
const providers = ['sim-aws', 'sim-azure', 'sim-gcp', 'sim-alibaba', 'sim-openstack'];
const goal = 1.15;

const { servers, speed } = readOptions({ servers: 1000, speed: 5 });

type Outcome = { wallSeconds: number; places: PlaceFacts[] };

/** One MCIS with a group per provider, until the last server runs in our own eyes. */
async function provision({ client }: ConsoleServer, places: readonly Place[]): Promise<number> {
  const size = Math.ceil(servers / places.length);
  const nodeGroups = places.map((place, index) => ({
    name: `g${String(index + 1)}`,
    connection: place.connection,
    spec: place.spec,
    image: place.image,
    size,
  }));
  const startedAt = performance.now();
  const body = { name: 'thousand', nodeGroups };
  const { operation } = await client.call('createInfra', { params: { ns }, body });
  const ended = await waitFor(1800, async () => {
    const { state, progress } = await client.call('getOperation', { params: { operation: operation.id } });
    return state === 'running' || state === 'pending' ? undefined : { state, progress };
  });
  if (ended.state !== 'succeeded')
    throw new Error(`The task ended as ${ended.state}: ${JSON.stringify(ended.progress)}`);
  return (performance.now() - startedAt) / 1000;
}

/** What the simulated world itself drew: how long each server and network took to be made, in real milliseconds. */
async function readPlaces(sql: Sql): Promise<PlaceFacts[]> {
  const creates = await sql<{ provider: string; milliseconds: number[]; made: number[]; ready: number[] }[]>`
    select provider,
      array_agg((extract(epoch from ready_at - created_at) * 1000)::float8 order by created_at, id) as milliseconds,
      array_agg((extract(epoch from created_at) * 1000)::float8 order by created_at) as made,
      array_agg((extract(epoch from ready_at) * 1000)::float8 order by ready_at) as ready
    from sim_world.servers group by provider`;
  const networks = await sql<{ provider: string; kind: string; milliseconds: number }[]>`
    select provider, kind, max((extract(epoch from ready_at - created_at) * 1000)::float8) as milliseconds
    from sim_world.resources group by provider, kind`;
  return creates.map(({ provider, milliseconds, made, ready }) => {
    const limits = limitsOf(sql, provider);
    const own = networks.filter((row) => row.provider === provider);
    const behind = made.slice(limits.concurrentCreates);
    return {
      provider,
      limits,
      createMs: milliseconds,
      // The n-th server that is ready makes place for the create that comes as many places later.
      emptyMs: behind.map((at, index) => at - (ready[index] ?? at)),
      networkMs: Object.fromEntries(own.map((row) => [row.kind, row.milliseconds])),
    };
  });
}

/** At this speed: real calls per second. */
function limitsOf(sql: Sql, provider: string): PlaceFacts['limits'] {
  const { drivers } = createSimulatedClouds({ sql, speed, faults: parseFaults(''), log: { warn: () => undefined } });
  const driver = drivers.find((known) => known.provider === provider);
  if (!driver) throw new Error(`There is no simulated cloud "${provider}".`);
  return driver.limits;
}

async function run(server: ConsoleServer): Promise<Outcome> {
  const places = await connectClouds(server.client, { ns, providers, regions: 1 });
  const wallSeconds = await provision(server, places);
  const sql = server.openDatabase();
  try {
    return { wallSeconds, places: await readPlaces(sql) };
  } finally {
    await sql.end();
  }
}

await withConsole({ settings: { WATERSTRIDER_SIM_SPEED: String(speed) } }, async (server) => {
  const { wallSeconds, places } = await run(server);
  const bounds = places.map((place) => ({ provider: place.provider, ...boundOf(place) }));
  const bound = Math.max(...bounds.map(({ seconds }) => seconds));
  const strict = Math.max(...bounds.map(({ strictSeconds }) => strictSeconds));
  for (const { provider, emptyMs } of places) {
    const sorted = emptyMs.toSorted((left, right) => left - right);
    const [p50, p95] = [0.5, 0.95].map((share) => round(quantile(sorted, share), 0));
    const bound = bounds.find((each) => each.provider === provider);
    say(JSON.stringify({ ...bound, emptyMs: { p50, p95 } }));
  }
  const made = places.reduce((sum, { createMs }) => sum + createMs.length, 0);
  report({
    bench: 'provision',
    figure: round(wallSeconds / bound, 3),
    unit: 'times what latencies and limits of the simulated clouds allow',
    goal: `at most ${String(goal)}`,
    isMet: wallSeconds / bound <= goal,
    conditions: {
      servers: made,
      providers: places.length,
      simulationSpeed: speed,
      wallSeconds: round(wallSeconds, 1),
      boundSeconds: round(bound, 1),
      // As if every order of creates were known to be the best one beforehand.
      overStrictBound: round(wallSeconds / strict, 3),
      serverCpuSeconds: round(processorSeconds(server.pid), 1),
      databaseCpuSeconds: round(processorSeconds(server.databasePid, true), 1),
      serverMiB: residentMiB(server.pid),
      databaseMiB: treeMiB(server.databasePid),
    },
  });
});
