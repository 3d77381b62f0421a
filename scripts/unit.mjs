// `npm run unit [-- filter]`: unit tests, and the engine together with a real PostgreSQL.
import { requireNode } from './lib/node-version.mjs';

requireNode();
const { ensureInstalled } = await import('./lib/install.mjs');
const { runUnit } = await import('./lib/suites.mjs');
await ensureInstalled();
process.exitCode = await runUnit(process.argv.slice(2));
