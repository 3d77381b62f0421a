import {
  CredentialKeys,
  FacadeError,
  facadeRoutes,
  RequestLog,
  type FacadeRoute,
  type FacadeTools,
  type LoggedRequest,
} from '@waterstrider/cloud-barista/facade';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Authenticator } from '../identity/authenticator.ts';
import { createRowCaller } from '../pipeline/call-row.ts';
import type { Actor } from '../pipeline/context.ts';
import type { FindHandler } from '../pipeline/register-rows.ts';
import type { Services } from '../services.ts';
import { auditRoute, authenticate, readHolder, requireRight } from './admit.ts';
import { answerPreflight, checkOrigin } from './cross-site.ts';
import { createFacadeConsole } from './facade-console.ts';
import { sendFacadeError, toFacadeError } from './facade-errors.ts';
import { findForward, forwardCall } from './forward.ts';
import { newRequestId, readRequestId } from './request-id.ts';

type FacadeState = { id: string; actor: Actor | undefined; entry: LoggedRequest | undefined };

declare module 'fastify' {
  interface FastifyRequest {
    /** Set for calls of the open API. */
    facade: FacadeState | null;
  }
}

export type FacadeOptions = { services: Services; authenticator: Authenticator; findHandler: FindHandler };

const prefix = '/tumblebug';
/** Calls that wait for servers; each holds a connection. */
const mostWaiting = 200;
const nobody: Actor = { userId: '', username: '', admin: false, roles: new Map(), via: 'basic' };

/** The active platform as CB-Tumblebug's open API under `/tumblebug`. Every call goes through the rows, or through a Cloud-Barista. */
export async function registerFacade(
  app: FastifyInstance,
  { services, authenticator, findHandler }: FacadeOptions,
): Promise<void> {
  const { config, inventory, platform } = services;
  const stopping = new AbortController();
  const callRow = createRowCaller(services, findHandler);
  const forward = findForward(platform);
  const tools: FacadeTools = {
    requests: new RequestLog(),
    keys: new CredentialKeys(),
    isReady: async () => inventory.ready() && (await platform.health()).ok,
  };
  let waiting = 0;
  app.decorateRequest('facade', null);
  // Ahead of the wait for open calls: they end with 503, what they began goes on.
  app.addHook('preClose', async () => stopping.abort());

  const handle = async (route: FacadeRoute, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const { id, actor } = stateOf(request);
    const facadeRequest = {
      id,
      params: request.params as Record<string, string>, // Fastify's own path parameters
      query: readQuery(request.query),
      body: request.body,
      credentialHolder: readHolder(request),
    };
    const isForwarded = forward !== undefined && !isOwn(route);
    // A Cloud-Barista keeps its own.
    const entry = isForwarded ? undefined : beginEntry(route, request, tools.requests);
    const console = createFacadeConsole({
      services,
      callRow,
      actor: actor ?? nobody,
      requestId: id,
      request,
      reply,
      stopping: stopping.signal,
      onOperation: (operation) => {
        if (entry !== undefined) entry.operation = operation;
      },
    });
    if (isForwarded) {
      const call = { route, actor: actor ?? nobody, requestId: id, request };
      return forwardCall({ services, forward, call, facadeRequest, console, reply });
    }
    const answer = JSON.stringify(await route.handler({ console, request: facadeRequest, tools }));
    if (entry !== undefined) tools.requests.end(entry, { answer });
    return reply.type('application/json; charset=utf-8').send(answer);
  };

  const limited = async (route: FacadeRoute, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    if (route.effect !== 'operate') return handle(route, request, reply);
    if (waiting >= mostWaiting) throw new FacadeError(429, 'rate limit exceeded');
    waiting++;
    try {
      return await handle(route, request, reply);
    } finally {
      waiting--;
    }
  };

  const admit = async (route: FacadeRoute, request: FastifyRequest): Promise<void> => {
    if (route.permission === 'public') return;
    const state = stateOf(request);
    state.actor = await authenticate(request, authenticator);
    const { nsId } = request.params as { nsId?: string }; // Fastify's own path parameters
    const permission = (forward === undefined ? undefined : route.forwardPermission) ?? route.permission;
    const call = { route, actor: state.actor, requestId: state.id, request };
    try {
      requireRight({ ...call, permission, ns: nsId }, services);
    } catch (error) {
      await auditRoute(services, call, toFacadeError(error).status);
      throw error;
    }
  };

  const register = async (scope: FastifyInstance): Promise<void> => {
    scope.addHook('onRequest', async (request, reply) => {
      request.facade = { id: newRequestId(), actor: undefined, entry: undefined };
      // One call may run several rows: a key of the client's must not make the second a repeat of the first.
      delete request.headers['idempotency-key'];
      checkOrigin(request, reply, config);
      request.facade.id = readRequestId(request);
      reply.header('x-request-id', request.facade.id);
    });
    scope.setErrorHandler(async (error, request, reply) => {
      const entry = request.facade?.entry;
      if (entry !== undefined) tools.requests.end(entry, { error: toFacadeError(error).message });
      return sendFacadeError(error, request, reply);
    });
    scope.setNotFoundHandler((request, reply) => sendFacadeError(new FacadeError(404, 'Not Found'), request, reply));
    scope.options('/*', (_request, reply) => answerPreflight(reply));
    for (const route of facadeRoutes) {
      scope.route({
        method: route.method,
        url: route.path,
        onRequest: (request) => admit(route, request),
        handler: (request, reply) => limited(route, request, reply),
      });
    }
  };
  await app.register(register, { prefix });
}

function stateOf({ facade }: FastifyRequest): FacadeState {
  if (facade === null) throw new Error('The call did not come in through the open API.');
  return facade;
}

/** The console's own answers, whoever keeps the rest. */
const isOwn = ({ path }: FacadeRoute): boolean =>
  path === '/livez' || path === '/httpVersion' || path === '/api/doc.json';

/** A key that repeats counts once. */
const readQuery = (query: unknown): Record<string, string> =>
  Object.fromEntries(
    Object.entries(query as Record<string, string | string[]>).map(([key, value]) => [
      // Fastify's own query
      key,
      Array.isArray(value) ? (value[0] ?? '') : value,
    ]),
  );

const isPolled = ({ method, path, permission }: FacadeRoute, { option }: { option?: unknown }): boolean =>
  permission === 'public' ||
  /^\/requests?(?:\/|$)/.test(path) ||
  (method === 'GET' &&
    (/\/(?:k8sCluster|resources\/(?:vNet|securityGroup|sshKey|customImage|dataDisk|nlb))$/.test(path) ||
      (/\/infra(?:\/:infraId)?$/.test(path) && option !== undefined)));

/** Undefined for what is asked again and again. Throws 500, as upstream does, for an id that is still known. */
function beginEntry(route: FacadeRoute, request: FastifyRequest, log: RequestLog): LoggedRequest | undefined {
  if (isPolled(route, request.query as { option?: unknown })) return undefined; // Fastify's own query
  const state = stateOf(request);
  const { method, url, headers, body } = request;
  const names = ['content-type', 'user-agent', 'x-credential-holder', 'x-request-source', 'x-request-id'];
  const header = Object.fromEntries(
    names.flatMap((name) => (typeof headers[name] === 'string' ? [[name, headers[name]]] : [])),
  );
  const isSecret = route.path === '/credential';
  const info = { method, url, header, ...(body === undefined || isSecret ? {} : { body }) };
  const entry = log.begin({ id: state.id, username: state.actor?.username ?? '', info });
  if (entry === undefined) throw new FacadeError(500, 'the X-Request-Id is already in use');
  state.entry = entry;
  return entry;
}
