import { DomainError, errorTable, type ErrorCode } from '@waterstrider/contract';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Socket } from 'node:net';

/** The text of an error's answer. */
export const errorBody = (error: DomainError, requestId: string): string => {
  const hasDetails = Object.keys(error.details).length > 0;
  const { code, message, details } = error;
  return JSON.stringify({ code, message, ...(hasDetails ? { details } : {}), requestId });
};

/** The one place where failures become answers. What is not ours is logged and answered as `internal` or `unavailable`. */
export function registerErrorHandler(app: FastifyInstance): void {
  app.setErrorHandler(async (error, request, reply) => {
    const domainError = toDomainError(error);
    // What a platform lacks, or what lies outside, is no fault of this server.
    const isOurs = domainError.status === 500;
    if (isOurs) request.log.error({ err: error, requestId: request.id }, 'a call failed');
    else if (domainError.status >= 502)
      request.log.warn({ err: error, requestId: request.id }, 'a call failed outside');
    return sendError(domainError, request, reply);
  });
}

export function sendError(error: DomainError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (request.call) request.call.errorCode = error.code;
  const { retryAfterSeconds } = error.details;
  if (typeof retryAfterSeconds === 'number') reply.header('retry-after', retryAfterSeconds);
  // Not `Basic`, at which browsers ask for a password by themselves.
  if (error.code === 'unauthenticated') reply.header('www-authenticate', 'Bearer realm="Waterstrider"');
  return reply.code(error.status).type('application/json; charset=utf-8').send(errorBody(error, request.id));
}

/** Reads whatever was thrown. */
export function toDomainError(error: unknown): DomainError {
  if (error instanceof DomainError) return error;
  const { statusCode, code } = Object(error) as { statusCode?: unknown; code?: unknown };
  if (isDatabaseGone(code)) return new DomainError('unavailable', { reason: databaseGone }, { cause: error });
  if (typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500) {
    return new DomainError(codeOfStatus(statusCode), {}, { cause: error });
  }
  return new DomainError('internal', {}, { cause: error });
}

const databaseGone = 'The database does not answer. Try again in a moment.';

function codeOfStatus(status: number): ErrorCode {
  if (status === errorTable.too_large[0]) return 'too_large';
  if (status === errorTable.not_found[0]) return 'not_found';
  return status === errorTable.throttled[0] ? 'throttled' : 'invalid';
}

const goneCodes = new Set([
  'CONNECTION_CLOSED', 'CONNECTION_ENDED', 'CONNECTION_DESTROYED', 'CONNECT_TIMEOUT', 'ECONNREFUSED', 'ECONNRESET',
  'ENOENT', 'EPIPE', '57P01', '57P02', '57P03', '53300',
]); // prettier-ignore
const isDatabaseGone = (code: unknown): boolean => typeof code === 'string' && goneCodes.has(code);

/** Answers requests that Node itself could not read: broken HTTP, too large headers, too slow. */
export function answerClientError(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const [status, reason] = clientErrors[error.code ?? ''] ?? ['400 Bad Request', 'This is not an HTTP request.'];
  const body = errorBody(new DomainError('invalid', { reason }), 'none');
  socket.end(
    `HTTP/1.1 ${status}\r\nContent-Type: application/json; charset=utf-8\r\n` +
      `Content-Length: ${String(Buffer.byteLength(body))}\r\nConnection: close\r\n\r\n${body}`,
  );
}

const clientErrors: Record<string, [status: string, reason: string]> = {
  HPE_HEADER_OVERFLOW: ['431 Request Header Fields Too Large', 'The headers are too large.'],
  ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', 'The request took too long to arrive.'],
};
