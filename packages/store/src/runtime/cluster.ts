import { execFile } from 'node:child_process';
import {
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

import type { Placement } from './placement.ts';
import { DatabaseStartError } from './start-error.ts';
import { hasPasswdEntry } from './unix-account.ts';

/** The PostgreSQL major version whose programs we ship. */
export const embeddedMajorVersion = 18;

/** The environment of PostgreSQL's programs: nothing of ours (no secrets), and the one locale that always exists. */
export const programEnvironment = { LC_ALL: 'C', TZ: 'UTC', PATH: '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin' };

/**
 * Returns the cluster folder, made by initdb when it isn't there yet. It is made under another name and then renamed,
 * so a half-made one is never taken for a database. Throws `wrong_major` for another major version's folder.
 */
export async function ensureCluster(placement: Placement, runFolder: string): Promise<string> {
  const cluster = join(placement.parent, 'postgres');
  if (existsSync(cluster)) {
    refuseOtherMajor(cluster);
    return cluster;
  }
  const staging = join(placement.parent, 'postgres.new');
  rmSync(staging, { recursive: true, force: true });
  mkdirSync(staging, { mode: 0o700 });
  if (placement.account !== undefined) chownSync(staging, placement.account.uid, placement.account.gid);
  await runInitdb(placement, staging, runFolder);
  renameSync(staging, cluster);
  return cluster;
}

function refuseOtherMajor(cluster: string): void {
  const versionFile = join(cluster, 'PG_VERSION');
  const found = existsSync(versionFile) ? readFileSync(versionFile, 'utf8').trim() : undefined;
  if (found === String(embeddedMajorVersion)) return;
  const what = found === undefined ? 'is not a PostgreSQL data folder' : `was made by PostgreSQL ${found}`;
  throw new DatabaseStartError(
    'wrong_major',
    `The folder ${cluster} ${what}; this console brings PostgreSQL ${String(embeddedMajorVersion)}. Nothing was changed. ` +
      'Either start the version of the console that made it, or run that PostgreSQL yourself on this folder and set DATABASE_URL to it, ' +
      'or move the folder away (or set WATERSTRIDER_DATA_DIR) to begin with an empty database.',
  );
}

async function runInitdb(placement: Placement, staging: string, runFolder: string): Promise<void> {
  const isUnknownUser = placement.account === undefined && process.platform === 'linux' && !hasPasswdEntry();
  const programs = isUnknownUser ? programsForUnknownUser(placement.programs, runFolder) : placement.programs;
  const options = ['--locale=C', '--encoding=UTF8', '--auth=trust', '--username=postgres', `--pgdata=${staging}`];
  try {
    await runProgram(join(programs, 'bin', 'initdb'), options, placement);
  } finally {
    if (isUnknownUser) rmSync(programs, { recursive: true, force: true });
  }
}

/**
 * initdb and `postgres --single` stop when the user database doesn't know their uid (usual in containers), although
 * they use the answer only as a default name. In this copy they import getpwent (the first entry of the user database)
 * in place of getpwuid; both names are in every libc and equally long. The server itself doesn't ask and runs unchanged.
 */
function programsForUnknownUser(programs: string, runFolder: string): string {
  const copy = join(runFolder, 'initdb');
  rmSync(copy, { recursive: true, force: true });
  mkdirSync(join(copy, 'bin'), { recursive: true });
  for (const folder of ['lib', 'share']) symlinkSync(join(programs, folder), join(copy, folder));
  for (const program of ['initdb', 'postgres']) {
    const code = readFileSync(join(programs, 'bin', program), 'latin1');
    const changed = code.replace('\0getpwuid\0', '\0getpwent\0');
    writeFileSync(join(copy, 'bin', program), changed, { encoding: 'latin1', mode: 0o755 });
  }
  return copy;
}

function runProgram(program: string, options: string[], { account }: Placement): Promise<void> {
  return new Promise((resolve, reject) => {
    execFile(program, options, { ...account, env: programEnvironment, cwd: '/' }, (error, _stdout, stderr) => {
      if (error === null) resolve();
      else reject(initdbFailed(stderr, error));
    });
  });
}

function initdbFailed(output: string, cause: Error): DatabaseStartError {
  const detail = output.trim() === '' ? cause.message : output.trim();
  return new DatabaseStartError('failed', `The embedded PostgreSQL could not make its data folder: ${detail}`, {
    cause,
  });
}
