import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** A process as the system names it; the start time tells it from a later one with the same id. */
type ProcessRow = { pid: number; parent: number; startedAt: string };

function readProc(pid: string): ProcessRow[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // After the name in parentheses: state, parent ... and the start time as the 20th.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const isDead = fields[0] === 'Z';
    return isDead ? [] : [{ pid: Number(pid), parent: Number(fields[1]), startedAt: fields[19] ?? '' }];
  } catch {
    // It ended between the listing and the reading.
    return [];
  }
}

function readPs(line: string): ProcessRow[] {
  const [pid = '', parent = '', state = '', ...startedAt] = line.trim().split(/\s+/);
  return pid === '' || state.startsWith('Z')
    ? []
    : [{ pid: Number(pid), parent: Number(parent), startedAt: startedAt.join(' ') }];
}

// Small containers have no ps.
const listProcesses = (): ProcessRow[] =>
  process.platform === 'linux'
    ? readdirSync('/proc')
        .filter((name) => /^\d+$/.test(name))
        .flatMap(readProc)
    : execFileSync('ps', ['-axo', 'pid=,ppid=,state=,lstart='], { encoding: 'utf8' }).split('\n').flatMap(readPs);

/** The process, its children, their children. */
export function familyOf(pid: number): ProcessRow[] {
  const all = listProcesses();
  const family = all.filter((row) => row.pid === pid);
  for (const member of family) family.push(...all.filter((row) => row.parent === member.pid));
  return family;
}

/** Those that still live. */
export function survivorsOf(family: ProcessRow[]): ProcessRow[] {
  const living = new Map(listProcesses().map((row) => [row.pid, row.startedAt]));
  return family.filter(({ pid, startedAt }) => living.get(pid) === startedAt);
}
