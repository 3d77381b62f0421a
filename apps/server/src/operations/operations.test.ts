import {
  DomainError,
  listQuery,
  operation as operationSchema,
  type OutputOf,
  type Platform,
} from '@waterstrider/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { describe, expect, it } from 'vitest';
import { createInventory } from '../inventory/inventory.ts';
import { actorOf, FakePlatform, infraOf, namespaceOf, snapshotOf } from '../inventory/testing/fake-platform.ts';
import type { Actor, RequestContext } from '../pipeline/context.ts';
import { createOperationHandlers } from './operation-handlers.ts';
import { createOperationId } from './operation-id.ts';
import { abandonedError, OperationUpkeep } from './operation-upkeep.ts';
import { startOperation, type StartServices } from './start-operation.ts';
import { MemoryJournal } from './testing/memory-journal.ts';

const log = { warn: () => undefined };
const operator = actorOf({ username: 'olga', roles: new Map([['id-of-a', 'operator']]) });
const viewer = actorOf({ username: 'vera', roles: new Map([['id-of-a', 'viewer']]) });
const stranger = actorOf({ username: 'sam', roles: new Map([['id-of-b', 'operator']]) });
const admin = actorOf({ username: 'admin', admin: true });

type Verbs = Record<string, (input: unknown, context: { operationId: string }) => Promise<unknown>>;

async function makeServices(verbs: Verbs) {
  const fake = new FakePlatform();
  fake.snapshot = snapshotOf({ namespaces: [namespaceOf('a'), namespaceOf('b')], infras: [infraOf('i1', 'a')] });
  const inventory = createInventory({ platform: fake, log });
  await inventory.start();
  const journal = new MemoryJournal();
  const told: string[] = [];
  const services = {
    platform: { kind: 'embedded', verbs, sequence: () => fake.sequence() } as unknown as Platform, // what is used here
    journal,
    inventory,
    events: { operationsChanged: (ids: readonly string[]) => void told.push(...ids) },
  } as unknown as StartServices; // of the events, only what is used here
  return { services, journal, fake, told };
}

function contextOf(actor: Actor, headers: Record<string, string> = {}): RequestContext {
  return {
    actor,
    requestId: 'r',
    address: '127.0.0.1',
    namespace: namespaceOf('a'),
    note: {},
    request: { headers } as unknown as FastifyRequest, // only headers are read
    reply: {} as FastifyReply, // never used
  };
}

const act = (services: StartServices, context: RequestContext, action = 'suspend') =>
  startOperation(services, {
    row: 'actOnInfra',
    input: { params: { ns: 'a', infra: 'i1' }, query: {}, body: { action: action as 'suspend' } }, // an action of the table
    context,
  });

const code = (expected: string) => expect.objectContaining({ code: expected });

