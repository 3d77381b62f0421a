import { setTimeout as sleep } from 'node:timers/promises';
import { newDataDir, removeDataDir, startConsole, type ConsoleServer } from './lib/console-server.ts';
import { readOptions } from './lib/options.ts';
import { residentMiB, treeMiB } from './lib/processes.ts';
import { quantile, report, round, say } from './lib/report.ts';

const warmLimitMs = 3000;
const { warm, idle } = readOptions({ warm: 3, idle: 15 });

async function run(): Promise<void> {
  const dataDir = newDataDir();
  let server: ConsoleServer | undefined;
  try {
    server = await startConsole({ dataDir });
    const coldMs = server.startMs;
    say(`cold start ${round(coldMs, 0)} ms`);
    const warmMs: number[] = [];
    const stopMs: number[] = [];
    for (let turn = 0; turn < warm; turn += 1) {
      stopMs.push(await timed(server));
      server = await startConsole({ dataDir });
      warmMs.push(server.startMs);
      say(`warm start ${round(server.startMs, 0)} ms`);
    }
    await sleep(idle * 1000);
    const serverMiB = residentMiB(server.pid);
    const databaseMiB = treeMiB(server.databasePid);
    stopMs.push(await timed(server));
    server = undefined;
    const middle = quantile(
      warmMs.sort((left, right) => left - right),
      0.5,
    );
    report({
      bench: 'start',
      figure: round(middle, 0),
      unit: 'ms from the process to "ready", warm (median)',
      goal: `at most ${String(warmLimitMs)}`,
      isMet: middle <= warmLimitMs,
      conditions: {
        coldMs: round(coldMs, 0),
        warmMs: warmMs.map((each) => round(each, 0)),
        stopMs: stopMs.map((each) => round(each, 0)),
        idleSeconds: idle,
        serverMiB,
        databaseMiB,
      },
    });
  } finally {
    await server?.stop();
    removeDataDir(dataDir);
  }
}

async function timed(server: ConsoleServer): Promise<number> {
  const startedAt = performance.now();
  await server.stop();
  return performance.now() - startedAt;
}

await run();
