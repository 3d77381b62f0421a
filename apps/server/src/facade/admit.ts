import { defaultHolder, FacadeError, noNamespace, type FacadeRoute } from '@waterstrider/cloud-barista/facade';
import { DomainError, errorTable, type ErrorCode, type Permission } from '@waterstrider/contract';
import type { FastifyRequest } from 'fastify';
import type { Authenticator } from '../identity/authenticator.ts';
import { recordCall } from '../pipeline/audit-trail.ts';
import { authorise } from '../pipeline/authorise.ts';
import type { Actor } from '../pipeline/context.ts';
import type { Services } from '../services.ts';

/** Basic or Bearer, never the cookie. Throws 401, or `throttled`. */
export async function authenticate(request: FastifyRequest, authenticator: Authenticator): Promise<Actor> {
  if (!/^(?:basic|bearer) +\S/i.test(request.headers.authorization ?? '')) throw new FacadeError(401, 'Unauthorized');
  return authenticator.authenticate(request);
}

/** Upstream keeps what everybody shares there. */
const sharedNamespace = 'system';

/** May the actor call this route? Throws 404 for a namespace one is no member of, 403 for a member without the right. */
export function requireRight(
  {
    route,
    permission,
    actor,
    ns,
  }: { route: FacadeRoute; permission: Permission; actor: Actor; ns: string | undefined },
  services: Pick<Services, 'inventory'>,
): void {
  if (route.isShared && ns === sharedNamespace) return;
  try {
    authorise({ row: { permission }, actor, params: ns === undefined ? {} : { ns } }, services.inventory);
  } catch (error) {
    if (error instanceof DomainError && error.code === 'not_found') throw noNamespace();
    throw error;
  }
}

export type RouteCall = { route: FacadeRoute; actor: Actor; requestId: string; request: FastifyRequest };

/** An entry for what no row has recorded: a refusal at the door, or a call that a Cloud-Barista answered. */
export async function auditRoute(services: Services, call: RouteCall, status: number): Promise<void> {
  const { route, actor, requestId, request } = call;
  if (route.effect === 'read') return;
  const { nsId, ...objects } = request.params as Record<string, string>; // Fastify's own path parameters
  const namespace = nsId === undefined ? undefined : services.inventory.namespace(nsId);
  const action = (request.query as { action?: unknown }).action; // Fastify's own query
  const name = Object.values(objects).join('/') || nameIn(request.body) || nsId;
  const target = [name, ...(typeof action === 'string' ? [action] : [])].join(': ');
  const code = status < 400 ? undefined : codeOf(status);
  const entry = {
    actor: actor.username,
    action: `${route.method} /tumblebug${route.path}`,
    ...(namespace === undefined ? {} : { ns: namespace.name }),
    ...(target === '' ? {} : { target: target.replace(/\p{Cc}/gu, ' ').slice(0, 200) }),
    address: request.ip,
    outcome:
      status === 202
        ? ('accepted' as const)
        : status < 400
          ? ('done' as const)
          : status < 500
            ? ('refused' as const)
            : ('failed' as const),
    ...(code === undefined ? {} : { code }),
    requestId,
  };
  await recordCall(services.audit, entry, request.log);
}

/** What a call makes is named in its body. */
function nameIn(body: unknown): string {
  const name: unknown = typeof body === 'object' && body !== null && 'name' in body ? body.name : undefined;
  return typeof name === 'string' ? name : '';
}

const codeOf = (status: number): ErrorCode =>
  (Object.keys(errorTable) as ErrorCode[]).find((code) => errorTable[code][0] === status) ?? 'internal'; // its own keys

/** From `X-Credential-Holder`. Throws 400 for what can be no holder's name. */
export function readHolder(request: FastifyRequest): string {
  const given = request.headers['x-credential-holder'];
  if (given === undefined || given === '') return defaultHolder;
  const holder = String(given).toLowerCase();
  if (/^[a-z0-9_]{1,100}$/.test(holder)) return holder;
  throw new FacadeError(
    400,
    'Invalid X-Credential-Holder header: only lowercase alphanumeric and underscores are allowed.',
  );
}
