import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { CredentialDouble, type RegisteredCredential } from './credential-double.ts';
import { replyAs, type Json, type Reply } from './recordings.ts';
import { RequestLog } from './request-log.ts';
import { answer } from './routes.ts';
import { Forgotten, newUid, World } from './world.ts';
import type { CloudBaristaConfig } from '../config.ts';

export { ghostImage, refusedValue } from './world.ts';
export type { InfraModel, NodeModel, World } from './world.ts';

/**
 * What goes wrong from now on. `cut`: done, but the connection breaks instead of the answer; `hang`: done, never answered;
 * `html`: a gateway's page; `down`: nobody listens; `throttle`: 429 to everything; `refuse`: 500 in CB-Spider's absence, nothing done.
 */
export type Fault = 'html' | 'hang' | 'cut' | 'down' | 'throttle' | 'refuse';
export type SeenRequest = {
  host: string;
  method: string;
  path: string;
  requestId?: string;
  status?: number;
  at: number;
};

export type RecordedTumblebug = {
  config: CloudBaristaConfig;
  /** What is there; tests change it as from outside. */
  world: World;
  /** In the order in which they came. */
  requests: SeenRequest[];
  /** Credentials that were registered, with their values decrypted. */
  credentials: readonly RegisteredCredential[];
  count(method: string, path: RegExp): number;
  /** Of requests whose `METHOD path` matches; without a kind everything is well again. */
  fault(kind?: Fault, match?: RegExp): Promise<void>;
  /** Changes the bodies of answers to `METHOD path`, until the returned function is called. */
  alter(match: RegExp, change: (body: Json) => unknown): () => void;
  /** Forgets its requests and what was under way; what was made stays as it is. */
  restart(): void;
  close(): Promise<void>;
};
export type RecordedOptions = {
  /** How long one step of a cloud takes; 60 by default. */
  stepMs?: number;
  /** Two lists of infras a second, as the real one allows; off by default. */
  isLimited?: boolean;
};

const username = 'default';
const password = 'double-password';
const prefix = '/tumblebug';
const limitedPath = /^\/ns\/[^/]+\/infra(\/[^/]+)?$/;

/** A CB-Tumblebug that answers in the words of a recorded real one, on a free port of the loopback address. */
export async function startRecordedTumblebug(options: RecordedOptions = {}): Promise<RecordedTumblebug> {
  const world = new World(options.stepMs ?? 60);
  const log = new RequestLog();
  const credentials = new CredentialDouble(world);
  const requests: SeenRequest[] = [];
  const alterations = new Set<{ match: RegExp; change: (body: Json) => unknown }>();
  const sockets = new Set<Socket>();
  const limiter = new Limiter();
  let fault: { kind: Fault; match: RegExp } | undefined;

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET' } = request;
    const url = new URL(request.url ?? '/', 'http://double');
    const path = url.pathname.slice(prefix.length);
    const requestId = [request.headers['x-request-id']].flat()[0];
    const host = request.headers.host ?? '';
    const seen: SeenRequest = { host, method, path, at: Date.now(), ...(requestId === undefined ? {} : { requestId }) };
    requests.push(seen);
    const body = await readBody(request);
    const failing = fault?.match.test(`${method} ${path}`) === true ? fault.kind : undefined;
    if (failing === 'html') return sendHtml(response);
    const reply = await replyTo();
    seen.status = reply.status;
    if (failing === 'hang') return;
    if (failing === 'cut') return void request.socket.destroy();
    send(response, { ...reply, body: altered(`${method} ${path}`, reply.body) });

    async function replyTo(): Promise<Reply> {
      if (path !== '/readyz' && request.headers.authorization !== basic(username, password))
        return replyAs('401-no-auth');
      if (failing === 'refuse') return replyAs('spider-down-node-suspend');
      const isLimited = options.isLimited === true && method === 'GET' && limitedPath.test(path);
      if (failing === 'throttle' || (isLimited && !limiter.take())) return replyAs('429-infra-list-burst');
      if (path.startsWith('/request/'))
        return answer(method, path, { query: url.searchParams, body, world, credentials, log, note: () => undefined });
      const entry = log.begin(requestId ?? newUid(), { method, url: `${prefix}${path}`, body });
      const answered = await answer(method, path, {
        query: url.searchParams,
        body,
        world,
        credentials,
        log,
        note: entry.note,
      });
      entry.end(answered);
      return answered;
    }
  }

  const altered = (line: string, body: unknown): unknown =>
    [...alterations].reduce((rest, { match, change }) => (match.test(line) ? change(rest as Json) : rest), body); // bodies are objects

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      // A restart, or a caller that is gone, leaves nothing to answer.
      if (!(error instanceof Forgotten) && !response.headersSent) response.writeHead(599).end(String(error));
      else request.socket.destroy();
    });
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  const listen = (port: number): Promise<void> => new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
  const hangUp = (): void => sockets.forEach((socket) => socket.destroy());
  const stopListening = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      hangUp();
    });
  await listen(0);
  const { port } = server.address() as AddressInfo; // listens on a port, not on a pipe

  return {
    config: {
      tumblebug: { url: `http://127.0.0.1:${String(port)}${prefix}`, auth: { mode: 'basic', username, password } },
    },
    world,
    requests,
    credentials: credentials.received,
    count: (method, path) => requests.filter((seen) => seen.method === method && path.test(seen.path)).length,
    async fault(kind, match = /./) {
      fault = kind === undefined ? undefined : { kind, match };
      if (kind === 'down') await stopListening();
      else if (!server.listening) await listen(port);
    },
    alter(match, change) {
      const alteration = { match, change };
      alterations.add(alteration);
      return () => void alterations.delete(alteration);
    },
    restart() {
      world.epoch += 1;
      log.forget();
      for (const { infras } of world.namespaces.values()) for (const infra of infras.values()) delete infra.gate;
      hangUp();
    },
    async close() {
      world.epoch += 1;
      if (server.listening) await stopListening();
    },
  };
}

/** Echo's limiter: two a second, and two at once after a pause. */
class Limiter {
  #tokens = 2;
  #at = Date.now();

  take(): boolean {
    const now = Date.now();
    this.#tokens = Math.min(2, this.#tokens + ((now - this.#at) / 1000) * 2);
    this.#at = now;
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }
}

const basic = (user: string, secret: string): string => `Basic ${Buffer.from(`${user}:${secret}`).toString('base64')}`;

async function readBody(request: IncomingMessage): Promise<Json> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer); // no encoding is set
  const text = Buffer.concat(chunks).toString('utf8');
  return (text === '' ? {} : JSON.parse(text)) as Json; // the console sends objects only
}

function send(response: ServerResponse, { status, body }: Reply): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function sendHtml(response: ServerResponse): void {
  response
    .writeHead(502, { 'content-type': 'text/html' })
    .end('<!doctype html><html><head><title>502</title></head><body><h1>Bad gateway</h1></body></html>');
}
