import { FacadeError, facadeRoutes, type FacadeRoute } from '@waterstrider/cloud-barista/facade';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Authenticator } from '../identity/authenticator.ts';
import { createRowCaller } from '../pipeline/call-row.ts';
import type { FindHandler } from '../pipeline/register-rows.ts';
import type { Services } from '../services.ts';
import { auditRoute, authenticate, requireRight } from './admit.ts';
import { createRouteAnswer } from './answer-route.ts';
import { answerPreflight, checkOrigin } from './cross-site.ts';
import { sendFacadeError, toFacadeError } from './facade-errors.ts';
import { stateOf } from './facade-state.ts';
import { findForward } from './forward.ts';
import { newRequestId, readRequestId } from './request-id.ts';

export type FacadeOptions = { services: Services; authenticator: Authenticator; findHandler: FindHandler };

const prefix = '/tumblebug';

/** The active platform as CB-Tumblebug's open API under `/tumblebug`. Every call goes through the rows, or through a Cloud-Barista. */
export async function registerFacade(
  app: FastifyInstance,
  { services, authenticator, findHandler }: FacadeOptions,
): Promise<void> {
  const stopping = new AbortController();
  const callRow = createRowCaller(services, findHandler);
  const forward = findForward(services.platform);
  const answerRoute = createRouteAnswer({ services, callRow, forward, stopping: stopping.signal });
  app.decorateRequest('facade', null);
  // Ahead of the wait for open calls: they end with 503, what they began goes on.
  app.addHook('preClose', async () => stopping.abort());

  const admit = async (route: FacadeRoute, request: FastifyRequest): Promise<void> => {
    if (route.permission === 'public') return;
    const state = stateOf(request);
    state.actor = await authenticate(request, authenticator);
    const { nsId } = request.params as { nsId?: string }; // Fastify's own path parameters
    const permission = (forward === undefined ? undefined : route.forwardPermission) ?? route.permission;
    const call = { route, actor: state.actor, requestId: state.id, request };
    // Tumblebug itself says whether it has a namespace that was not seen yet.
    const isUnseen = forward !== undefined && nsId !== undefined && services.inventory.namespace(nsId) === undefined;
    if (isUnseen && state.actor.admin) return;
    try {
      requireRight({ ...call, permission, ns: nsId }, services);
    } catch (error) {
      await auditRoute(services, call, toFacadeError(error).status);
      throw error;
    }
  };

  const register = async (scope: FastifyInstance): Promise<void> => {
    scope.addHook('onRequest', async (request, reply) => {
      request.facade = { id: newRequestId(), actor: undefined };
      // One call may run several rows: a key of the client's must not make the second a repeat of the first.
      delete request.headers['idempotency-key'];
      checkOrigin(request, reply, services.config);
      request.facade.id = readRequestId(request);
      reply.header('x-request-id', request.facade.id);
    });
    scope.setErrorHandler(async (error, request, reply) => sendFacadeError(error, request, reply));
    scope.setNotFoundHandler((request, reply) => sendFacadeError(new FacadeError(404, 'Not Found'), request, reply));
    scope.options('/*', (_request, reply) => answerPreflight(reply));
    for (const route of facadeRoutes) {
      scope.route({
        method: route.method,
        url: route.path,
        onRequest: (request) => admit(route, request),
        handler: (request, reply) => answerRoute(route, request, reply),
      });
    }
  };
  await app.register(register, { prefix });
}
