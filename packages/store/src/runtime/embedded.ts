import type { ChildProcess } from 'node:child_process';
import { chownSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';

import { embeddedMajorVersion, ensureCluster } from './cluster.ts';
import type { DatabaseRuntime } from './database-runtime.ts';
import { ownFolder } from './folder-owner.ts';
import type { FolderOwner } from './folder-owner.ts';
import { clearLeftover, socketFolderPrefix } from './leftover.ts';
import { choosePlacement } from './placement.ts';
import type { Placement } from './placement.ts';
import { hasEnded, startPostmaster, stopPostmaster } from './postmaster.ts';
import { errorCode } from './process-identity.ts';
import { DatabaseStartError } from './start-error.ts';
import { canEnter } from './unix-account.ts';
import type { UnixAccount } from './unix-account.ts';

const databaseName = 'waterstrider';
// Together under the 4 s that a stop may take.
const stopPatience = { fastMs: 2_500, immediateMs: 800, killMs: 400 };
// A socket's path may have 107 bytes (104 on macOS), of which its own name and our folder's take about 30.
const longestTemporaryFolder = 60;

/** Starts the embedded PostgreSQL on `<dataDir>/postgres`, as the only console on that folder. */
export async function startEmbedded(dataDir: string, log: (message: string) => void): Promise<DatabaseRuntime> {
  const dataFolder = openDataFolder(dataDir);
  const runFolder = join(dataFolder, 'run');
  const owner = ownDataFolder(runFolder, dataFolder);
  try {
    const placement = choosePlacement(dataFolder, log);
    await clearLeftover(join(placement.parent, 'postgres'), log);
    const cluster = await ensureCluster(placement, runFolder);
    const server = await startServer({ placement, cluster, runFolder, log });
    return toRuntime(server, owner.release);
  } catch (error) {
    owner.release();
    throw error;
  }
}

function openDataFolder(dataDir: string): string {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    return realpathSync(dataDir);
  } catch (error) {
    throw notWritable(dataDir, error);
  }
}

function ownDataFolder(runFolder: string, dataFolder: string): FolderOwner {
  try {
    return ownFolder(runFolder, dataFolder);
  } catch (error) {
    throw error instanceof DatabaseStartError ? error : notWritable(dataFolder, error);
  }
}

function notWritable(folder: string, cause: unknown): DatabaseStartError {
  return new DatabaseStartError(
    'wrong_owner',
    `The data folder ${folder} can't be written (${errorCode(cause) ?? String(cause)}). Start the console as the user it belongs to, ` +
      'or set WATERSTRIDER_DATA_DIR to another folder.',
    { cause },
  );
}

type Server = { child: ChildProcess; socketFolder: string; url: string };

async function startServer(options: {
  placement: Placement;
  cluster: string;
  runFolder: string;
  log: (message: string) => void;
}): Promise<Server> {
  const { placement, cluster, runFolder, log } = options;
  const socketFolder = makeSocketFolder(placement.account);
  const logFile = join(runFolder, 'postgres.log');
  const files = { programs: placement.programs, cluster, socketFolder, logFile };
  try {
    const child = await startPostmaster({ ...files, port: socketPort(), account: placement.account, log });
    await ensureDatabase(socketFolder);
    return { child, socketFolder, url: socketUrl(socketFolder, databaseName) };
  } catch (error) {
    rmSync(socketFolder, { recursive: true, force: true });
    throw error;
  }
}

function toRuntime(server: Server, release: () => void): DatabaseRuntime {
  const { child, socketFolder, url } = server;
  const listeners = new Set<(reason: string) => void>();
  let stopping: Promise<void> | undefined;
  const atProcessExit = () => {
    // The last moment of a console that ends without stop(): PostgreSQL must not outlive it.
    child.kill('SIGINT');
  };
  const stop = async () => {
    if (child.pid !== undefined && !hasEnded(child)) await stopPostmaster(child.pid, stopPatience);
    process.off('exit', atProcessExit);
    rmSync(socketFolder, { recursive: true, force: true });
    release();
  };
  process.once('exit', atProcessExit);
  child.once('exit', (code, signal) => {
    if (stopping !== undefined) return;
    const how = signal === null ? `with code ${String(code)}` : `by ${signal}`;
    for (const listener of listeners) listener(`PostgreSQL ended ${how}`);
  });
  return {
    kind: 'embedded',
    url,
    majorVersion: embeddedMajorVersion,
    stop: () => (stopping ??= stop()),
    onExit: (listener) => void listeners.add(listener),
  };
}

function makeSocketFolder(account: UnixAccount | undefined): string {
  const temporary = tmpdir();
  const isUsable =
    temporary.length <= longestTemporaryFolder && (account === undefined || canEnter(temporary, account));
  const folder = mkdtempSync(join(isUsable ? temporary : '/tmp', socketFolderPrefix));
  symlinkSync('.', join(folder, ','));
  if (account !== undefined) chownSync(folder, account.uid, account.gid);
  return folder;
}

/**
 * postgres.js 3.4 takes a socket's folder from a URL only when the host part holds a comma (its sign of several hosts),
 * so the folder has a link `,` to itself. libpq reads the same URL too.
 */
function socketUrl(socketFolder: string, database: string): string {
  return `postgres://postgres@${encodeURIComponent(join(socketFolder, ','))}/${database}`;
}

/** The number is only a part of the socket's name; postgres.js takes it from PGPORT, as the URL can't hold it. */
function socketPort(): number {
  const given = Number(process.env.PGPORT);
  return Number.isInteger(given) && given > 0 && given < 65_536 ? given : 5432;
}

async function ensureDatabase(socketFolder: string): Promise<void> {
  const sql = postgres(socketUrl(socketFolder, 'postgres'), { max: 1, onnotice: () => undefined });
  try {
    const [found] = await sql`select 1 from pg_database where datname = ${databaseName}`;
    if (found === undefined) await sql`create database ${sql(databaseName)}`;
  } finally {
    await sql.end();
  }
}
