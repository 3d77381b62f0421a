import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  applyList,
  readInfraList,
  startRecordedTumblebug,
  type RecordedTumblebug,
} from '@waterstrider/cloud-barista/testing';
import { createMirror, migrate, openDatabase } from '@waterstrider/store';
import { withConsole, type ConsoleServer } from './lib/console-server.ts';
import { openReaders } from './lib/event-readers.ts';
import { readOptions } from './lib/options.ts';
import { quantile, report, round, say } from './lib/report.ts';
import { withScratchDatabase } from './lib/scratch-database.ts';
import { waitFor } from './lib/seed.ts';

const ns = 'bench';
const goalOverheadMs = 15;
const goalApplyMs = 200;

const { nodes, calls, seconds, streams, repeats } = readOptions({
  nodes: 1000,
  calls: 300,
  seconds: 60,
  streams: 50,
  repeats: 9,
});

const perInfra = 100;
const place = { specId: 'mock+mercury+mock-vmspec-03', imageId: 'mock-vmimage-01' };

function seed({ world }: RecordedTumblebug): void {
  world.addNamespace(ns);
  for (let index = 0; index * perInfra < nodes; index += 1) {
    const nodeGroupSize = Math.min(perInfra, nodes - index * perInfra);
    world.addInfra(ns, `mcis-${String(index + 1)}`, [{ name: 'web', nodeGroupSize, ...place }]);
  }
}

type Timing = { p50: number; p95: number };

/** One call after another, without the first few; the next begins when the last has been answered. */
async function time(call: (index: number) => Promise<unknown>): Promise<Timing> {
  const taken: number[] = [];
  for (let index = -20; index < calls; index += 1) {
    const startedAt = performance.now();
    await call(index);
    if (index >= 0) taken.push(performance.now() - startedAt);
  }
  taken.sort((left, right) => left - right);
  return { p50: round(quantile(taken, 0.5)), p95: round(quantile(taken, 0.95)) };
}

