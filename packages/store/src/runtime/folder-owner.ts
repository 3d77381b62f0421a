import { randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { errorCode, isAlive, processIdentity } from './process-identity.ts';
import { DatabaseStartError } from './start-error.ts';
import { shareOwner } from './unix-account.ts';

/** The right to use a data folder, held by one process at a time. */
export type FolderOwner = { release(): void };

type OwnerRecord = { pid: number; identity: string; released: boolean };

const filePattern = /^owner-(\d+)\.json$/;

/**
 * Takes the data folder for this process, or throws `in_use`.
 *
 * Each owner writes `owner-<n>.json`; the highest number owns. A dead owner is followed by n + 1, made by an
 * exclusive hard link, so of two followers one wins. Numbers are never reused, so a slow follower can't win late.
 */
export function ownFolder(runFolder: string, dataFolder: string): FolderOwner {
  mkdirSync(runFolder, { recursive: true });
  shareOwner(runFolder);
  for (;;) {
    const highest = highestNumber(runFolder);
    const current = highest === 0 ? undefined : readOwner(ownerFile(runFolder, highest));
    if (current !== undefined && isHeld(current)) throw inUse(dataFolder, current.pid);
    const mine = highest + 1;
    if (!claim(runFolder, mine)) continue;
    if (highestNumber(runFolder) > mine) {
      rmSync(ownerFile(runFolder, mine), { force: true });
      continue;
    }
    removeOlder(runFolder, mine);
    return {
      release: () => {
        replaceFile(runFolder, mine, { ...self(), released: true });
      },
    };
  }
}

function claim(runFolder: string, number: number): boolean {
  const draft = join(runFolder, `draft-${randomUUID()}`);
  writeRecord(draft, self());
  try {
    linkSync(draft, ownerFile(runFolder, number));
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

function replaceFile(runFolder: string, number: number, record: OwnerRecord): void {
  const draft = join(runFolder, `draft-${randomUUID()}`);
  writeRecord(draft, record);
  renameSync(draft, ownerFile(runFolder, number));
}

function writeRecord(file: string, record: OwnerRecord): void {
  writeFileSync(file, JSON.stringify(record), { mode: 0o600 });
  shareOwner(file);
}

function self(): OwnerRecord {
  return { pid: process.pid, identity: processIdentity(process.pid) ?? '', released: false };
}

function isHeld(owner: OwnerRecord): boolean {
  return !owner.released && isAlive(owner.pid) && processIdentity(owner.pid) === owner.identity;
}

function readOwner(file: string): OwnerRecord | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return isOwnerRecord(value) ? value : undefined;
  } catch (error) {
    // Vanished between listing and reading, or torn by a power cut: no living owner is behind it.
    if (errorCode(error) === 'ENOENT' || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function isOwnerRecord(value: unknown): value is OwnerRecord {
  if (typeof value !== 'object' || value === null) return false;
  if (!('pid' in value) || !('identity' in value) || !('released' in value)) return false;
  return typeof value.pid === 'number' && typeof value.identity === 'string' && typeof value.released === 'boolean';
}

function highestNumber(runFolder: string): number {
  return Math.max(0, ...readdirSync(runFolder).map((name) => Number(filePattern.exec(name)?.[1] ?? 0)));
}

function removeOlder(runFolder: string, number: number): void {
  for (const name of readdirSync(runFolder)) {
    const other = Number(filePattern.exec(name)?.[1] ?? number);
    if (other < number) rmSync(join(runFolder, name), { force: true });
  }
}

function ownerFile(runFolder: string, number: number): string {
  return join(runFolder, `owner-${String(number)}.json`);
}

function inUse(dataFolder: string, pid: number): DatabaseStartError {
  return new DatabaseStartError(
    'in_use',
    `The data folder ${dataFolder} is in use by a running console (process ${String(pid)}). ` +
      'Stop that one first, or set WATERSTRIDER_DATA_DIR to another folder.',
  );
}
