import type { FastifyRequest } from 'fastify';
import type { Actor } from '../pipeline/context.ts';

export type FacadeState = { id: string; actor: Actor | undefined };

declare module 'fastify' {
  interface FastifyRequest {
    /** Set for calls of the open API. */
    facade: FacadeState | null;
  }
}

/** What is known of a call of the open API while it passes through. */
export function stateOf({ facade }: FastifyRequest): FacadeState {
  if (facade === null) throw new Error('The call did not come in through the open API.');
  return facade;
}
