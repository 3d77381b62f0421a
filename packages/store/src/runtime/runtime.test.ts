import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import postgres from 'postgres';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { readPostmasterFile } from './postmaster.ts';
import { isAlive } from './process-identity.ts';
import { DatabaseStartError, startDatabase } from './index.ts';
import type { DatabaseRuntime } from './index.ts';

const consoleScript = join(dirname(fileURLToPath(import.meta.url)), 'testing/console-process.ts');

let dataDir: string;
let running: DatabaseRuntime[];
let consoles: ChildProcess[];

beforeEach(() => {
  const folder = mkdtempSync(join(tmpdir(), 'ws-test-'));
  // As root, PostgreSQL runs under another account, which must be let through.
  chmodSync(folder, 0o755);
  dataDir = join(folder, 'data');
  running = [];
  consoles = [];
});

afterEach(async () => {
  for (const child of consoles) child.kill('SIGKILL');
  for (const runtime of running) await runtime.stop();
  const left = readPostmasterFile(join(dataDir, 'postgres'));
  if (left !== undefined && isAlive(left.pid)) {
    process.kill(left.pid, 'SIGKILL');
    rmSync(left.socketFolder, { recursive: true, force: true });
  }
  rmSync(dirname(dataDir), { recursive: true, force: true });
});

async function start(messages: string[] = []): Promise<DatabaseRuntime> {
  const runtime = await startDatabase({ dataDir, log: (message) => messages.push(message) });
  running.push(runtime);
  return runtime;
}

/** Starts a console as a process of its own; resolves with its verdict line ("ready ..." or "refused ..."). */
async function startConsole(): Promise<{ child: ChildProcess; verdict: string; messages: string[] }> {
  const child = spawn(process.execPath, ['--import', 'tsx', consoleScript, dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  consoles.push(child);
  const messages: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    if (!line.startsWith('log ')) return { child, verdict: line, messages };
    messages.push(line);
  }
  throw new Error('The console ended without a verdict.');
}

function postmasterPid(): number {
  const state = readPostmasterFile(join(dataDir, 'postgres'));
  if (state === undefined) throw new Error('No PostgreSQL runs on the data folder.');
  return state.pid;
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => child.once('exit', () => resolve()));
}

async function startError(): Promise<DatabaseStartError> {
  try {
    await start();
  } catch (error) {
    if (error instanceof DatabaseStartError) return error;
    throw error;
  }
  throw new Error('The database started although it should have been refused.');
}

