import {
  CredentialKeys,
  FacadeError,
  RequestLog,
  type FacadeRoute,
  type FacadeTools,
  type LoggedRequest,
} from '@waterstrider/cloud-barista/facade';
import type { PlatformForward } from '@waterstrider/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { CallRow } from '../pipeline/call-row.ts';
import type { Actor } from '../pipeline/context.ts';
import type { Services } from '../services.ts';
import { readHolder } from './admit.ts';
import { beginEntry } from './begin-entry.ts';
import { createFacadeConsole } from './facade-console.ts';
import { toFacadeError } from './facade-errors.ts';
import { stateOf } from './facade-state.ts';
import { forwardCall } from './forward.ts';
import { isOwn } from './own-routes.ts';
import { createReadGate } from './read-gate.ts';

/** Calls that wait for servers; each holds a connection. */
const mostWaiting = 200;
const nobody: Actor = { userId: '', username: '', admin: false, roles: new Map(), via: 'basic' };

export type AnswerRoute = (route: FacadeRoute, request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>;
type Options = {
  services: Services;
  callRow: CallRow;
  forward: PlatformForward | undefined;
  /** Fires when the server ends. */
  stopping: AbortSignal;
};

/** Carries out calls that were let in: through the rows of the contract, or through the Cloud-Barista behind the platform. */
export function createRouteAnswer({ services, callRow, forward, stopping }: Options): AnswerRoute {
  const { inventory, platform } = services;
  const tools: FacadeTools = {
    requests: new RequestLog(),
    keys: new CredentialKeys(),
    isReady: async () => inventory.ready() && (await platform.health()).ok,
  };
  const readGate = createReadGate(stopping);
  let waiting = 0;

  const handle: AnswerRoute = async (route, request, reply) => {
    const { id, actor } = stateOf(request);
    const facadeRequest = {
      id,
      params: request.params as Record<string, string>, // Fastify's own path parameters
      query: readQuery(request.query),
      body: request.body,
      credentialHolder: readHolder(request),
    };
    const { nsId } = request.params as { nsId?: string }; // as above
    const isForwarded = forward !== undefined && !isOwn({ route, actor: actor ?? nobody, nsId }, inventory);
    // A Cloud-Barista keeps its own, and is the one that is asked for them.
    const entry = forward === undefined ? beginEntry(route, request, tools.requests) : undefined;
    const console = createFacadeConsole({
      services,
      callRow,
      actor: actor ?? nobody,
      requestId: id,
      request,
      reply,
      stopping,
      onOperation: (operation) => {
        if (entry !== undefined) entry.operation = operation;
      },
    });
    if (isForwarded) {
      const call = { route, actor: actor ?? nobody, requestId: id, request };
      return forwardCall({ services, forward, readGate, call, facadeRequest, console, reply });
    }
    const answer = await settle(entry, tools.requests, () => route.handler({ console, request: facadeRequest, tools }));
    return reply.type('application/json; charset=utf-8').send(answer);
  };

  return async (route, request, reply) => {
    if (route.effect !== 'operate') return handle(route, request, reply);
    if (waiting >= mostWaiting) throw new FacadeError(429, 'rate limit exceeded');
    waiting++;
    try {
      return await handle(route, request, reply);
    } finally {
      waiting--;
    }
  };
}

/** The answer as JSON; how it ended is kept with the call. */
async function settle(
  entry: LoggedRequest | undefined,
  log: RequestLog,
  handle: () => Promise<unknown>,
): Promise<string> {
  try {
    const answer = JSON.stringify(await handle());
    if (entry !== undefined) log.end(entry, { answer });
    return answer;
  } catch (error) {
    if (entry !== undefined) log.end(entry, { error: toFacadeError(error).message });
    throw error;
  }
}

/** A key that repeats counts once. */
const readQuery = (query: unknown): Record<string, string> =>
  Object.fromEntries(
    Object.entries(query as Record<string, string | string[]>).map(([key, value]) => [
      // Fastify's own query
      key,
      Array.isArray(value) ? (value[0] ?? '') : value,
    ]),
  );
