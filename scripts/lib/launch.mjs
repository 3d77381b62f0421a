import { build, isBuildStale } from './build.mjs';
import { ensureInstalled } from './install.mjs';
import { inRoot } from './root.mjs';
import { followParent } from './run.mjs';
import { fail } from './say.mjs';

/** Makes everything ready and hands this process over to the server, which then answers to its signals. */
export async function launch() {
  followParent();
  try {
    await ensureInstalled();
    if (isBuildStale()) await build();
  } catch (error) {
    fail(error instanceof Error ? error.message : String(error));
  }
  process.setSourceMapsEnabled(true);
  process.chdir(inRoot());
  await import(new URL('../../dist/server/main.js', import.meta.url).href);
}
