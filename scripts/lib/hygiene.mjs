import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';

import { inRoot, root } from './root.mjs';

// Spelled in parts, so that this file does not find itself.
const forbidden = [
  { text: '/wo' + 'rk/', why: "a path of one developer's machine" },
  { text: '../sha' + 'red', why: 'a folder outside the repository' },
];
const binary = /\.(png|jpe?g|gif|ico|woff2?|ttf|gz|br|webp|avif|pdf)$/;
const largestBytes = 5 * 1024 * 1024;

/** A problem when a file names a path of somebody's machine or a folder outside, or is too large. */
export async function checkHygiene() {
  const problems = repositoryFiles().flatMap((file) => {
    const { size } = statSync(inRoot(file));
    if (size > largestBytes) return [`${file}: ${size} bytes; large files do not belong into the repository`];
    if (binary.test(file)) return [];
    const text = readFileSync(inRoot(file), 'utf8');
    return forbidden
      .filter((each) => namesPath(text, each.text))
      .map(({ text: found, why }) => `${file}: "${found}", ${why}`);
  });
  return problems.length === 0 ? undefined : problems.join('\n');
}

// "../shared" is right inside the web app ("../shared/api.ts"); only a path that leaves the repository is meant.
function namesPath(text, path) {
  return path.startsWith('..')
    ? /(^|[\s'"`(])\.\.\/shared\/(design|conventions|reference|ux|data|openapi)/m.test(text)
    : text.includes(path);
}

function repositoryFiles() {
  const list = ['ls-files', '--cached', '--others', '--exclude-standard', '-z'];
  const files = execFileSync('git', list, { cwd: root, encoding: 'utf8' }).split('\0');
  return files.filter((file) => file !== '' && statSync(inRoot(file), { throwIfNoEntry: false })?.isFile() === true);
}
