// `npm run build`: builds web and server into dist/, also when they are fresh.
import { requireNode } from './lib/node-version.mjs';

requireNode();
const { ensureInstalled } = await import('./lib/install.mjs');
const { build } = await import('./lib/build.mjs');
const { fail } = await import('./lib/say.mjs');
await ensureInstalled();
await build({ force: true }).catch((error) => fail(error.message));