/** Straight to the double, as a client of CB-Tumblebug would call. */
function directly({ config }: RecordedTumblebug): (method: string, path: string, body?: object) => Promise<void> {
  const { url, auth } = config.tumblebug;
  if (auth.mode !== 'basic') throw new Error('The double knows Basic only.');
  const authorization = `Basic ${Buffer.from(`${auth.username}:${auth.password}`).toString('base64')}`;
  return async (method, path, body) => {
    const headers = { authorization, 'content-type': 'application/json' };
    const response = await fetch(`${url}${path}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    await response.arrayBuffer();
    if (!response.ok) throw new Error(`${method} ${path} was refused with ${String(response.status)}.`);
  };
}

async function measureOverhead(tumblebug: RecordedTumblebug, { client }: ConsoleServer) {
  const infra = 'mcis-1';
  const uid = tumblebug.world.namespaces.get(ns)?.infras.get(infra)?.uid ?? '';
  const direct = directly(tumblebug);
  const params = { ns, infra };
  const labels = (index: number) => ({ labels: { turn: String(index) } });
  return {
    directWrite: await time((index) => direct('PUT', `/label/infra/${uid}`, labels(index))),
    consoleWrite: await time((index) => client.call('updateInfra', { params, body: labels(index) })),
    directRead: await time(() => direct('GET', `/ns/${ns}/infra/${infra}`)),
    consoleRead: await time(() => client.call('getInfra', { params })),
  };
}

async function callsPerMinute(
  tumblebug: RecordedTumblebug,
  { url, client }: ConsoleServer,
  open: number,
): Promise<number> {
  const readers = await openReaders({ url, authorization: client.authorization, streams: open, sampled: 1 });
  try {
    const before = tumblebug.requests.length;
    await sleep(seconds * 1000);
    return round(((tumblebug.requests.length - before) * 60) / seconds, 1);
  } finally {
    await readers.close();
  }
}

/** The list as it comes over the wire, into a database that holds nothing of it, and then the same list again. */
async function measureApply(
  tumblebug: RecordedTumblebug,
): Promise<{ first: number; unchanged: number; bytes: number }> {
  const { url, auth } = tumblebug.config.tumblebug;
  if (auth.mode !== 'basic') throw new Error('The double knows Basic only.');
  const authorization = `Basic ${Buffer.from(`${auth.username}:${auth.password}`).toString('base64')}`;
  const text = await (await fetch(`${url}/ns/${ns}/infra`, { headers: { authorization } })).text();
  return withScratchDatabase(async (databaseUrl) => {
    const sql = openDatabase(databaseUrl);
    try {
      await migrate(sql);
      const mirror = createMirror(sql, {
        describeRegion: (_provider, regionName) => ({ simulated: true, regionName }),
      });
      const first: number[] = [];
      const unchanged: number[] = [];
      for (let turn = 0; turn < repeats; turn += 1) {
        const id = randomUUID();
        await mirror.transaction((tx) => tx.insertNamespace({ id, name: `turn-${String(turn)}`, description: '' }));
        const apply = async (): Promise<number> => {
          const startedAt = performance.now();
          await applyList({ mirror }, id, { seen: readInfraList(JSON.parse(text)), answeredForMs: () => undefined });
          return performance.now() - startedAt;
        };
        first.push(await apply());
        unchanged.push(await apply());
        await mirror.transaction((tx) => tx.dropNamespace(id));
      }
      const median = (values: number[]): number =>
        round(
          quantile(
            values.sort((left, right) => left - right),
            0.5,
          ),
          1,
        );
      return { first: median(first), unchanged: median(unchanged), bytes: text.length };
    } finally {
      await sql.end({ timeout: 1 });
    }
  });
}

const tumblebug = await startRecordedTumblebug();
seed(tumblebug);
const applied = await measureApply(tumblebug);
say(`${String(nodes)} servers of one namespace are taken in within ${String(applied.first)} ms`);

const { url, auth } = tumblebug.config.tumblebug;
if (auth.mode !== 'basic') throw new Error('The double knows Basic only.');
const settings = { TUMBLEBUG_URL: url, TUMBLEBUG_USER: auth.username, TUMBLEBUG_PASSWORD: auth.password };
await withConsole({ settings }, async (server) => {
  await waitFor(60, async () => {
    const { items } = await server.client.call('listNamespaces');
    if (!items.some(({ name }) => name === ns)) return undefined;
    const { total } = await server.client.call('listNodes', { params: { ns } });
    return total === nodes ? true : undefined;
  });
  const overhead = await measureOverhead(tumblebug, server);
  const overheadMs = round(overhead.consoleWrite.p95 - overhead.directWrite.p95);
  say(`a write costs ${String(overheadMs)} ms more by the console`);
  const withOne = await callsPerMinute(tumblebug, server, 1);
  const withMany = await callsPerMinute(tumblebug, server, streams);
  // The checks and lists of half a minute fall into one window or the next.
  const isEqual = withOne > 0 && Math.abs(withMany - withOne) <= 0.25 * withOne;
  report({
    bench: 'adapter',
    figure: overheadMs,
    unit: 'ms, p95 of a write by the console minus p95 of the same write straight to CB-Tumblebug',
    goal: `at most ${String(goalOverheadMs)}; as many calls with ${String(streams)} streams as with 1; ${String(nodes)} servers in ${String(goalApplyMs)} ms`,
    isMet: overheadMs <= goalOverheadMs && isEqual && Math.max(applied.first, applied.unchanged) <= goalApplyMs,
    conditions: {
      upstream: 'recorded answers of CB-Tumblebug v0.13, in the process that measures',
      write:
        'PUT labels of an MCIS; by the console with authentication, authorisation, audit and the change written down',
      writeMs: { direct: overhead.directWrite, console: overhead.consoleWrite },
      read: 'one MCIS of 100 servers; the console answers from its own view',
      readMs: { direct: overhead.directRead, console: overhead.consoleRead },
      calls,
      upstreamCallsPerMinute: { streams1: withOne, [`streams${String(streams)}`]: withMany, isEqual },
      windowSeconds: seconds,
      applyMs: { nodes, first: applied.first, unchanged: applied.unchanged, repeats },
      listMiB: round(applied.bytes / 1024 / 1024),
    },
  });
});
await tumblebug.close();
