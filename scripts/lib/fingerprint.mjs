import { createHash } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { inRoot } from './root.mjs';

const ignoredFolders = new Set(['node_modules', 'dist', 'coverage']);

/** A text that changes when a file of the paths (folders or files of the repository), or Node's version, changes. */
export function fingerprint(paths) {
  const hash = createHash('sha256').update(process.version);
  for (const path of paths) addPath(hash, path);
  return hash.digest('hex');
}

// Name, size and time, not the content: reading it all would cost a start half a second.
function addPath(hash, path) {
  const stats = statSync(inRoot(path), { throwIfNoEntry: false });
  if (stats === undefined) return;
  if (!stats.isDirectory()) {
    hash.update(`${path} ${stats.size} ${stats.mtimeMs}\n`);
    return;
  }
  for (const entry of readdirSync(inRoot(path), { withFileTypes: true }).sort(byName)) {
    const isSkipped = ignoredFolders.has(entry.name) || /\.test\.tsx?$/.test(entry.name);
    if (!isSkipped) addPath(hash, join(path, entry.name));
  }
}

function byName(left, right) {
  return left.name < right.name ? -1 : 1;
}
