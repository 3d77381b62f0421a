import { listQuery, type InfraInput, type InfraReview, type Platform } from '@waterstrider/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { describe, expect, it } from 'vitest';
import type { Actor, RequestContext } from '../pipeline/context.ts';
import { Raw } from '../pipeline/handlers.ts';
import type { Services } from '../services.ts';
import { createInventoryHandlers } from './handlers.ts';
import { createInventory } from './inventory.ts';
import {
  actorOf,
  connectionOf,
  FakePlatform,
  infraOf,
  namespaceOf,
  nodeOf,
  snapshotOf,
} from './testing/fake-platform.ts';

const member = actorOf({ roles: new Map([['id-of-a', 'operator']]) });
const code = (expected: string) => expect.objectContaining({ code: expected });
const reviewed: InfraInput[] = [];

const review = (_ns: string, input: InfraInput): Promise<InfraReview> => {
  reviewed.push(input);
  return Promise.resolve({
    verdict: 'ok',
    messages: [],
    nodeGroups: input.nodeGroups.map(({ name, size }) => ({ nodeGroup: name, verdict: 'ok', messages: [], size })),
    resources: [],
    nodes: input.nodeGroups.length,
    costPerHourUsd: 0.5,
    costPerMonthUsd: 365,
    unpriced: 0,
    approximate: false,
  });
};

async function makeHandlers() {
  const fake = new FakePlatform();
  fake.snapshot = snapshotOf({
    namespaces: [namespaceOf('a'), namespaceOf('b')],
    connections: [connectionOf('c', { namespaces: ['a'] }), connectionOf('d', { namespaces: ['b'] })],
    infras: [infraOf('i1', 'a'), infraOf('i2', 'b')],
    nodes: [nodeOf('n1', 'a', 'i1'), nodeOf('n2', 'b', 'i2')],
  });
  const inventory = createInventory({ platform: fake, log: { warn: () => undefined } });
  await inventory.start();
  const platform = { kind: 'embedded', review } as unknown as Platform; // what is used here
  return createInventoryHandlers({ inventory, platform } as unknown as Services); // what is used here
}

const contextOf = (actor: Actor, ns = 'a'): RequestContext => ({
  actor,
  requestId: 'r',
  address: '127.0.0.1',
  namespace: namespaceOf(ns),
  note: {},
  request: {} as FastifyRequest, // never used
  reply: {} as FastifyReply, // never used
});

const read = (answer: unknown): unknown => (answer instanceof Raw ? JSON.parse(answer.text) : answer);
const query = listQuery.parse({});

describe('createInventoryHandlers', () => {
  it('does not find what belongs to another namespace, by id or name', async () => {
    const handlers = await makeHandlers();
    const context = contextOf(member);
    const node = (id: string) =>
      handlers.getNode({ params: { ns: 'a', node: id }, query: {}, body: undefined }, context);
    const infra = (id: string) =>
      handlers.getInfra({ params: { ns: 'a', infra: id }, query: {}, body: undefined }, context);
    expect(read(await node('n1'))).toMatchObject({ id: 'n1' });
    await expect(node('n2')).rejects.toThrow(code('not_found'));
    await expect(
      handlers.getNodeHistory({ params: { ns: 'a', node: 'n2' }, query: { limit: 5 }, body: undefined }, context),
    ).rejects.toThrow(code('not_found'));
    expect(read(await infra('i1'))).toMatchObject({ id: 'i1' });
    await expect(infra('i2')).rejects.toThrow(code('not_found'));
    const page = read(await handlers.listNodes({ params: { ns: 'a' }, query, body: undefined }, context));
    expect(page).toMatchObject({ total: 1, items: [{ id: 'n1' }] });
  });

  it('sums an overview up over one’s own namespaces only', async () => {
    const handlers = await makeHandlers();
    const overviewOf = async (actor: Actor) =>
      read(await handlers.getOverview({ params: {}, query: {}, body: undefined }, contextOf(actor)));
    expect(await overviewOf(member)).toMatchObject({
      namespaces: [{ ns: 'a' }],
      total: { nodes: { total: 1 }, infras: { total: 1 }, connections: { total: 1 } },
    });
    expect(await overviewOf(actorOf({ admin: true }))).toMatchObject({
      total: { nodes: { total: 2 }, connections: { total: 2 } },
    });
    expect(await overviewOf(actorOf())).toMatchObject({ namespaces: [], total: { nodes: { total: 0 } } });
  });

  it('reviews with the same words for a foreign and an unknown connection, asking the platform about neither', async () => {
    const handlers = await makeHandlers();
    const group = (name: string, connection: string) => ({ name, connection, spec: 's', image: 'i', size: 2 });
    const body: InfraInput = {
      name: 'x',
      description: '',
      policyOnPartialFailure: 'continue',
      hold: false,
      nodeGroups: [group('mine', 'c'), group('foreign', 'd'), group('unknown', 'e')],
    };
    const answer = await handlers.reviewInfra({ params: { ns: 'a' }, query: {}, body }, contextOf(member));
    const { verdict, nodeGroups, nodes } = answer instanceof Raw ? expect.fail('a review is no text') : answer;
    expect([verdict, nodes]).toEqual(['error', 6]);
    expect(nodeGroups.map((shown) => shown.verdict)).toEqual(['ok', 'error', 'error']);
    const texts = nodeGroups.slice(1).map((shown) => shown.messages[0]?.text.replace(/"."/, ''));
    expect(texts[0]).toBe(texts[1]);
    expect(reviewed.at(-1)?.nodeGroups.map(({ name }) => name)).toEqual(['mine']);
  });
});
