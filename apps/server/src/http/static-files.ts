import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Serves the built web app: exactly the files that were there at start. Those under `assets` carry a hash in their names and are kept
 * by browsers for good; the page itself never is. Returns what answers a navigation to a page of the app, if there is one.
 */
export async function registerStaticFiles(
  app: FastifyInstance,
  webDir: string,
): Promise<((reply: FastifyReply) => FastifyReply) | undefined> {
  if (!existsSync(join(webDir, 'index.html'))) return undefined;
  await app.register(fastifyStatic, {
    root: webDir,
    wildcard: false,
    preCompressed: true,
    cacheControl: false,
    etag: true,
    index: 'index.html',
    globIgnore: ['**/*.br', '**/*.gz', '**/*.map', 'bundle.json'],
    setHeaders: (response, path) => {
      const isHashed = path.includes('/assets/') && !path.endsWith('.html');
      const isPage = /\.html(?:\.br|\.gz)?$/.test(path);
      const kept = isHashed ? 'public, max-age=31536000, immutable' : isPage ? 'no-store' : 'public, max-age=3600';
      response.setHeader('cache-control', kept);
    },
  });
  return (reply) => reply.sendFile('index.html');
}

/** A browser going to a page: anything else that is not found is told so. */
export function isNavigation(request: FastifyRequest): boolean {
  if (request.method !== 'GET' && request.method !== 'HEAD') return false;
  const path = request.url.split('?')[0] ?? '';
  const isFile = /\.[a-z0-9]{1,8}$/i.test(path);
  return !isFile && request.headers.accept?.includes('text/html') === true;
}

export const isApiPath = (url: string): boolean => /^\/(?:api|tumblebug)(?:[/?#]|$)/i.test(url);
