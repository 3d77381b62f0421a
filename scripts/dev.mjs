// `npm run dev`: the server restarts when its sources change, and Vite serves the web app and passes the API on to it.
import { requireNode } from './lib/node-version.mjs';

requireNode();
const { ensureInstalled } = await import('./lib/install.mjs');
const { followParent, run, runTool } = await import('./lib/run.mjs');
const { say } = await import('./lib/say.mjs');

followParent();
await ensureInstalled();
const port = process.env.PORT ?? '1234';
say(`server on port ${port}; open the address that Vite prints`);
const server = runTool('tsx/dist/cli.mjs', ['watch', '--clear-screen=false', 'apps/server/src/main.ts']);
const env = { ...process.env, WATERSTRIDER_SERVER: `http://127.0.0.1:${port}` };
const web = run(process.execPath, ['node_modules/vite/bin/vite.js', 'apps/web'], { env });
const { code } = await Promise.race([server, web]);
process.kill(process.pid, 'SIGTERM');
await Promise.all([server, web]);
process.exitCode = code;
