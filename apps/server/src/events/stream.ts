import { DomainError, rows, type InputOf } from '@waterstrider/contract';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Authenticator } from '../identity/authenticator.ts';
import { visibleStates, visibleState } from '../inventory/visibility.ts';
import type { Actor } from '../pipeline/context.ts';
import { validate } from '../pipeline/validate.ts';
import type { Services } from '../services.ts';
import type { EventScope } from './event-hub.ts';
import { StreamWriter } from './stream-writer.ts';

const heartbeatMs = 10_000;
/** Rights are checked so often, and at once when told of a change. */
const recheckMs = 1_500;
/** Rights that could not be read for so long count as revoked. */
const uncheckedMs = 30_000;
const heartbeat = Buffer.from(':\n\n');

type StreamServices = Pick<Services, 'inventory' | 'events'>;
type Stream = {
  request: FastifyRequest;
  userId: string;
  ns: string | undefined;
  scope: EventScope;
  writer: StreamWriter;
  checkedAt: number;
  isChecking: boolean;
};

/** `GET /api/events`: open streams are re-authorised all the time and end within 2 s of a revoked right or session. */
export function registerEventStream(
  app: FastifyInstance,
  services: StreamServices,
  authenticator: Pick<Authenticator, 'authenticate' | 'changes'>,
): void {
  const streams = new Set<Stream>();
  const check = (stream: Stream) => void recheck(stream, services, authenticator);

  app.get('/api/events', { exposeHeadRoute: false }, async (request, reply) => {
    const actor = await authenticator.authenticate(request);
    // Parsed by the row's own schema.
    const { query } = validate(rows.streamEvents, request) as InputOf<'streamEvents'>;
    open({ request, reply, actor, ns: query.ns, services, streams });
    return reply;
  });

  const beating = setInterval(() => {
    for (const { writer } of streams) writer.beat(heartbeat);
  }, heartbeatMs);
  const checking = setInterval(() => streams.forEach(check), recheckMs);
  const stopListening = authenticator.changes.listen((userId) => {
    for (const stream of streams) if (userId === undefined || stream.userId === userId) check(stream);
  });
  // Before the server waits for its connections to end.
  app.addHook('preClose', (done) => {
    clearInterval(beating);
    clearInterval(checking);
    stopListening();
    for (const { writer } of streams) writer.end();
    done();
  });
}

function open(options: {
  request: FastifyRequest;
  reply: FastifyReply;
  actor: Actor;
  ns: string | undefined;
  services: StreamServices;
  streams: Set<Stream>;
}): void {
  const { request, reply, actor, ns, services, streams } = options;
  const scope = scopeOf(services, actor, ns);
  const response = reply.hijack().raw;
  response.writeHead(200, {
    ...headersSoFar(reply),
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache, no-transform',
    'x-accel-buffering': 'no',
  });
  const writer = new StreamWriter(response, () => services.events.resetFrame());
  const stream: Stream = {
    request,
    userId: actor.userId,
    ns,
    scope,
    writer,
    checkedAt: Date.now(),
    isChecking: false,
  };
  writer.write(Buffer.from('retry: 1000\n\n'));
  const lastEventId = request.headers['last-event-id'];
  const unsubscribe = services.events.subscribe(
    { scope, deliver: (frame) => writer.write(frame) },
    typeof lastEventId === 'string' && lastEventId !== '' ? lastEventId : undefined,
  );
  streams.add(stream);
  const release = () => {
    unsubscribe();
    writer.release();
    streams.delete(stream);
  };
  response.once('close', release);
  response.on('error', release);
  if (response.destroyed) release();
}

/** What hooks and plugins have set, such as the security headers. */
const headersSoFar = (reply: FastifyReply): Record<string, string | number | string[]> =>
  Object.fromEntries(Object.entries(reply.getHeaders()).filter(([, value]) => value !== undefined)) as Record<
    string,
    string | number | string[]
  >; // undefined was just left out

/** Throws `not_found` for a namespace that the actor does not see. */
function scopeOf({ inventory }: StreamServices, actor: Actor, ns: string | undefined): EventScope {
  if (ns !== undefined) return new Set([visibleState(inventory.model, actor, ns).record.id]);
  if (actor.admin) return 'all';
  return new Set(visibleStates(inventory.model, actor).map(({ record }) => record.id));
}

async function recheck(
  stream: Stream,
  services: StreamServices,
  authenticator: Pick<Authenticator, 'authenticate'>,
): Promise<void> {
  if (stream.isChecking) return;
  stream.isChecking = true;
  try {
    const actor = await authenticator.authenticate(stream.request);
    stream.checkedAt = Date.now();
    // The reader comes back by itself, is let in anew, and loads what it may see now.
    if (!isSame(stream.scope, scopeOf(services, actor, stream.ns))) stream.writer.end(services.events.resetFrame());
  } catch (error) {
    if (isRefusal(error)) stream.writer.end();
    // A database that does not answer revokes nothing by itself.
    else if (Date.now() - stream.checkedAt > uncheckedMs) stream.writer.end();
  } finally {
    stream.isChecking = false;
  }
}

const isRefusal = (error: unknown): boolean =>
  error instanceof DomainError && ['unauthenticated', 'wrong_credentials', 'not_found'].includes(error.code);

const isSame = (before: EventScope, now: EventScope): boolean => {
  if (before === 'all' || now === 'all') return before === now;
  return before.size === now.size && [...now].every((id) => before.has(id));
};
