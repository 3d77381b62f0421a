import { spawnSync } from 'node:child_process';
import { chownSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** The user id and group id PostgreSQL runs under. */
export type UnixAccount = { uid: number; gid: number };

/** True when this process is root (PostgreSQL refuses to run as root). */
export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/** True when the user database knows the current uid; PostgreSQL's initdb insists on that. */
export function hasPasswdEntry(): boolean {
  const found = spawnSync('id', ['-un'], { stdio: 'ignore' });
  return found.error !== undefined || found.status === 0;
}

/**
 * The unprivileged account for PostgreSQL when the console runs as root: `postgres`, else `nobody`,
 * else the first one that is not root. Undefined when the user database has none.
 */
export function unprivilegedAccount(): UnixAccount | undefined {
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .map(([name, , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }))
    .filter((account) => Number.isInteger(account.uid) && account.uid > 0 && Number.isInteger(account.gid));
  const byName = (name: string) => accounts.find((account) => account.name === name);
  const found = byName('postgres') ?? byName('_postgres') ?? byName('nobody') ?? accounts[0];
  return found === undefined ? undefined : { uid: found.uid, gid: found.gid };
}

/** The owner of an existing file or folder. */
export function ownerOf(path: string): UnixAccount {
  const { uid, gid } = statSync(path);
  return { uid, gid };
}

/** True when `account` can enter `folder`; asked of the kernel, so that ACLs and mounts count too. */
export function canEnter(folder: string, account: UnixAccount): boolean {
  return (
    spawnSync('/bin/sh', ['-c', 'cd -- "$1"', 'sh', folder], { ...account, cwd: '/', stdio: 'ignore' }).status === 0
  );
}

/** As root, gives a file to the owner of its folder, who may start the console without being root the next time. */
export function shareOwner(path: string): void {
  if (!isRoot()) return;
  const { uid, gid } = ownerOf(dirname(path));
  chownSync(path, uid, gid);
}
