import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

import { run, runTool } from './run.mjs';
import { say } from './say.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];
const macApplications = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
];

/**
 * The path of a browser for the tests: CHROMIUM_PATH, else an installed one, else (root on Debian or Ubuntu) apt's
 * chromium, else 'own' after Playwright downloaded its own; undefined, with one clear line, when there is none.
 */
export async function findBrowser() {
  if (process.env.CHROMIUM_PATH) return given(process.env.CHROMIUM_PATH);
  const isAptRoot = process.getuid?.() === 0 && isDebian();
  if (isAptRoot) await installKoreanFont();
  const installed = findInstalled();
  if (installed !== undefined) return installed;
  if (isAptRoot && (await aptInstall('chromium'))) return findInstalled();
  if (await downloadOwn()) return 'own';
  process.stderr.write(
    'No browser for the e2e tests: install Chromium, Chrome or Edge, or set CHROMIUM_PATH to one, and run again.\n',
  );
  return undefined;
}

function given(path) {
  if (isExecutable(path)) return path;
  process.stderr.write(`CHROMIUM_PATH is ${path}, which is not a program that can be run.\n`);
  return undefined;
}

function findInstalled() {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const candidates = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...candidates, ...macApplications].find(isExecutable);
}

// Only for screenshots with Korean text outside our pages; the web app brings its own font.
async function installKoreanFont() {
  if (existsSync('/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc')) return;
  if (!(await aptInstall('fonts-noto-cjk'))) say('fonts-noto-cjk could not be installed; going on without it');
}

async function aptInstall(name) {
  say(`installing ${name} with apt-get`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const install = () => run('apt-get', ['install', '-y', '--no-install-recommends', name], { env, capture: true });
  if ((await install()).code === 0) return true;
  await run('apt-get', ['update'], { env, capture: true });
  return (await install()).code === 0;
}

async function downloadOwn() {
  say("downloading Playwright's own Chromium");
  const { code } = await runTool('@playwright/test/cli.js', ['install', 'chromium'], { capture: true });
  return code === 0;
}

function isDebian() {
  return (
    existsSync('/etc/os-release') && /^(ID|ID_LIKE)=.*(debian|ubuntu)/m.test(readFileSync('/etc/os-release', 'utf8'))
  );
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    // Not there, or not ours to run.
    return false;
  }
}
