// `npm run bench -- NAME`: runs bench/src/NAME.ts, which prints one line of JSON with its figure.
import { readdirSync } from 'node:fs';
import { requireNode } from './lib/node-version.mjs';

requireNode();
const { ensureInstalled } = await import('./lib/install.mjs');
const { build, isBuildStale } = await import('./lib/build.mjs');
const { inRoot } = await import('./lib/root.mjs');
const { runTool } = await import('./lib/run.mjs');
const { fail } = await import('./lib/say.mjs');

const [name, ...options] = process.argv.slice(2);
const names = readdirSync(inRoot('bench', 'src'))
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.slice(0, -'.ts'.length));
if (!names.includes(name)) fail(`npm run bench -- NAME, where NAME is one of: ${names.join(', ')}`);
await ensureInstalled();
if (isBuildStale()) await build();
const { code } = await runTool('tsx/dist/cli.mjs', [`bench/src/${name}.ts`, ...options]);
process.exitCode = code;
