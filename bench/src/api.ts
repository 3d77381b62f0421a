import autocannon from 'autocannon';
import { withConsole, type ConsoleServer } from './lib/console-server.ts';
import { readOptions } from './lib/options.ts';
import { peakMiB, processorSeconds, residentMiB, treeMiB } from './lib/processes.ts';
import { report, round, say } from './lib/report.ts';
import { connectClouds, seedServers, simulatedClouds } from './lib/seed.ts';

const ns = 'bench';
const goalRps = 1000;
const goalP99Ms = 100;
const pages = 20;

const { infras, groups, size, regions, speed, seconds, connections } = readOptions({
  infras: 100,
  groups: 10,
  size: 10,
  regions: 16,
  speed: 1000,
  seconds: 10,
  connections: 20,
});

type Load = { name: string; paths: string[]; headers?: Record<string, string>; goal?: boolean };

/** The first pages of the list, one after another, so that not one text is answered again and again. */
async function pagePaths({ client }: ConsoleServer): Promise<string[]> {
  const path = `/api/ns/${ns}/nodes`;
  const paths = [path];
  let cursor: string | undefined;
  while (paths.length < pages) {
    const query = cursor === undefined ? {} : { cursor };
    const page = await client.call('listNodes', { params: { ns }, query });
    if (page.next === undefined) break;
    cursor = page.next;
    paths.push(`${path}?cursor=${encodeURIComponent(cursor)}`);
  }
  return paths;
}

async function fire(server: ConsoleServer, { paths, headers = {} }: Load, overallRate?: number) {
  const result = await autocannon({
    url: server.url,
    connections,
    duration: seconds,
    headers: { authorization: server.client.authorization, ...headers },
    requests: paths.map((path) => ({ method: 'GET', path })),
    ...(overallRate === undefined ? {} : { overallRate }),
  });
  const wrong = result.errors + result.timeouts + result.non2xx;
  if (wrong > 0) throw new Error(`${String(wrong)} requests were not answered well.`);
  return result;
}

async function measure(server: ConsoleServer, load: Load, about: Record<string, unknown>): Promise<void> {
  await fire(server, load, goalRps / 2);
  const startedCpu = processorSeconds(server.pid);
  const most = await fire(server, load);
  const cpuSeconds = processorSeconds(server.pid) - startedCpu;
  const steady = await fire(server, load, goalRps);
  const rps = round(most.requests.average, 0);
  report({
    bench: `api ${load.name}`,
    figure: rps,
    unit: 'answers per second',
    ...(load.goal === true
      ? {
          goal: `at least ${String(goalRps)} with p99 at most ${String(goalP99Ms)} ms`,
          isMet: rps >= goalRps && most.latency.p99 <= goalP99Ms,
        }
      : {}),
    conditions: {
      ...about,
      connections,
      p50Ms: most.latency.p50,
      p99Ms: most.latency.p99,
      // Tells more than the rate where other work takes the processors.
      serverCpuMsPerAnswer: round((cpuSeconds * 1000) / most.requests.total, 3),
      // At the goal's rate, waiting requests counted in (no coordinated omission).
      at1000PerSecond: { rps: round(steady.requests.average, 0), p50Ms: steady.latency.p50, p99Ms: steady.latency.p99 },
      answerKiB: round(most.throughput.average / most.requests.average / 1024, 1),
      serverMiB: residentMiB(server.pid),
      serverPeakMiB: peakMiB(server.pid),
      databaseMiB: treeMiB(server.databasePid),
    },
  });
}

await withConsole({ settings: { WATERSTRIDER_SIM_SPEED: String(speed) } }, async (server) => {
  const places = await connectClouds(server.client, { ns, providers: simulatedClouds, regions });
  const seeded = await seedServers(server.client, { ns, places, infras, groups, size });
  say(
    `${String(seeded.nodes)} servers in ${String(places.length)} connections run after ${round(seeded.seconds, 1)} s`,
  );
  const about = { nodes: seeded.nodes, infras, regions: places.length, seedSeconds: round(seeded.seconds, 1) };
  const gzip = { 'accept-encoding': 'gzip' };
  const paths = await pagePaths(server);
  const list = `/api/ns/${ns}/nodes`;
  const loads: Load[] = [
    { name: 'page of nodes', paths, goal: true },
    { name: 'overview', paths: ['/api/overview', `/api/ns/${ns}/overview`], goal: true },
    { name: 'page of nodes, gzip', paths, headers: gzip },
    { name: 'nodes of one provider by cost', paths: [`${list}?filter=provider:sim-aws&sort=-costPerHourUsd`] },
    { name: 'search in nodes', paths: [`${list}?search=g7-1`] },
  ];
  for (const load of loads) await measure(server, load, about);
});
