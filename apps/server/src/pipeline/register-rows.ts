import { DomainError, rows, type NamespaceRecord, type Row, type RowName } from '@waterstrider/contract';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Authenticator } from '../identity/authenticator.ts';
import type { Services } from '../services.ts';
import { recordCall, toAuditEntry, type Call } from './audit-trail.ts';
import { authorise } from './authorise.ts';
import type { Actor, RequestContext } from './context.ts';
import { Raw } from './handlers.ts';
import { validate } from './validate.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set for calls of a row. */
    call: Call | null;
    namespace: NamespaceRecord | null;
  }
}

type Input = { params: unknown; query: unknown; body: unknown };
/** What carries a row out, of whatever row: the table of handlers has the exact types. */
export type AnyHandler = (input: Input, context: RequestContext) => Promise<unknown>;
export type FindHandler = (name: RowName) => AnyHandler | undefined;

// Handlers of public rows never look at their actor.
const nobody: Actor = { userId: '', username: '', admin: false, roles: new Map(), via: 'cookie' };

/** Registers every row of the contract: authenticate, authorise, validate, handle, audit, answer. */
export function registerRows(
  app: FastifyInstance,
  options: { services: Services; authenticator: Authenticator; findHandler: FindHandler },
): void {
  const { services, authenticator, findHandler } = options;
  app.decorateRequest('call', null);
  app.decorateRequest('namespace', null);

  // Before anything is sent, so that who reads the trail after an answer finds the entry.
  app.addHook('onSend', async (request, reply) => {
    if (request.call === null) return;
    const entry = toAuditEntry(request.call, request, reply.statusCode);
    if (entry !== undefined) await recordCall(services.audit, entry, request.log);
  });

  for (const row of Object.values<Row>(rows)) {
    const handler = findHandler(row.name);
    if (handler === undefined) continue;
    app.route({
      method: row.method,
      url: row.path,
      // Ahead of the body: who may not call learns nothing else, whatever was sent.
      onRequest: (request) => admit(row, request, { services, authenticator }),
      handler: async (request, reply) => {
        const input = validate(row, request);
        return answer({ row, reply, value: await handler(input, toContext(request, reply)), services });
      },
    });
  }
}

async function admit(
  row: Row,
  request: FastifyRequest,
  { services, authenticator }: { services: Services; authenticator: Authenticator },
): Promise<void> {
  const call: Call = { row, note: {} };
  request.call = call;
  if (row.permission === 'public') return;
  const actor = await authenticator.authenticate(request);
  call.actor = actor;
  if (actor.via === 'cookie' && row.effect !== 'read' && request.headers['x-requested-with'] !== 'waterstrider') {
    throw new DomainError('csrf');
  }
  const params = request.params as Record<string, unknown>; // Fastify's own path parameters
  // Ahead of the refusal: the trail, which only administrators read, says where somebody tried.
  const tried = typeof params.ns === 'string' ? services.inventory.namespace(params.ns) : undefined;
  if (tried !== undefined) call.namespaceName = tried.name;
  request.namespace = authorise({ row, actor, params }, services.inventory) ?? null;
}

function toContext(request: FastifyRequest, reply: FastifyReply): RequestContext {
  const { call, namespace } = request;
  return {
    actor: call?.actor ?? nobody,
    requestId: request.id,
    address: request.ip,
    ...(namespace === null ? {} : { namespace }),
    note: call?.note ?? {},
    request,
    reply,
  };
}

function answer(options: { row: Row; reply: FastifyReply; value: unknown; services: Services }): FastifyReply {
  const { row, reply, value, services } = options;
  reply.code(row.status);
  if (row.output === undefined) return reply.send();
  const text = value instanceof Raw ? value.text : JSON.stringify(value);
  if (services.config.validateOutput) requireShape(row, JSON.parse(text));
  return reply.type('application/json; charset=utf-8').send(text);
}

function requireShape(row: Row, value: unknown): void {
  const parsed = row.output?.safeParse(value);
  if (parsed?.success === false) {
    throw new Error(`the answer of ${row.name} does not fit its schema: ${parsed.error.message}`);
  }
}
