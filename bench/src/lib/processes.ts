import { readdirSync, readFileSync } from 'node:fs';
import { round } from './report.ts';

const clockTicksPerSecond = 100;

/** A process of another user, or one that has just ended, says nothing. */
function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && ['ENOENT', 'ESRCH', 'EACCES'].includes(String(error.code)))
      return undefined;
    throw error;
  }
}

/** Of the fields behind the program's name in parentheses, which may hold anything. */
const statOf = (pid: number): string[] => {
  const text = read(`/proc/${pid}/stat`) ?? '';
  return text.slice(text.lastIndexOf(')') + 2).split(' ');
};

const parentOf = (pid: number): number => Number(statOf(pid)[1] ?? 0);

/** Linux only: the benches read what processes use from /proc. */
export function childrenOf(parent: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => parentOf(pid) === parent);
}

export const commandLineOf = (pid: number): string[] => (read(`/proc/${pid}/cmdline`) ?? '').split('\0');

const mebibytes = (text: string | undefined, field: string): number => {
  const [, kibibytes] = new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(text ?? '') ?? [];
  return round(Number(kibibytes ?? 0) / 1024, 1);
};

/** Resident memory in MiB. */
export const residentMiB = (pid: number): number => mebibytes(read(`/proc/${pid}/status`), 'VmRSS');

/** Highest resident memory so far, in MiB. */
export const peakMiB = (pid: number): number => mebibytes(read(`/proc/${pid}/status`), 'VmHWM');

/** Memory of a process and its children in MiB, what they share counted once. */
export function treeMiB(pid: number): number {
  const pids = [pid, ...childrenOf(pid)];
  return round(
    pids.reduce((sum, each) => sum + mebibytes(read(`/proc/${each}/smaps_rollup`), 'Pss'), 0),
    1,
  );
}

/** Processor time so far in seconds; `withChildren`: and that of its living and ended children. */
export function processorSeconds(pid: number, withChildren = false): number {
  const seconds = (each: number, ended: boolean): number => {
    const fields = statOf(each);
    const ticks = Number(fields[11] ?? 0) + Number(fields[12] ?? 0);
    const endedTicks = ended ? Number(fields[13] ?? 0) + Number(fields[14] ?? 0) : 0;
    return (ticks + endedTicks) / clockTicksPerSecond;
  };
  const own = seconds(pid, withChildren);
  return withChildren ? childrenOf(pid).reduce((sum, child) => sum + seconds(child, false), own) : own;
}