describe('startOperation', () => {
  it('writes the task down before the platform is asked, and answers with it', async () => {
    let seen: unknown;
    const { services, journal, told } = await makeServices({
      actOnInfra: (_input, { operationId }) => {
        seen = journal.records.get(operationId);
        return Promise.resolve({});
      },
    });
    const answer = await act(services, contextOf(operator));
    const shown = operationSchema.parse(answer.operation);
    expect(seen).toMatchObject({ kind: 'suspend', namespaceId: 'id-of-a', actor: 'olga' });
    expect(shown).toMatchObject({ kind: 'suspend', ns: 'a', target: { kind: 'infra', id: 'i1', name: 'i1' } });
    expect(told).toEqual([shown.id]);
  });

  it('leaves no task behind a refusal, but keeps one whose outcome is unclear', async () => {
    let error: Error = new DomainError('wrong_state');
    const { services, journal } = await makeServices({ actOnInfra: () => Promise.reject(error) });
    await expect(act(services, contextOf(operator))).rejects.toThrow(code('wrong_state'));
    expect(journal.records.size).toBe(0);
    error = new Error('connection lost');
    await expect(act(services, contextOf(operator))).rejects.toThrow('connection lost');
    expect(journal.records.size).toBe(1);
  });

  it('gives a repeat the same task, waits for the first, and refuses another request under the key', async () => {
    let calls = 0;
    const { services } = await makeServices({
      actOnInfra: async () => {
        calls++;
        await new Promise((resolve) => setTimeout(resolve, 60));
        return {};
      },
    });
    const keyed = contextOf(operator, { 'idempotency-key': 'k1' });
    const [first, second] = await Promise.all([act(services, keyed), act(services, keyed)]);
    expect(second.operation.id).toBe(first.operation.id);
    expect((await act(services, keyed)).operation.id).toBe(first.operation.id);
    expect(calls).toBe(1);
    await expect(act(services, keyed, 'resume')).rejects.toThrow(code('repeat_differs'));
    await expect(act(services, contextOf(operator, { 'idempotency-key': 'ä' }))).rejects.toThrow(code('invalid'));
    await expect(act(services, contextOf(operator, { 'idempotency-key': 'x'.repeat(201) }))).rejects.toThrow(
      code('invalid'),
    );
  });

  it('frees the key of a refused request', async () => {
    let isRefused = true;
    const { services } = await makeServices({
      actOnInfra: () => (isRefused ? Promise.reject(new DomainError('busy')) : Promise.resolve({})),
    });
    const keyed = contextOf(operator, { 'idempotency-key': 'k1' });
    await expect(act(services, keyed)).rejects.toThrow(code('busy'));
    isRefused = false;
    expect((await act(services, keyed)).operation.kind).toBe('suspend');
  });

  it('answers a created infra with counts', async () => {
    const { services, fake } = await makeServices({
      createInfra: () => {
        fake.push({ infras: [infraOf('new', 'a')] });
        return Promise.resolve({ infra: { id: 'new', name: 'new' } });
      },
    });
    const answer = await startOperation(services, {
      row: 'createInfra',
      input: {
        params: { ns: 'a' },
        query: {},
        body: { name: 'new', description: '', policyOnPartialFailure: 'continue', hold: false, nodeGroups: [] },
      },
      context: contextOf(operator),
    });
    // The row's own output.
    expect((answer as OutputOf<'createInfra'>).infra).toMatchObject({ id: 'new', status: 'Empty', nodes: 0 });
  });

  it('lets only operators of its namespace retry or cancel, once per key', async () => {
    let calls = 0;
    const { services, journal } = await makeServices({
      retryOperation: () => {
        calls++;
        return Promise.resolve({});
      },
    });
    const { id } = journal.put({ id: createOperationId(), namespaceId: 'id-of-a', ns: 'a', state: 'failed' });
    const retry = (actor: Actor, headers = {}) =>
      startOperation(services, {
        row: 'retryOperation',
        input: { params: { operation: id }, query: {}, body: undefined },
        context: contextOf(actor, headers),
      });
    await expect(retry(stranger)).rejects.toThrow(code('not_found'));
    await expect(retry(viewer)).rejects.toThrow(code('forbidden'));
    expect((await retry(operator, { 'idempotency-key': 'k' })).operation.id).toBe(id);
    expect((await retry(operator, { 'idempotency-key': 'k' })).operation.id).toBe(id);
    expect(calls).toBe(1);
    await expect(retry(actorOf({ ...operator, roles: new Map() }))).rejects.toThrow(code('not_found'));
  });
});

