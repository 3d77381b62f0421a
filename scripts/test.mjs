// `npm test`: check, unit and engine tests, browser tests; works on a fresh clone and ends with one line of sums.
import { requireNode } from './lib/node-version.mjs';

requireNode();
const { ensureInstalled } = await import('./lib/install.mjs');
const { runChecks } = await import('./lib/checks.mjs');
const { countPlaywright, countVitest } = await import('./lib/json-report.mjs');
const { followParent } = await import('./lib/run.mjs');
const { say } = await import('./lib/say.mjs');
const { runE2e, runUnit } = await import('./lib/suites.mjs');

followParent();
await ensureInstalled();
const codes = [];
for (const [title, suite] of [
  ['check', runChecks],
  ['unit and engine tests', runUnit],
  ['browser tests', runE2e],
]) {
  say(title);
  codes.push(await suite());
}

const [checkCode] = codes;
const check = { passed: checkCode === 0 ? 1 : 0, failed: checkCode === 0 ? 0 : 1 };
const counts = [check, countVitest(), countPlaywright()];
const sum = (field) => counts.reduce((total, count) => total + count[field], 0);
const hasEmptySuite = counts.some(({ passed, failed }) => passed + failed === 0);
if (hasEmptySuite) say('a suite ran no tests at all');
const isGreen = codes.every((code) => code === 0) && sum('failed') === 0 && !hasEmptySuite;
process.stdout.write(`${sum('passed')} passed, ${sum('failed')} failed\n`);
process.exitCode = isGreen ? 0 : 1;
