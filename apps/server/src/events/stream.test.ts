import { DomainError } from '@waterstrider/contract';
import { fastify, type FastifyInstance } from 'fastify';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { IdentityChanges } from '../identity/identity-changes.ts';
import { createInventory } from '../inventory/inventory.ts';
import { actorOf, FakePlatform, infraOf, namespaceOf, nodeOf, snapshotOf } from '../inventory/testing/fake-platform.ts';
import { MemoryJournal } from '../operations/testing/memory-journal.ts';
import type { Actor } from '../pipeline/context.ts';
import { createEventHub } from './event-hub.ts';
import { registerEventStream } from './stream.ts';

const log = { warn: () => undefined };
const closers: (() => Promise<unknown> | void)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function makeServer(actor: { current: Actor | DomainError }) {
  const platform = new FakePlatform();
  platform.snapshot = snapshotOf({
    sequence: 5,
    namespaces: [namespaceOf('a'), namespaceOf('b')],
    infras: [infraOf('i1', 'a'), infraOf('i2', 'b')],
  });
  const inventory = createInventory({ platform, log });
  await inventory.start();
  const system = { claimMeta: () => Promise.resolve('database') };
  const events = createEventHub({ inventory, journal: new MemoryJournal(), system, log });
  await events.start();
  const changes = new IdentityChanges();
  const authenticate = () =>
    actor.current instanceof DomainError ? Promise.reject(actor.current) : Promise.resolve(actor.current);
  const app = fastify();
  app.setErrorHandler((error, _request, reply) =>
    reply.code(error instanceof DomainError ? error.status : 500).send({ message: String(error) }),
  );
  registerEventStream(app, { inventory, events }, { authenticate, changes });
  await app.listen({ host: '127.0.0.1', port: 0 });
  closers.push(
    () => inventory.stop(),
    () => events.stop(),
    () => app.close(),
  );
  return { platform, events, changes, app, port: (app.server.address() as AddressInfo).port }; // listens on TCP
}

type Client = { socket: Socket; text: () => string; isEnded: () => boolean };

function open(port: number, path: string, headers = ''): Client {
  const socket = connect(port, '127.0.0.1');
  let text = '';
  let isEnded = false;
  socket.on('data', (chunk) => (text += chunk.toString()));
  socket.on('error', () => (isEnded = true));
  socket.on('close', () => (isEnded = true));
  socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\n${headers}\r\n`);
  closers.push(() => void socket.destroy());
  // The last chunk of a chunked body is empty.
  return { socket, text: () => text, isEnded: () => isEnded || text.endsWith('\r\n0\r\n\r\n') };
}

const member = (...names: string[]): Actor =>
  actorOf({ roles: new Map(names.map((name) => [`id-of-${name}`, 'viewer'] as const)) });

describe('GET /api/events', () => {
  it('streams what one may see, and says hello first', async () => {
    const { platform, port } = await makeServer({ current: member('a') });
    const client = open(port, '/api/events');
    await vi.waitFor(() => expect(client.text()).toContain('event: hello'));
    expect(client.text()).toMatch(/content-type: text\/event-stream/i);
    expect(client.text()).toMatch(/x-accel-buffering: no/i);
    expect(client.text()).toContain('retry: 1000');
    platform.push({ nodes: [nodeOf('foreign', 'b', 'i2')] });
    platform.push({ nodes: [nodeOf('mine', 'a', 'i1')] });
    await vi.waitFor(() => expect(client.text()).toContain('"id":"mine"'));
    expect(client.text()).not.toContain('foreign');
  });

  it('answers 404 for a namespace one does not see, 400 for an unknown field, 401 for strangers', async () => {
    const actor: { current: Actor | DomainError } = { current: member('a') };
    const { app } = await makeServer(actor);
    const statusOf = async (url: string) => (await app.inject({ url })).statusCode;
    expect(await statusOf('/api/events?ns=b')).toBe(404);
    expect(await statusOf('/api/events?ns=none')).toBe(404);
    expect(await statusOf('/api/events?colour=red')).toBe(400);
    actor.current = new DomainError('unauthenticated');
    expect(await statusOf('/api/events')).toBe(401);
  });

  it('ends within 2 s of a revoked role, even when nobody tells', async () => {
    const actor: { current: Actor | DomainError } = { current: member('a') };
    const { port } = await makeServer(actor);
    const client = open(port, '/api/events?ns=a');
    await vi.waitFor(() => expect(client.text()).toContain('event: hello'));
    actor.current = member('b');
    await vi.waitFor(() => expect(client.isEnded()).toBe(true), { timeout: 2_000 });
  });

  it('ends at once when told of an ended session; not while the database is away', async () => {
    const actor: { current: Actor | DomainError } = { current: member('a') };
    const { port, changes } = await makeServer(actor);
    const client = open(port, '/api/events?ns=a');
    await vi.waitFor(() => expect(client.text()).toContain('event: hello'));
    actor.current = new DomainError('unavailable');
    changes.emit('u');
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(client.isEnded()).toBe(false);
    actor.current = new DomainError('unauthenticated');
    changes.emit('u');
    await vi.waitFor(() => expect(client.isEnded()).toBe(true), { timeout: 500 });
  });

  it('asks to load again when more may be seen now', async () => {
    const actor: { current: Actor | DomainError } = { current: member('a') };
    const { port, changes } = await makeServer(actor);
    const client = open(port, '/api/events');
    await vi.waitFor(() => expect(client.text()).toContain('event: hello'));
    actor.current = member('a', 'b');
    changes.emit('u');
    await vi.waitFor(() => expect(client.isEnded()).toBe(true));
    expect(client.text()).toContain('event: reset');
  });

  it('resumes, and ends with the server', async () => {
    const { platform, port, events, app } = await makeServer({ current: member('a') });
    const before = events.sequence();
    platform.push({ nodes: [nodeOf('missed', 'a', 'i1')] });
    await vi.waitFor(() => expect(events.sequence()).not.toBe(before));
    const client = open(port, '/api/events?ns=a', `Last-Event-ID: ${before}\r\n`);
    await vi.waitFor(() => expect(client.text()).toContain('"id":"missed"'));
    await closeWithin(app, 2_000);
    await vi.waitFor(() => expect(client.isEnded()).toBe(true));
  });
});

async function closeWithin(app: FastifyInstance, milliseconds: number): Promise<void> {
  const begun = Date.now();
  await app.close();
  expect(Date.now() - begun).toBeLessThan(milliseconds);
}