describe('reading tasks', () => {
  const list = (query: object = {}) => ({ params: {}, query: listQuery.loose().parse(query), body: undefined });

  it('shows members those of their namespaces, administrators all', async () => {
    const { services, journal } = await makeServices({});
    const handlers = createOperationHandlers(services);
    const ids = Array.from({ length: 5 }, (_, index) => createOperationId(index + 1));
    const [inA = '', inA2 = '', inB = '', nowhere = '', inGone = ''] = ids;
    journal.put({ id: inA, namespaceId: 'id-of-a' });
    journal.put({ id: inA2, namespaceId: 'id-of-a' });
    journal.put({ id: inB, namespaceId: 'id-of-b' });
    journal.put({ id: nowhere, actor: 'admin' });
    journal.put({ id: inGone, namespaceId: 'id-of-gone' });
    const listed = async (actor: Actor, query = {}) => {
      const page = await handlers.listOperations(list(query), contextOf(actor));
      return 'items' in page ? page : expect.fail('a page is no text');
    };
    expect((await listed(viewer)).items.map(({ id }) => id)).toEqual([inA2, inA]);
    expect((await listed(admin)).total).toBe(5);
    expect((await listed(admin, { ns: 'b' })).items.map(({ id }) => id)).toEqual([inB]);
    await expect(listed(viewer, { ns: 'b' })).rejects.toThrow(code('not_found'));
    const first = await listed(viewer, { limit: 1 });
    const second = await listed(viewer, { limit: 1, cursor: first.next });
    expect([first.items[0]?.id, second.items[0]?.id, second.next]).toEqual([inA2, inA, undefined]);
    await expect(listed(viewer, { filter: 'colour:red' })).rejects.toThrow(/state, kind, target/);

    const get = (actor: Actor, operation: string) =>
      handlers.getOperation({ params: { operation }, query: {}, body: undefined }, contextOf(actor));
    await expect(get(viewer, inB)).rejects.toThrow(code('not_found'));
    await expect(get(viewer, nowhere)).rejects.toThrow(code('not_found'));
    await expect(get(viewer, "'; drop table")).rejects.toThrow(code('not_found'));
    await expect(get(actorOf({ roles: new Map([['id-of-gone', 'viewer']]) }), inGone)).rejects.toThrow(
      code('not_found'),
    );
    expect(await get(viewer, inA)).toMatchObject({ id: inA, items: [] });
    expect(await get(actorOf({ username: 'admin' }), nowhere)).toMatchObject({ id: nowhere });
  });

  it('refuses a forged cursor', async () => {
    const { services } = await makeServices({});
    const handlers = createOperationHandlers(services);
    const journal = new MemoryJournal();
    for (let n = 1; n < 4; n++) journal.put({ id: createOperationId(n), namespaceId: 'id-of-a' });
    const page = await createOperationHandlers({ ...services, journal }).listOperations(
      list({ limit: 1 }),
      contextOf(viewer),
    );
    const cursor = 'next' in page ? (page.next ?? '') : '';
    const parts = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[];
    for (const [value, id] of [
      ['not a time', parts[3]],
      [parts[2], 'not an id'],
      [7, parts[3]],
    ]) {
      const forged = Buffer.from(JSON.stringify([parts[0], parts[1], value, id])).toString('base64url');
      await expect(handlers.listOperations(list({ limit: 1, cursor: forged }), contextOf(viewer))).rejects.toThrow(
        code('invalid'),
      );
    }
  });
});

describe('createOperationId', () => {
  it('makes UUIDs of version 7 that sort by time', () => {
    const ids = [1, 2, 1_000, Date.now()].map((now) => createOperationId(now));
    expect([...ids].sort()).toEqual(ids);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});

describe('OperationUpkeep', () => {
  it('fails only what the platform never took on', async () => {
    const journal = new MemoryJournal();
    const old = new Date(Date.now() - 180_000).toISOString();
    journal.put({ id: 'abandoned', startedAt: old });
    journal.put({ id: 'young' });
    journal.put({ id: 'counted', startedAt: old, total: 3 });
    journal.put({ id: 'with-items', startedAt: old });
    journal.put({ id: 'running', startedAt: old, state: 'running' });
    journal.itemsOf.set('with-items', [{ target: { kind: 'node', id: '1', name: 'n' }, state: 'pending' }]);
    const changed: string[] = [];
    const upkeep = new OperationUpkeep({ journal, onChanged: (ids) => void changed.push(...ids), keptDays: 90, log });
    await upkeep.recover();
    expect(changed).toEqual(['abandoned']);
    expect(journal.records.get('abandoned')).toMatchObject({ state: 'failed', error: abandonedError });
  });
});
