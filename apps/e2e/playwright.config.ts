import { defineConfig } from '@playwright/test';

const isRoot = process.getuid?.() === 0;
const { CHROMIUM_PATH, CI } = process.env;

export default defineConfig({
  testDir: 'src',
  outputDir: '../../test-results/e2e',
  fullyParallel: true,
  workers: 2,
  // A flaky test is a defect; in CI one retry tells a defect from a stolen CPU, and the report names it as flaky.
  retries: CI ? 1 : 0,
  forbidOnly: Boolean(CI),
  timeout: 120_000,
  expect: { timeout: 20_000 },
  use: {
    locale: 'en-US',
    timezoneId: 'UTC',
    viewport: { width: 1440, height: 900 },
    contextOptions: { reducedMotion: 'reduce' },
    actionTimeout: 20_000,
    navigationTimeout: 30_000,
    screenshot: 'only-on-failure',
    trace: CI ? 'on-first-retry' : 'off',
    launchOptions: {
      ...(CHROMIUM_PATH ? { executablePath: CHROMIUM_PATH } : {}),
      args: isRoot ? ['--no-sandbox'] : [],
    },
  },
});
