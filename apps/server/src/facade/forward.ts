import {
  FacadeError,
  type FacadeConsole,
  type FacadeRequest,
  type FacadeRoute,
} from '@waterstrider/cloud-barista/facade';
import { DomainError, type Platform, type PlatformForward } from '@waterstrider/contract';
import type { FastifyReply } from 'fastify';
import { isUsableIn } from '../inventory/connection-use.ts';
import { roleIn } from '../pipeline/context.ts';
import type { Services } from '../services.ts';
import { auditRoute, type RouteCall } from './admit.ts';
import { toFacadeError } from './facade-errors.ts';
import { onlyVisible, withoutSecrets } from './forwarded-answer.ts';

/** Undefined: the platform has no Tumblebug behind it, and the rows answer. */
export function findForward(platform: Platform): PlatformForward | undefined {
  return platform.kind === 'cloud-barista' ? platform.forward?.bind(platform) : undefined;
}

type ForwardOptions = {
  services: Services;
  forward: PlatformForward;
  call: RouteCall;
  facadeRequest: FacadeRequest;
  console: FacadeConsole;
  reply: FastifyReply;
};

/** Passes an authorised call on and its answer back: audited, without secrets, without what the caller may not see. */
export async function forwardCall(options: ForwardOptions): Promise<FastifyReply> {
  const { services, call, reply } = options;
  const { answer, body } = await askRecorded(options);
  // Before the answer is written: who reads the trail after it finds the entry.
  await auditRoute(services, call, answer.status);
  if (answer.requestId !== undefined) reply.header('x-request-id', answer.requestId);
  return reply.code(answer.status).type(answer.contentType).send(body);
}

/** A failure is recorded too. */
async function askRecorded(options: ForwardOptions): Promise<{ answer: ForwardAnswer; body: Buffer | string }> {
  try {
    const answer = await ask(options);
    return { answer, body: await toSeen(options, answer) };
  } catch (error) {
    await auditRoute(options.services, options.call, toFacadeError(error).status);
    throw error;
  }
}

type ForwardAnswer = Awaited<ReturnType<PlatformForward>>;

function ask({ services, forward, call, facadeRequest }: ForwardOptions): Promise<ForwardAnswer> {
  const { route, request } = call;
  const { query, body, credentialHolder, params, id } = facadeRequest;
  if (route.path.includes('/stream/')) throw new FacadeError(501, 'Streams are not passed on.');
  requireUsable(services, call, facadeRequest);
  const holder =
    request.headers['x-credential-holder'] === undefined ? {} : { 'x-credential-holder': credentialHolder };
  return forward({
    method: route.method,
    path: pathOf(route, params),
    query: { ...query },
    headers: { 'x-request-id': id, ...holder },
    ...(body === undefined ? {} : { body }),
  });
}

async function toSeen(
  { services, call, console }: ForwardOptions,
  { contentType, body }: ForwardAnswer,
): Promise<Buffer | string> {
  if (!contentType.startsWith('application/json') || body.length === 0) return body;
  const { route, actor } = call;
  const seen = await onlyVisible(route.path, parseAnswer(body), { services, actor, console });
  return JSON.stringify(maySeeSecrets(services, call) ? seen : withoutSecrets(seen));
}

function parseAnswer(body: Buffer | string): unknown {
  try {
    return JSON.parse(body.toString()) as unknown;
  } catch (error) {
    throw new DomainError('unavailable', { reason: 'Tumblebug gave an answer that is not JSON.' }, { cause: error });
  }
}

/** Made anew from the parameters that were checked. Throws 400 for one that would lead elsewhere. */
function pathOf({ path }: FacadeRoute, params: Readonly<Record<string, string>>): string {
  return path.replace(/:(\w+)|\*/g, (sign, name: string | undefined) => {
    const value = params[name ?? sign] ?? '';
    const isAway = value.split(/[/\\]/).some((part) => part === '.' || part === '..');
    if (isAway) throw new FacadeError(400, 'The address is not well formed.');
    return name === undefined ? value.split('/').map(encodeURIComponent).join('/') : encodeURIComponent(value);
  });
}

/** Only where an administrator allowed it, and then for those who may operate there. */
function maySeeSecrets({ config, inventory }: Services, { actor, request }: RouteCall): boolean {
  if (!config.facade.showSecrets) return false;
  const { nsId } = request.params as { nsId?: string }; // Fastify's own path parameters
  const namespace = nsId === undefined ? undefined : inventory.namespace(nsId);
  const role = namespace === undefined ? undefined : roleIn(actor, namespace.id);
  return actor.admin || role === 'operator';
}

/** A change must not use a connection that the namespace may not use: Tumblebug knows no such limits. */
function requireUsable(
  { inventory }: Services,
  { route, actor, request }: RouteCall,
  { body, credentialHolder }: FacadeRequest,
): void {
  const { nsId } = request.params as { nsId?: string }; // Fastify's own path parameters
  const namespace = nsId === undefined ? undefined : inventory.namespace(nsId);
  if (actor.admin || route.effect === 'read' || namespace === undefined) return;
  const holder = credentialHolder === 'admin' ? '' : `${credentialHolder}-`;
  for (const { connection, spec } of namedConnections(body)) {
    const [provider = '', region = ''] = spec.split('+');
    const name = connection === '' ? `${holder}${provider}-${region}` : connection;
    const known = inventory.model.connection(name);
    // An unknown one is refused by Tumblebug itself.
    if (known !== undefined && !isUsableIn(known, namespace)) {
      throw new FacadeError(403, `The connection ${name} may not be used in this namespace.`);
    }
  }
}

/** Every object in the body that names a connection or a spec. */
function namedConnections(body: unknown): { connection: string; spec: string }[] {
  if (Array.isArray(body)) return body.flatMap(namedConnections);
  if (typeof body !== 'object' || body === null) return [];
  const fields = new Map(Object.entries(body).map(([key, value]) => [key.toLowerCase(), value as unknown]));
  const text = (key: string): string => {
    const value = fields.get(key);
    return typeof value === 'string' ? value : '';
  };
  const own = { connection: text('connectionname'), spec: text('specid') };
  const inner = [...fields.values()].flatMap(namedConnections);
  return own.connection === '' && own.spec === '' ? inner : [own, ...inner];
}
