import { createHash } from 'node:crypto';
import { accessSync, constants, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';

import { withLock } from './lock.mjs';
import { inRoot } from './root.mjs';
import { run } from './run.mjs';
import { fail, say, secondsSince } from './say.mjs';

const stampFile = inRoot('node_modules', '.waterstrider-install');

/** Installs the packages of package-lock.json when they are missing or those of another lock, Node or machine. */
export async function ensureInstalled() {
  if (isInstalled()) return;
  await withLock('install', installUnlessDone, { onWait: () => say('another start is installing; waiting for it') });
}

async function installUnlessDone() {
  if (isInstalled()) return;
  if (isInstalledByHand()) {
    writeFileSync(stampFile, stamp());
    return;
  }
  say('installing packages (the first time takes about a minute)');
  const startedMs = Date.now();
  const { code, output } = await npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--include=dev']);
  if (code !== 0) fail(`npm ci failed with code ${code}. Check the network and start again. npm said:\n${output}`);
  writeFileSync(stampFile, stamp());
  say(`packages installed in ${secondsSince(startedMs)}`);
}

function isInstalled() {
  return existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp();
}

function stamp() {
  const lock = createHash('sha256')
    .update(readFileSync(inRoot('package-lock.json')))
    .digest('hex');
  return `${lock} node-${process.versions.node.split('.')[0]} ${process.platform}-${process.arch}\n`;
}

/** True when a person's own npm already put exactly the packages of the lock there (npm keeps a record of it). */
function isInstalledByHand() {
  const record = inRoot('node_modules', '.package-lock.json');
  if (!existsSync(record)) return false;
  const wanted = JSON.parse(readFileSync(inRoot('package-lock.json'), 'utf8')).packages;
  const found = JSON.parse(readFileSync(record, 'utf8')).packages;
  const libc = libcOfThisMachine();
  return Object.entries(wanted)
    .filter(([path, entry]) => path.includes('node_modules/') && fitsHere(entry, libc))
    .every(([path, entry]) => {
      // A part of another platform's package: npm leaves it out.
      if (entry.optional && entry.os === undefined && found[path] === undefined) return true;
      return found[path]?.version === entry.version && existsSync(inRoot(path));
    });
}

function fitsHere({ os, cpu, libc }, libcHere) {
  const fits = (list, here) => list === undefined || list.includes(here);
  return fits(os, process.platform) && fits(cpu, process.arch) && fits(libc, libcHere);
}

function libcOfThisMachine() {
  process.report.excludeNetwork = true;
  return process.report.getReport().header.glibcVersionRuntime === undefined ? 'musl' : 'glibc';
}

function npm(args) {
  const own = process.env.npm_execpath;
  const isNpm = own !== undefined && /npm-cli\.[cm]?js$/.test(own);
  const env = { ...process.env, ...(canWriteHome() ? {} : { npm_config_cache: inRoot('.cache', 'npm') }) };
  const [command, first] = isNpm ? [process.execPath, [own]] : ['npm', []];
  return run(command, [...first, ...args, '--loglevel=error'], { env, capture: true });
}

// Usual for a uid without a passwd entry: its home is "/", where npm can't keep its cache.
function canWriteHome() {
  try {
    accessSync(homedir(), constants.W_OK);
    return true;
  } catch {
    // No home, or not ours: npm gets a cache in the repository instead.
    return false;
  }
}
