import { FacadeError } from '@waterstrider/cloud-barista/facade';
import { DomainError } from '@waterstrider/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { toDomainError } from '../http/errors.ts';

/** Whatever was thrown, in Tumblebug's form. */
export function toFacadeError(error: unknown): FacadeError {
  if (error instanceof FacadeError) return error;
  const domainError = toDomainError(error);
  const { code, status, message } = domainError;
  if (code === 'unauthenticated' || code === 'wrong_credentials') return new FacadeError(401, 'Unauthorized');
  if (code === 'cloud_failure') return new FacadeError(500, cloudWords(domainError));
  if (code !== 'invalid') return new FacadeError(status, message);
  const reasons = domainError.details.issues?.map(({ field, reason }) => `${field}: ${reason}`) ?? [];
  return new FacadeError(status, [...new Set([message, ...reasons])].join('\n'));
}

const cloudWords = ({ message, details: { cloud } }: DomainError): string =>
  cloud === undefined ? message : `${message} ${cloud.code}: ${cloud.message}`;

export function sendFacadeError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { status, message } = toFacadeError(error);
  const isOurs = error instanceof FacadeError || error instanceof DomainError;
  if (status >= 500 && !isOurs)
    request.log.error({ err: error, requestId: request.id }, 'a call of the open API failed');
  if (status === 401) reply.header('www-authenticate', 'basic realm=Restricted');
  const wait = error instanceof DomainError ? error.details.retryAfterSeconds : undefined;
  if (typeof wait === 'number') reply.header('retry-after', wait);
  return reply.code(status).type('application/json; charset=utf-8').send(JSON.stringify({ message }));
}
