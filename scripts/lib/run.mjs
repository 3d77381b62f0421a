import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

import { root } from './root.mjs';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
/** How long a program may take to end after a signal. */
const patienceMs = 3_000;
const signalNumbers = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 };

/**
 * Runs a program in the repository and resolves with its exit code. A signal to us is passed on to it, and we end with
 * it, so that nothing is left running. With `capture`, resolves with its output too.
 */
export function run(command, args, { env = process.env, capture = false, onLine } = {}) {
  return new Promise((resolve, reject) => {
    const stdio = capture ? ['ignore', 'pipe', 'pipe'] : 'inherit';
    const child = spawn(command, args, { cwd: root, env, stdio });
    let received;
    const passOn = (signal) => {
      received = signal;
      child.kill(signal === 'SIGINT' ? 'SIGINT' : 'SIGTERM');
      setTimeout(() => child.kill('SIGKILL'), patienceMs).unref();
    };
    for (const signal of signals) process.on(signal, passOn);
    const output = [];
    for (const stream of capture ? [child.stdout, child.stderr] : []) {
      stream.setEncoding('utf8');
      stream.on('data', (text) => {
        output.push(text);
        onLine?.(text);
      });
    }
    child.once('error', reject);
    child.once('close', (code, signal) => {
      for (const each of signals) process.off(each, passOn);
      if (received !== undefined) process.exit(128 + signalNumbers[received]);
      resolve({ code: code ?? 128 + (signalNumbers[signal] ?? 9), output: output.join('') });
    });
  });
}

/** Runs a program of node_modules (`name/path/to/file.js`) with this Node. */
export function runTool(path, args, options) {
  return run(process.execPath, [`node_modules/${path}`, ...args], options);
}

/**
 * npm runs a script through a shell, and some shells don't pass a signal on but die of it. Ends us the usual way when
 * the shell or the npm that started us is gone, so that `kill` of npm, of any kind, leaves nothing behind.
 */
export function followParent() {
  if (process.env.npm_lifecycle_event === undefined || process.platform === 'win32') return;
  const shell = process.ppid;
  const npm = parentOfScriptShell(shell);
  const timer = setInterval(() => {
    if (process.ppid === shell && parentOfScriptShell(shell) === npm) return;
    clearInterval(timer);
    process.kill(process.pid, 'SIGTERM');
  }, 250);
  timer.unref();
}

/** The parent of npm's `sh -c "node scripts/..."`; undefined when the process is no such shell, or without /proc. */
function parentOfScriptShell(pid) {
  try {
    if (!/^[^\0]*sh\0-c\0node scripts\//.test(readFileSync(`/proc/${pid}/cmdline`, 'utf8'))) return undefined;
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1];
  } catch {
    // Gone, or a system without /proc: then the parent itself is all there is to follow.
    return undefined;
  }
}
