import { FacadeError } from '@waterstrider/cloud-barista/facade';
import { DomainError } from '@waterstrider/contract';
import type { FastifyReply } from 'fastify';
import { setMaxListeners } from 'node:events';

/** Reads that wait for the Cloud-Barista at once; each holds a connection to it. */
const mostReads = 50;

export type ReadGate = <T>(reply: FastifyReply, read: (signal: AbortSignal) => Promise<T>) => Promise<T>;

/** Lets 50 reads through at a time, and ends each with its caller or the server. Throws 429 beyond. */
export function createReadGate(stopping: AbortSignal): ReadGate {
  let reading = 0;
  // One for each call that waits, which is no leak.
  setMaxListeners(0, stopping);
  return async (reply, read) => {
    if (reading >= mostReads) throw new FacadeError(429, 'rate limit exceeded');
    const ended = new AbortController();
    const end = (): void => ended.abort(new DomainError('unavailable', { reason: 'The call was given up.' }));
    if (stopping.aborted || reply.raw.destroyed) end();
    reading++;
    stopping.addEventListener('abort', end);
    reply.raw.once('close', end);
    try {
      return await read(ended.signal);
    } finally {
      reading--;
      stopping.removeEventListener('abort', end);
      reply.raw.off('close', end);
    }
  };
}
