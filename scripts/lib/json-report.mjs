import { existsSync, readFileSync, rmSync } from 'node:fs';

import { inRoot } from './root.mjs';

/** Where the JSON reports of a run are left for `npm test` to sum up. */
export const reports = { unit: inRoot('.cache', 'unit.json'), e2e: inRoot('.cache', 'e2e.json') };

/** Forgets the report of an earlier run, so that it can't be taken for this one's. */
export function forgetReport(file) {
  rmSync(file, { force: true });
}

/** Passed and failed tests of a vitest report; a file that could not be run counts as one failure. */
export function countVitest() {
  const report = read(reports.unit);
  if (report === undefined) return { passed: 0, failed: 1 };
  const brokenFiles = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  );
  return { passed: report.numPassedTests, failed: report.numFailedTests + brokenFiles.length };
}

/** Passed and failed tests of a Playwright report (one that passed on a retry counts as passed). */
export function countPlaywright() {
  const report = read(reports.e2e);
  if (report === undefined) return { passed: 0, failed: 1 };
  const { expected, flaky, unexpected } = report.stats;
  const brokenRun = unexpected === 0 && report.errors.length > 0 ? 1 : 0;
  return { passed: expected + flaky, failed: unexpected + brokenRun };
}

function read(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}
