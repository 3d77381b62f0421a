import { existsSync } from 'node:fs';
import { isBuiltin } from 'node:module';

import { inRoot, root } from './root.mjs';

/** Bundles our own packages into dist/server/main.js; npm's packages stay outside and are found in node_modules. */
export async function buildServer() {
  const esbuild = await import(new URL('../../node_modules/esbuild/lib/main.js', import.meta.url).href);
  const result = esbuild.default.build({
    absWorkingDir: root,
    entryPoints: ['apps/server/src/main.ts'],
    outfile: 'dist/server/main.js',
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    sourcemap: true,
    loader: { '.sql': 'text' },
    logLevel: 'warning',
    plugins: [npmPackagesOutside],
  });
  // Its helper process would live on beside the console.
  await result.finally(() => esbuild.default.stop());
}

const npmPackagesOutside = {
  name: 'npm-packages-outside',
  setup(build) {
    build.onResolve({ filter: /^[^./]/ }, ({ path, kind }) => {
      if (kind === 'entry-point' || path.startsWith('@waterstrider/')) return undefined;
      const name = path
        .split('/')
        .slice(0, path.startsWith('@') ? 2 : 1)
        .join('/');
      if (isBuiltin(path) || existsSync(inRoot('node_modules', name))) return { path, external: true };
      return { errors: [{ text: `${name} is not in the root's node_modules, where the built server looks for it` }] };
    });
  },
};
