import { checkHygiene } from './hygiene.mjs';
import { checkLicences, writeNotices } from './licences.mjs';
import { runTool } from './run.mjs';
import { fail, secondsSince } from './say.mjs';
import { checkTranslations } from './translations.mjs';

const checks = {
  types: () => tool('typescript/bin/tsc', ['--noEmit', '-p', 'tsconfig.json']),
  'types-web': () => tool('typescript/bin/tsc', ['--noEmit', '-p', 'apps/web/tsconfig.json']),
  lint: () => tool('eslint/bin/eslint.js', ['.', '--max-warnings=0', '--cache', '--cache-location=.cache/eslint']),
  format: () => tool('prettier/bin/prettier.cjs', ['--check', '.', '--log-level=warn']),
  layers: () =>
    tool('dependency-cruiser/bin/dependency-cruise.mjs', ['packages', 'apps', 'bench', '--output-type=err']),
  'dead-code': () => tool('knip/bin/knip.js', ['--no-progress']),
  licences: checkLicences,
  translations: checkTranslations,
  hygiene: checkHygiene,
};

/** Run only by name: it writes a file instead of checking one. */
const writers = { notices: writeNotices };

/** Runs the named checks (all without names) and prints a line each; resolves with 0, or 1 when one failed. */
export async function runChecks(names = []) {
  const all = { ...checks, ...writers };
  const unknown = names.find((name) => !(name in all));
  if (unknown !== undefined) fail(`no check is called ${unknown}; there are: ${Object.keys(all).join(', ')}`);
  let hasFailed = false;
  for (const name of names.length > 0 ? names : Object.keys(checks)) {
    const startedMs = Date.now();
    const problem = await all[name]();
    hasFailed ||= problem !== undefined;
    const verdict = problem === undefined ? 'ok    ' : 'FAILED';
    process.stdout.write(`check ${name.padEnd(13)} ${verdict} ${secondsSince(startedMs)}\n`);
    if (problem !== undefined) process.stdout.write(`${problem.trimEnd()}\n`);
  }
  return hasFailed ? 1 : 0;
}

/** Runs a program; its output is the problem when it fails. */
async function tool(path, args) {
  const { code, output } = await runTool(path, args, { capture: true });
  return code === 0 ? undefined : output || `exit code ${code}`;
}
