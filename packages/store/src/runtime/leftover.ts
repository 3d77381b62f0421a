import { existsSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { readPostmasterFile, stopPostmaster } from './postmaster.ts';
import { isAlive, processesInFolder, servesDataFolder } from './process-identity.ts';

/** Our socket folders are called this, with a random rest. */
export const socketFolderPrefix = 'ws-';

const orphanPatienceMs = 3_000;
const pollMs = 50;

/**
 * Clears what a console that was killed left behind in our data folder: stops its PostgreSQL, waits for orphaned
 * backends, removes its socket folder and a pid file that names a foreign process. Call only as the folder's owner.
 */
export async function clearLeftover(cluster: string, log: (message: string) => void): Promise<void> {
  if (!existsSync(cluster)) return;
  const left = readPostmasterFile(cluster);
  if (left === undefined) return;
  if (isAlive(left.pid) && servesDataFolder(left.pid, cluster)) {
    log(`stopping the PostgreSQL (process ${String(left.pid)}) that a killed console left behind`);
    await stopPostmaster(left.pid, { fastMs: 5_000, immediateMs: 5_000, killMs: 5_000 });
  }
  await endOrphans(cluster);
  // PostgreSQL itself would take a reused process id for a living server and refuse to start.
  rmSync(join(cluster, 'postmaster.pid'), { force: true });
  if (basename(left.socketFolder).startsWith(socketFolderPrefix)) {
    rmSync(left.socketFolder, { recursive: true, force: true });
  }
}

async function endOrphans(cluster: string): Promise<void> {
  for (let waitedMs = 0; waitedMs < orphanPatienceMs; waitedMs += pollMs) {
    if (processesInFolder(cluster).length === 0) return;
    await sleep(pollMs);
  }
  for (const pid of processesInFolder(cluster)) {
    await stopPostmaster(pid, { fastMs: 500, immediateMs: 500, killMs: 500 });
  }
}
