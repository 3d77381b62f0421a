import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { embeddedMajorVersion, programEnvironment } from './cluster.ts';
import { isAlive } from './process-identity.ts';
import { DatabaseStartError } from './start-error.ts';
import { shareOwner } from './unix-account.ts';
import type { UnixAccount } from './unix-account.ts';

/** What one server process needs. */
export type PostmasterOptions = {
  programs: string;
  cluster: string;
  socketFolder: string;
  port: number;
  logFile: string;
  account: UnixAccount | undefined;
  log: (message: string) => void;
};

/** How long each way to stop may take, in milliseconds; the sum is the longest a stop takes. */
export type StopPatience = { fastMs: number; immediateMs: number; killMs: number };

const readyPollMs = 20;
const startLimitMs = 10 * 60_000;
const noticeEveryMs = 10_000;
const maxLogBytes = 5 * 1024 * 1024;

// A small footprint for a console's own database; durability stays at PostgreSQL's defaults (fsync on).
const settings: Record<string, string> = {
  listen_addresses: '',
  unix_socket_permissions: '0700',
  max_connections: '60',
  shared_buffers: '32MB',
  deadlock_timeout: '200ms',
  io_method: 'sync',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_wal_size: '256MB',
  max_parallel_workers_per_gather: '0',
  max_logical_replication_workers: '0',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_checkpoints: 'off',
  log_min_error_statement: 'panic',
};

/**
 * Starts the server in a process group of its own, so that a Ctrl-C in the terminal doesn't reach it, and waits until
 * it accepts connections (a crashed database recovers first, which may take a while and is said).
 */
export async function startPostmaster(options: PostmasterOptions): Promise<ChildProcess> {
  const logFile = openLog(options.logFile);
  const child = spawn(join(options.programs, 'bin', 'postgres'), commandLine(options), {
    ...options.account,
    env: programEnvironment,
    cwd: '/',
    detached: true,
    stdio: ['ignore', logFile, logFile],
  });
  closeSync(logFile);
  const failure = { error: undefined as Error | undefined };
  child.on('error', (error) => (failure.error = error));
  child.unref();
  for (let waitedMs = 0; waitedMs < startLimitMs; waitedMs += readyPollMs) {
    if (isReady(options.cluster, child.pid)) return child;
    if (failure.error !== undefined || hasEnded(child)) throw startFailed(options.logFile, failure.error);
    if (waitedMs > 0 && waitedMs % noticeEveryMs === 0) options.log('PostgreSQL is still recovering; waiting for it');
    await sleep(readyPollMs);
  }
  child.kill('SIGQUIT');
  throw startFailed(options.logFile);
}

/** Fast shutdown, then immediate, then kill, each with its patience. Returns when the process is gone. */
export async function stopPostmaster(pid: number, patience: StopPatience): Promise<void> {
  const steps: [NodeJS.Signals, number][] = [
    ['SIGINT', patience.fastMs],
    ['SIGQUIT', patience.immediateMs],
    ['SIGKILL', patience.killMs],
  ];
  for (const [signal, waitMs] of steps) {
    if (!signalProcess(pid, signal)) return;
    for (let waitedMs = 0; waitedMs < waitMs; waitedMs += readyPollMs) {
      if (!isAlive(pid)) return;
      await sleep(readyPollMs);
    }
  }
}

/** What `postmaster.pid` says: process id, socket folder and whether connections are accepted. */
export function readPostmasterFile(
  cluster: string,
): { pid: number; socketFolder: string; isReady: boolean } | undefined {
  const file = join(cluster, 'postmaster.pid');
  if (!existsSync(file)) return undefined;
  // Lines: pid, data folder, start time, port, socket folder, address, shared memory key, state.
  const lines = readFileSync(file, 'utf8').split('\n');
  return { pid: Number(lines[0]), socketFolder: lines[4] ?? '', isReady: lines[7]?.trim() === 'ready' };
}

/** True when the child has ended, by itself or by a signal. */
export function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

function isReady(cluster: string, pid: number | undefined): boolean {
  const state = readPostmasterFile(cluster);
  return state !== undefined && state.pid === pid && state.isReady;
}

function commandLine({ cluster, socketFolder, port }: PostmasterOptions): string[] {
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return ['-D', cluster, '-k', socketFolder, '-p', String(port), ...options];
}

function openLog(file: string): number {
  const isLarge = existsSync(file) && statSync(file).size > maxLogBytes;
  const opened = openSync(file, isLarge ? 'w' : 'a', 0o600);
  shareOwner(file);
  return opened;
}

function signalProcess(pid: number, signal: NodeJS.Signals): boolean {
  if (!isAlive(pid)) return false;
  try {
    return process.kill(pid, signal);
  } catch (error) {
    if (!isAlive(pid)) return false;
    throw error;
  }
}

function startFailed(logFile: string, cause?: Error): DatabaseStartError {
  const lastLines = readFileSync(logFile, 'utf8').trim().split('\n').slice(-5).join('\n');
  return new DatabaseStartError(
    'failed',
    `The embedded PostgreSQL ${String(embeddedMajorVersion)} did not start. ` +
      `${cause === undefined ? '' : `${cause.message}. `}Its last words (${logFile}):\n${lastLines}`,
    { cause },
  );
}
