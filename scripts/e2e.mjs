// `npm run e2e [-- filter]`: a real browser against the built server.
import { requireNode } from './lib/node-version.mjs';

requireNode();
const { ensureInstalled } = await import('./lib/install.mjs');
const { runE2e } = await import('./lib/suites.mjs');
await ensureInstalled();
process.exitCode = await runE2e(process.argv.slice(2));
