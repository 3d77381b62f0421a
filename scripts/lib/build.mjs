import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';

import { fingerprint } from './fingerprint.mjs';
import { withLock } from './lock.mjs';
import { inRoot } from './root.mjs';
import { runTool } from './run.mjs';
import { fail, say, secondsSince } from './say.mjs';
import { buildServer } from './server-bundle.mjs';

const shared = ['package-lock.json', 'tsconfig.base.json', 'scripts/lib/build.mjs', 'scripts/lib/server-bundle.mjs'];

/** What is built: from which sources, into which file, and how. */
const parts = [
  {
    name: 'web',
    sources: ['apps/web', 'packages/contract', ...shared],
    result: 'dist/web/index.html',
    build: buildWeb,
  },
  {
    name: 'server',
    sources: ['apps/server', 'packages', ...shared],
    result: 'dist/server/main.js',
    build: buildServer,
  },
];

/** True when a part is missing, or older than its sources, the lock or this Node. */
export function isBuildStale() {
  return parts.some((part) => !isFresh(part));
}

/** Builds the parts that are stale (all of them with `force`). A failed or killed build leaves no stamp. */
export async function build({ force = false } = {}) {
  await withLock('build', () => buildParts(force), { onWait: () => say('another start is building; waiting for it') });
}

async function buildParts(force) {
  for (const part of parts) {
    const sources = fingerprint(part.sources);
    if (!force && isFresh(part, sources)) continue;
    rmSync(stampFile(part), { force: true });
    const startedMs = Date.now();
    say(`building ${part.name}`);
    await part.build();
    if (!existsSync(inRoot(part.result))) fail(`the build of ${part.name} made no ${part.result}`);
    writeStamp(part, sources);
    say(`${part.name} built in ${secondsSince(startedMs)}`);
  }
}

async function buildWeb() {
  const { code, output } = await runTool('vite/bin/vite.js', ['build', 'apps/web', '--logLevel', 'warn'], {
    capture: true,
  });
  if (code !== 0) fail(`the build of web failed:\n${output}`);
}

function isFresh(part, sources = fingerprint(part.sources)) {
  const stamp = stampFile(part);
  return existsSync(stamp) && existsSync(inRoot(part.result)) && readFileSync(stamp, 'utf8') === sources;
}

function writeStamp(part, sources) {
  mkdirSync(inRoot('dist'), { recursive: true });
  writeFileSync(`${stampFile(part)}.new`, sources);
  renameSync(`${stampFile(part)}.new`, stampFile(part));
}

function stampFile(part) {
  return inRoot('dist', `.stamp-${part.name}`);
}
