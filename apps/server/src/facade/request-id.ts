import { FacadeError } from '@waterstrider/cloud-barista/facade';
import type { FastifyRequest } from 'fastify';

let newest = 0n;

/** Nanoseconds since 1970 as digits, as upstream gives them out; never the same twice. */
export function newRequestId(): string {
  const now = BigInt(Date.now()) * 1_000_000n;
  newest = now > newest ? now : newest + 1n;
  return newest.toString();
}

/** The client's own, or a new one. Throws 400 for one that can not be shown. */
export function readRequestId(request: FastifyRequest): string {
  const given = request.headers['x-request-id'];
  if (given === undefined || given === '') return newRequestId();
  const id = String(given);
  if (/^[\x21-\x7e]{1,200}$/.test(id)) return id;
  throw new FacadeError(400, 'X-Request-Id: at most 200 printable characters without spaces.');
}
