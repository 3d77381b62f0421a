import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readlinkSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

import { completeBinaries, copyBinaries, findBinaries } from './binaries.ts';
import { DatabaseStartError } from './start-error.ts';
import { canEnter, isRoot, ownerOf, unprivilegedAccount } from './unix-account.ts';
import type { UnixAccount } from './unix-account.ts';

/** Where PostgreSQL's programs and data are, and the account it runs under (undefined: this process's own). */
export type Placement = { programs: string; parent: string; account: UnixAccount | undefined };

/** Where programs and data go when root's own folders can't be entered by an unprivileged account. */
const sharedFolder = '/var/lib/waterstrider';

/**
 * Decides who runs PostgreSQL and makes sure that account can reach its programs and its data: both are put below
 * /var/lib/waterstrider when the console runs as root in folders that others can't enter.
 * `parent` is the folder that holds (or will hold) the cluster folder `postgres`.
 */
export function choosePlacement(dataFolder: string, log: (message: string) => void): Placement {
  const binaries = findBinaries();
  if (!isRoot()) {
    refuseForeignCluster(dataFolder);
    const complete = completeBinaries(binaries.folder);
    return {
      programs: complete ? binaries.folder : copyBinaries(binaries, join(dataFolder, 'run')),
      parent: dataFolder,
      account: undefined,
    };
  }
  const account = accountFor(dataFolder);
  letThrough(dataFolder, account);
  const parent = placeData(dataFolder, account, log);
  const complete = completeBinaries(binaries.folder);
  if (complete && canEnter(join(binaries.folder, 'bin'), account))
    return { programs: binaries.folder, parent, account };
  const base = parent === dataFolder ? join(dataFolder, 'run') : openSharedFolder(dataFolder);
  const programs = copyBinaries(binaries, base);
  log(
    `PostgreSQL runs as uid ${String(account.uid)}, which can't read ${binaries.folder}; using a copy in ${programs}`,
  );
  return { programs, parent, account };
}

function refuseForeignCluster(dataFolder: string): void {
  const cluster = join(dataFolder, 'postgres');
  const uid = process.getuid?.();
  if (lstatSync(cluster, { throwIfNoEntry: false }) === undefined || uid === undefined) return;
  const owner = existsSync(cluster) ? ownerOf(cluster).uid : 0;
  if (owner === uid) return;
  throw new DatabaseStartError(
    'wrong_owner',
    `The database in ${cluster} belongs to another user (uid ${String(owner)}): the console was started as root or as somebody else before. ` +
      'Start it as that user again, or set WATERSTRIDER_DATA_DIR to another folder.',
  );
}

/** An existing cluster keeps its owner; a new one gets an unprivileged account. */
function accountFor(dataFolder: string): UnixAccount {
  const cluster = join(dataFolder, 'postgres');
  if (existsSync(cluster)) {
    const owner = ownerOf(cluster);
    if (owner.uid !== 0) return owner;
  }
  const account = unprivilegedAccount();
  if (account !== undefined) return account;
  throw new DatabaseStartError(
    'failed',
    'PostgreSQL refuses to run as root and this system has no other user. Start the console as an ordinary user, or set DATABASE_URL.',
  );
}

/** Our own data folder may be passed through (not listed) by the account; secrets in it have mode 0600. */
function letThrough(dataFolder: string, account: UnixAccount): void {
  const { mode, uid } = statSync(dataFolder);
  const isOnlyObstacle = uid === 0 && !canEnter(dataFolder, account) && canEnter(dirname(resolve(dataFolder)), account);
  if (isOnlyObstacle) chmodSync(dataFolder, (mode & 0o777) | 0o011);
}

function placeData(dataFolder: string, account: UnixAccount, log: (message: string) => void): string {
  const link = join(dataFolder, 'postgres');
  const existing = lstatSync(link, { throwIfNoEntry: false });
  const linked = existing?.isSymbolicLink() === true ? dirname(readlinkSync(link)) : undefined;
  if (linked !== undefined && existsSync(linked)) return linked;
  if (canEnter(dataFolder, account)) return dataFolder;
  if (existing?.isDirectory() === true) throw moved(link, account);
  const parent = mkdtempSync(join(openSharedFolder(dataFolder), 'data-'));
  chmodSync(parent, 0o711);
  rmSync(link, { force: true });
  symlinkSync(join(parent, 'postgres'), link);
  log(
    `PostgreSQL runs as uid ${String(account.uid)}, which can't enter ${dataFolder}; ` +
      `its data is in ${parent} (linked from ${link})`,
  );
  return parent;
}

/** A temporary data folder stays in the temporary place, where nobody expects data to last. */
function openSharedFolder(dataFolder: string): string {
  const temporary = realpathSync(tmpdir());
  const folder = dataFolder.startsWith(`${temporary}/`) ? join(temporary, 'waterstrider') : sharedFolder;
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  if (ownerOf(folder).uid === 0) return folder;
  throw new DatabaseStartError('failed', `The folder ${folder} must belong to root. Remove it and start again.`);
}

function moved(cluster: string, account: UnixAccount): DatabaseStartError {
  return new DatabaseStartError(
    'wrong_owner',
    `The database in ${cluster} runs as uid ${String(account.uid)}, which can't enter that folder any more. ` +
      'Move the data folder to where others may pass (for example /var/lib) and set WATERSTRIDER_DATA_DIR to it, or allow passing with chmod o+x on the folders above it.',
  );
}
