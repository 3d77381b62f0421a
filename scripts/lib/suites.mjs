import { build, isBuildStale } from './build.mjs';
import { findBrowser } from './browser.mjs';
import { forgetReport, reports } from './json-report.mjs';
import { inRoot } from './root.mjs';
import { runTool } from './run.mjs';

/** Runs the vitest projects; resolves with the exit code. */
export async function runUnit(options = []) {
  forgetReport(reports.unit);
  const reporting = ['--reporter=default', '--reporter=json', `--outputFile.json=${reports.unit}`];
  const { code } = await runTool('vitest/vitest.mjs', ['run', ...reporting, ...options]);
  return code;
}

/** Builds what is stale and runs the browser tests; resolves with the exit code. */
export async function runE2e(options = []) {
  forgetReport(reports.e2e);
  const browser = await findBrowser();
  if (browser === undefined) return 1;
  if (isBuildStale()) await build();
  const env = {
    ...process.env,
    ...(browser === 'own' ? {} : { CHROMIUM_PATH: browser }),
    PLAYWRIGHT_JSON_OUTPUT_FILE: reports.e2e,
  };
  const config = ['-c', inRoot('apps/e2e/playwright.config.ts'), '--reporter=list,json'];
  const { code } = await runTool('@playwright/test/cli.js', ['test', ...config, ...options], { env });
  return code;
}
