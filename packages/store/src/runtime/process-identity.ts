import { execFileSync } from 'node:child_process';
import { readFileSync, readlinkSync, readdirSync, realpathSync } from 'node:fs';

/** True when a process of that id exists, whoever owns it. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return readStat(pid)?.state !== 'Z';
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}

/**
 * A text that differs between two processes that got the same id one after the other (boot id + start time).
 * Undefined when no such process is there.
 */
export function processIdentity(pid: number): string | undefined {
  if (process.platform === 'linux') {
    const stat = readStat(pid);
    return stat === undefined ? undefined : `${bootId()}/${stat.startTicks}`;
  }
  return ps(pid, 'lstart=');
}

/** The folder a process works in (PostgreSQL works in its data folder); undefined when unknown. */
export function workingFolder(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${String(pid)}/cwd`);
  } catch {
    // Gone, somebody else's, or a system without /proc.
    return undefined;
  }
}

/** True when `pid` is a PostgreSQL process of exactly this data folder. */
export function servesDataFolder(pid: number, folder: string): boolean {
  if (process.platform === 'linux') return workingFolder(pid) === realpathSync(folder);
  return ps(pid, 'command=')?.includes(folder) ?? false;
}

/** Every process that works inside `folder` (Linux only; elsewhere none are found). */
export function processesInFolder(folder: string): number[] {
  if (process.platform !== 'linux') return [];
  const real = realpathSync(folder);
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => workingFolder(pid) === real);
}

/** The `code` of a system error, if it has one. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

// proc(5): the name is in parentheses and may hold spaces; state is field 3, start time is field 22.
function readStat(pid: number): { state: string; startTicks: string } | undefined {
  try {
    const text = readFileSync(`/proc/${String(pid)}/stat`, 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { state: fields[0] ?? '', startTicks: fields[19] ?? '' };
  } catch {
    // Gone, or a system without /proc.
    return undefined;
  }
}

function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    // Some sandboxes hide it; the start time alone still tells most cases apart.
    return 'boot';
  }
}

function ps(pid: number, column: string): string | undefined {
  try {
    const text = execFileSync('ps', ['-ww', '-o', column, '-p', String(pid)], { encoding: 'utf8' }).trim();
    return text === '' ? undefined : text;
  } catch {
    // ps exits with 1 when there is no such process.
    return undefined;
  }
}
