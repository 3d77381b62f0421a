// `npm run check [-- NAME ...]`: types, lint, format, layers, dead code, licences, translations, hygiene.
import { requireNode } from './lib/node-version.mjs';

requireNode();
const { ensureInstalled } = await import('./lib/install.mjs');
const { runChecks } = await import('./lib/checks.mjs');
await ensureInstalled();
process.exitCode = await runChecks(process.argv.slice(2));
