import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { openDatabase, type Sql } from '@waterstrider/store';
import { createClient, type Client } from './client.ts';
import { childrenOf, commandLineOf } from './processes.ts';

const built = join(import.meta.dirname, '..', '..', '..', 'dist', 'server', 'main.js');
const startLimitMs = 120_000;
const stopLimitMs = 10_000;

export type ConsoleServer = {
  url: string;
  pid: number;
  /** From the start of the process to the line that says it is ready. */
  startMs: number;
  /** The postmaster's process id. */
  databasePid: number;
  /** Signed in as the admin, with an API token. */
  client: Client;
  /** To look into the same embedded PostgreSQL. */
  openDatabase(): Sql;
  /** SIGTERM, and waits for the end. */
  stop(): Promise<void>;
};
export type ConsoleOptions = {
  dataDir: string;
  /** Settings of the console, such as WATERSTRIDER_SIM_SPEED. */
  settings?: Record<string, string>;
  /** Of Node, such as `--cpu-prof`. */
  nodeOptions?: string[];
};

export const newDataDir = (): string => mkdtempSync(join(tmpdir(), 'waterstrider-bench-'));
export const removeDataDir = (folder: string): void => rmSync(folder, { recursive: true, force: true });

// At first start only; a data folder that is kept between starts needs the same one again.
const adminPassword = `Bench-${randomBytes(12).toString('hex')}`;

/** Starts the built server, as `npm start` does, on a free port of the loopback address. */
export async function startConsole({
  dataDir,
  settings = {},
  nodeOptions = [],
}: ConsoleOptions): Promise<ConsoleServer> {
  if (!existsSync(built)) throw new Error('The server is not built: run `npm run build`.');
  const { PATH, HOME } = process.env;
  const startedAt = performance.now();
  const child = spawn(process.execPath, [...nodeOptions, built], {
    env: {
      ...(PATH === undefined ? {} : { PATH }),
      ...(HOME === undefined ? {} : { HOME }),
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      PORT: '0',
      WATERSTRIDER_DATA_DIR: dataDir,
      WATERSTRIDER_ADMIN_PASSWORD: adminPassword,
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const killWithUs = () => void child.kill('SIGTERM');
  process.once('exit', killWithUs);
  const stop = async (): Promise<void> => {
    process.off('exit', killWithUs);
    await endProcess(child);
  };
  try {
    const url = await readAddress(child);
    const startMs = performance.now() - startedAt;
    const pid = child.pid ?? 0;
    const client = createClient(url, await signIn(url));
    const database = findDatabase(pid);
    return {
      url,
      pid,
      startMs,
      databasePid: database.pid,
      client,
      openDatabase: () => openDatabase(database.url),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Runs against a console on a data folder of its own; both are gone afterwards, also on failure and Ctrl-C. */
export async function withConsole<Result>(
  options: Omit<ConsoleOptions, 'dataDir'>,
  run: (server: ConsoleServer) => Promise<Result>,
): Promise<Result> {
  const dataDir = newDataDir();
  let server: ConsoleServer | undefined;
  const interrupt = (): void => {
    void Promise.resolve(server?.stop()).finally(() => {
      removeDataDir(dataDir);
      process.exit(130);
    });
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, interrupt);
  try {
    server = await startConsole({ ...options, dataDir });
    return await run(server);
  } finally {
    await server?.stop();
    removeDataDir(dataDir);
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, interrupt);
  }
}

async function readAddress(child: ChildProcess): Promise<string> {
  const { stdout } = child;
  if (stdout === null) throw new Error('The console has no standard output.');
  const lines = createInterface({ input: stdout });
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('The console was not ready in time.')), startLimitMs);
    child.once('exit', (code) => reject(new Error(`The console ended with code ${String(code)} before it was ready.`)));
    lines.on('line', (line) => {
      const [, port] = /is ready at http:\/\/[^:]+:(\d+)/.exec(line) ?? [];
      if (port === undefined) return;
      clearTimeout(timer);
      resolve(`http://127.0.0.1:${port}`);
    });
  });
}

async function signIn(url: string): Promise<string> {
  const basic = `Basic ${Buffer.from(`admin:${adminPassword}`).toString('base64')}`;
  const { token } = await createClient(url, basic).call('createApiToken', { body: { name: 'bench' } });
  return `Bearer ${token}`;
}

/** The console's own PostgreSQL listens on a socket only; its command line says where. */
function findDatabase(pid: number): { pid: number; url: string } {
  for (const child of childrenOf(pid)) {
    const line = commandLineOf(child);
    const folder = line[line.indexOf('-k') + 1];
    if (!line[0]?.endsWith('postgres') || folder === undefined) continue;
    return { pid: child, url: `postgres://postgres@${encodeURIComponent(join(folder, ','))}/waterstrider` };
  }
  throw new Error('The PostgreSQL of the console was not found.');
}

async function endProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), stopLimitMs);
  await ended;
  clearTimeout(timer);
}
