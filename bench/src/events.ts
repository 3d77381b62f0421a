import { setTimeout as sleep } from 'node:timers/promises';
import { withConsole } from './lib/console-server.ts';
import { openReaders } from './lib/event-readers.ts';
import { readOptions } from './lib/options.ts';
import { peakMiB, processorSeconds, residentMiB, treeMiB } from './lib/processes.ts';
import { report, round, say } from './lib/report.ts';
import { connectClouds, seedServers, simulatedClouds } from './lib/seed.ts';

const ns = 'bench';
const goalP99Ms = 300;

const { infras, groups, size, regions, speed, streams, sampled, changes, seconds, observe } = readOptions({
  infras: 100,
  groups: 10,
  size: 10,
  regions: 16,
  speed: 1000,
  streams: 1000,
  sampled: 25,
  changes: 50,
  seconds: 30,
  observe: 5,
});
const settleSeconds = 2 * observe;

const settings = { WATERSTRIDER_SIM_SPEED: String(speed), WATERSTRIDER_OBSERVE_SECONDS: String(observe) };

await withConsole({ settings }, async (server) => {
  const { client } = server;
  const places = await connectClouds(client, { ns, providers: simulatedClouds, regions });
  const seeded = await seedServers(client, { ns, places, infras, groups, size });
  say(`${String(seeded.nodes)} servers run after ${round(seeded.seconds, 1)} s`);
  const before = residentMiB(server.pid);
  const { url, authorization } = client;
  const readers = await openReaders({ url, authorization, streams, sampled: Math.min(sampled, streams) });
  try {
    await client.call('setSimChurn', { body: { changesPerSecond: changes } });
    await sleep(settleSeconds * 1000);
    readers.reset();
    const startedCpu = processorSeconds(server.pid);
    const startedAt = performance.now();
    await sleep(seconds * 1000);
    const seen = await readers.report();
    const elapsed = (performance.now() - startedAt) / 1000;
    const cpu = (processorSeconds(server.pid) - startedCpu) / elapsed;
    const perReader = Math.min(sampled, streams);
    report({
      bench: 'events',
      figure: seen.fromChange.p99,
      unit: 'ms from the change in the server to the reader, p99',
      goal: `at most ${String(goalP99Ms)}`,
      isMet: seen.fromChange.p99 <= goalP99Ms && seen.open === streams && seen.fromChange.count > 0,
      conditions: {
        streams: seen.open,
        endedStreams: seen.ended,
        resets: seen.resets,
        nodes: seeded.nodes,
        changesAskedPerSecond: changes,
        changesSeenPerSecond: round(seen.fromChange.count / perReader / elapsed, 1),
        framesPerSecond: round(seen.frames / perReader / elapsed, 1),
        sentMiBPerSecond: round(seen.bytes / elapsed / 2 ** 20, 1),
        fromChangeMs: seen.fromChange,
        fromFrameMs: seen.fromFrame,
        observeSeconds: observe,
        serverProcessors: round(cpu, 2),
        serverMiBBefore: before,
        serverMiB: residentMiB(server.pid),
        serverPeakMiB: peakMiB(server.pid),
        databaseMiB: treeMiB(server.databasePid),
      },
    });
  } finally {
    await readers.close();
  }
});
