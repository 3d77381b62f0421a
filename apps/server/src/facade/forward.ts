import {
  FacadeError,
  type FacadeConsole,
  type FacadeRequest,
  type FacadeRoute,
} from '@waterstrider/cloud-barista/facade';
import { DomainError, type Platform, type PlatformForward } from '@waterstrider/contract';
import type { FastifyReply } from 'fastify';
import { roleIn } from '../pipeline/context.ts';
import type { Services } from '../services.ts';
import { auditRoute, type RouteCall } from './admit.ts';
import { toFacadeError } from './facade-errors.ts';
import { onlyVisible, withoutSecrets } from './forwarded-answer.ts';
import type { ReadGate } from './read-gate.ts';
import { requireUsable } from './require-usable.ts';

/** Undefined: the platform has no Tumblebug behind it, and the rows answer. */
export function findForward(platform: Platform): PlatformForward | undefined {
  return platform.kind === 'cloud-barista' ? platform.forward?.bind(platform) : undefined;
}

type ForwardOptions = {
  services: Services;
  forward: PlatformForward;
  readGate: ReadGate;
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

async function ask(options: ForwardOptions): Promise<ForwardAnswer> {
  const { services, forward, readGate, call, facadeRequest, reply } = options;
  const { route, request } = call;
  const { query, body, credentialHolder, params, id } = facadeRequest;
  if (route.path.includes('/stream/')) throw new FacadeError(501, 'Streams are not passed on.');
  requireUsable(services, call, facadeRequest);
  const holder =
    request.headers['x-credential-holder'] === undefined ? {} : { 'x-credential-holder': credentialHolder };
  const passed = {
    method: route.method,
    path: pathOf(route, params),
    query: { ...query },
    headers: { 'x-request-id': id, ...holder },
    ...(body === undefined ? {} : { body }),
  };
  // A change goes on whether or not somebody waits for it.
  if (route.effect !== 'read') return forward(passed);
  return readGate(reply, (signal) => forward({ ...passed, isRead: true, signal }));
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
