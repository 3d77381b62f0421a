import { FacadeError } from '@waterstrider/cloud-barista/facade';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config.ts';

const allowedHeaders = 'Authorization, Content-Type, X-Request-Id, X-Credential-Holder, X-Request-Source';

/**
 * Refuses calls from web pages of other origins, preflights included, unless the origin is allowed: a page must not act with what a
 * browser remembers of somebody. Programs other than browsers send neither header.
 */
export function checkOrigin(request: FastifyRequest, reply: FastifyReply, config: Config): void {
  reply.header('access-control-expose-headers', 'X-Request-Id');
  reply.header('vary', 'Origin');
  const { origin } = request.headers;
  if (origin !== undefined && config.facade.origins.includes(origin)) {
    reply.header('access-control-allow-origin', origin);
    return;
  }
  if (origin !== undefined && !isOwn(origin, request, config)) throw refusal();
  const site = request.headers['sec-fetch-site'];
  // Without an origin: a link, an image or a form of another site.
  if (origin === undefined && (site === 'cross-site' || site === 'same-site')) throw refusal();
}

const refusal = (): FacadeError =>
  new FacadeError(
    403,
    'Cross-site requests are refused. An administrator can allow an origin: WATERSTRIDER_FACADE_ORIGINS.',
  );

function isOwn(origin: string, request: FastifyRequest, { publicUrl }: Config): boolean {
  if (!URL.canParse(origin)) return false;
  return origin === publicUrl?.origin || new URL(origin).host === request.host;
}

/** The answer to the preflight of an allowed origin. */
export function answerPreflight(reply: FastifyReply): FastifyReply {
  reply.header('access-control-allow-methods', 'GET, PUT, POST, DELETE');
  reply.header('access-control-allow-headers', allowedHeaders);
  reply.header('access-control-max-age', '600');
  return reply.code(204).send();
}
