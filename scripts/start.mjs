// `npm start`: installs and builds what is missing or stale, then runs the console in this very process.
// Needs nothing but Node; the first lines also run on a Node that is too old, to say so.
import { requireNode } from './lib/node-version.mjs';

requireNode();
const { launch } = await import('./lib/launch.mjs');
await launch();
