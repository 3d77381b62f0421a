import { randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { inRoot } from './root.mjs';

/**
 * Runs `work` while no other process of this repository runs work of that name; waits for a living one and follows a
 * dead one. Each holder writes `<name>-<n>.json`, the highest number holds; a successor makes n + 1 by an exclusive
 * hard link, so of two one wins, and numbers are never reused while somebody waits.
 */
export async function withLock(name, work, { onWait } = {}) {
  const folder = inRoot('.cache', 'locks');
  mkdirSync(folder, { recursive: true });
  const file = await acquire(folder, name, onWait);
  try {
    return await work();
  } finally {
    writeFileSync(file, JSON.stringify({ released: true }));
  }
}

async function acquire(folder, name, onWait) {
  for (let hasWaited = false; ;) {
    const highest = highestNumber(folder, name);
    const file = (number) => join(folder, `${name}-${number}.json`);
    if (highest > 0 && isHeld(file(highest))) {
      if (!hasWaited) onWait?.();
      hasWaited = true;
      await sleep(200);
    } else if (claim(folder, file(highest + 1))) {
      if (highestNumber(folder, name) === highest + 1) {
        removeOlder(folder, name, highest + 1);
        return file(highest + 1);
      }
      rmSync(file(highest + 1), { force: true });
    }
  }
}

function claim(folder, file) {
  const draft = join(folder, `draft-${randomUUID()}`);
  writeFileSync(draft, JSON.stringify({ pid: process.pid, started: startOf(process.pid), released: false }));
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

function isHeld(file) {
  let holder;
  try {
    holder = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    // Vanished, or torn by a power cut: nobody living holds it.
    return false;
  }
  return holder.released === false && isAlive(holder.pid) && startOf(holder.pid) === holder.started;
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}

// Start time (field 22 of proc(5)) and boot: tells a reused process id from the holder. Elsewhere the id must do.
function startOf(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const ticks = text.slice(text.lastIndexOf(')') + 2).split(' ')[19];
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}/${ticks}`;
  } catch {
    // No /proc, or the process is gone.
    return 'unknown';
  }
}

function highestNumber(folder, name) {
  return Math.max(0, ...readdirSync(folder).map((file) => numberOf(file, name)));
}

function removeOlder(folder, name, number) {
  for (const file of readdirSync(folder)) {
    const other = numberOf(file, name);
    if (other > 0 && other < number) rmSync(join(folder, file), { force: true });
  }
}

function numberOf(file, name) {
  const found = /^(.+)-(\d+)\.json$/.exec(file);
  return found?.[1] === name ? Number(found[2]) : 0;
}