describe('embedded PostgreSQL', () => {
  test('starts, keeps what was written over a restart, and leaves nothing when stopped', async () => {
    const first = await start();
    const sql = postgres(first.url);
    await sql`create table kept (value text)`;
    await sql`insert into kept values ('한글')`;
    await sql.end();
    const pid = postmasterPid();
    const socketFolder = readPostmasterFile(join(dataDir, 'postgres'))?.socketFolder ?? '';
    expect(existsSync(socketFolder)).toBe(true);
    await first.stop();
    expect(isAlive(pid)).toBe(false);
    expect(existsSync(socketFolder)).toBe(false);

    const second = await start();
    const again = postgres(second.url);
    expect(await again`select value from kept`).toEqual([{ value: '한글' }]);
    await again.end();
    expect(second).toMatchObject({ kind: 'embedded', majorVersion: 18 });
  });

  test('flushes to disk and listens on no network address', async () => {
    const { url } = await start();
    const sql = postgres(url);
    const [settings] = await sql`
      select current_setting('fsync') as fsync, current_setting('listen_addresses') as addresses,
             current_setting('server_encoding') as encoding`;
    const [locale] = await sql`select datcollate from pg_database where datname = current_database()`;
    await sql.end();
    expect(settings).toEqual({ fsync: 'on', addresses: '', encoding: 'UTF8' });
    expect(locale).toEqual({ datcollate: 'C' });
  });

  test('tells when PostgreSQL is killed, and starts again after it', async () => {
    const runtime = await start();
    const reason = new Promise<string>((resolve) => runtime.onExit(resolve));
    process.kill(postmasterPid(), 'SIGKILL');
    expect(await reason).toContain('SIGKILL');
    await runtime.stop();
    await expect(start()).resolves.toMatchObject({ kind: 'embedded' });
  });

  test('a stop is not told as an unexpected end', async () => {
    const runtime = await start();
    const reasons: string[] = [];
    runtime.onExit((reason) => reasons.push(reason));
    await runtime.stop();
    await runtime.stop();
    expect(reasons).toEqual([]);
  });

  test('a second console on the same folder is refused while the first lives', async () => {
    const { verdict, child } = await startConsole();
    expect(verdict).toMatch(/^ready /);
    const error = await startError();
    expect(error.reason).toBe('in_use');
    expect(error.message).toContain(String(child.pid));
  });

  test('SIGTERM to the console stops PostgreSQL too', async () => {
    const { child } = await startConsole();
    const pid = postmasterPid();
    const end = ended(child);
    child.kill('SIGTERM');
    await end;
    expect(isAlive(pid)).toBe(false);
  });

  test('the PostgreSQL of a killed console is taken out of the way', async () => {
    const { child } = await startConsole();
    const leftover = postmasterPid();
    const end = ended(child);
    child.kill('SIGKILL');
    await end;
    expect(isAlive(leftover)).toBe(true);
    const messages: string[] = [];
    await start(messages);
    expect(isAlive(leftover)).toBe(false);
    expect(messages.join()).toContain(String(leftover));
  });

  test('after a kill of console and PostgreSQL it recovers by itself', async () => {
    const { child } = await startConsole();
    const pid = postmasterPid();
    const end = ended(child);
    child.kill('SIGKILL');
    process.kill(pid, 'SIGKILL');
    await end;
    const { url } = await start();
    const sql = postgres(url);
    expect(await sql`select 1 as one`).toEqual([{ one: 1 }]);
    await sql.end();
  });

  test("a pid file that names somebody else's process does not block the start", async () => {
    const first = await start();
    await first.stop();
    const file = join(dataDir, 'postgres', 'postmaster.pid');
    writeFileSync(file, `${String(process.pid)}\n${dataDir}/postgres\n1\n5432\n/nowhere\n\n1 1\nready\n`);
    await expect(start()).resolves.toMatchObject({ kind: 'embedded' });
    expect(isAlive(process.pid)).toBe(true);
  });

  test('an owner whose process id was given to another process does not block the start', async () => {
    mkdirSync(join(dataDir, 'run'), { recursive: true });
    const record = { pid: process.pid, identity: 'an earlier boot', released: false };
    writeFileSync(join(dataDir, 'run', 'owner-7.json'), JSON.stringify(record));
    await expect(start()).resolves.toMatchObject({ kind: 'embedded' });
    expect(existsSync(join(dataDir, 'run', 'owner-8.json'))).toBe(true);
  });

  test('of three starts at once exactly one wins', async () => {
    const verdicts = await Promise.all([startConsole(), startConsole(), startConsole()]);
    expect(verdicts.map(({ verdict }) => verdict.split(' ')[0]).sort()).toEqual(['ready', 'refused', 'refused']);
  });

  test('a folder of another major version is refused and left alone', async () => {
    mkdirSync(join(dataDir, 'postgres'), { recursive: true });
    writeFileSync(join(dataDir, 'postgres', 'PG_VERSION'), '15\n');
    const error = await startError();
    expect(error.reason).toBe('wrong_major');
    expect(error.message).toContain('DATABASE_URL');
    expect(readFileSync(join(dataDir, 'postgres', 'PG_VERSION'), 'utf8')).toBe('15\n');
  });

  test('a half-made cluster of a killed first start is made anew', async () => {
    mkdirSync(join(dataDir, 'postgres.new'), { recursive: true });
    writeFileSync(join(dataDir, 'postgres.new', 'PG_VERSION'), '18\n');
    await expect(start()).resolves.toMatchObject({ kind: 'embedded' });
  });
});

describe('DATABASE_URL', () => {
  test('uses a running PostgreSQL and does not stop it', async () => {
    const embedded = await start();
    const external = await startDatabase({ dataDir, databaseUrl: embedded.url, log: () => undefined });
    expect(external).toMatchObject({ kind: 'external', majorVersion: 18, url: embedded.url });
    await external.stop();
    expect(isAlive(postmasterPid())).toBe(true);
  });

  test.each([
    ['postgres://me:hunter2@127.0.0.1:9/waterstrider', '127.0.0.1:9/waterstrider'],
    ['mysql://me:hunter2@127.0.0.1/waterstrider', 'DATABASE_URL'],
    ['not a url hunter2', 'DATABASE_URL'],
  ])('%s is refused without telling the password', async (databaseUrl, told) => {
    const failure: unknown = await startDatabase({ dataDir, databaseUrl, log: () => undefined }).catch(
      (error: unknown) => error,
    );
    expect(failure).toBeInstanceOf(DatabaseStartError);
    expect(String(failure)).toContain(told);
    expect(String(failure)).not.toContain('hunter2');
  });
});
