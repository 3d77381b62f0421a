import fc from 'fast-check';
import {
  connection as connectionSchema,
  listQuery,
  nodeSortKeys,
  nodeStatuses,
  type Connection,
  type Infra,
  type Node,
  type Page,
} from '@waterstrider/contract';
import { describe, expect, it } from 'vitest';
import { getConnection, listConnections } from './connections.ts';
import { InventoryModel } from './inventory-model.ts';
import { listInfras, listNodes } from './lists.ts';
import type { ShownState } from './namespace-state.ts';
import { listNamespaces } from './namespaces.ts';
import { actorOf, changeOf, connectionOf, infraOf, namespaceOf, nodeOf, snapshotOf } from './testing/fake-platform.ts';

const scope = ['embedded', 'ns'];
const query = (given: object) => listQuery.parse(given);
// The texts are joined from nodes that the tests made.
const nodesOf = (state: ShownState, given: object) => JSON.parse(listNodes(state, query(given), scope)) as Page<Node>;
const infrasOf = (state: ShownState, given: object) =>
  JSON.parse(listInfras(state, query(given), scope)) as Page<Infra>;

function modelWith(nodes: Node[]): { model: InventoryModel; state: ShownState } {
  const model = new InventoryModel();
  model.apply(
    snapshotOf({
      namespaces: [namespaceOf('a'), namespaceOf('b')],
      infras: [infraOf('i1', 'a'), infraOf('i2', 'b')],
      nodes,
    }),
  );
  const state = model.namespace('a');
  if (!state) throw new Error('the namespace is there');
  return { model, state };
}

const anyNode = fc.record({
  status: fc.constantFrom(...nodeStatuses),
  spec: fc.constantFrom('s1', 's2'),
  cost: fc.constantFrom(undefined, 0.1, 0.2),
  createdAt: fc.constantFrom('2026-01-01T00:00:00.000Z', '2026-01-02T00:00:00.000Z'),
});
const toNode = (made: typeof anyNode extends fc.Arbitrary<infer Value> ? Value : never, id: string): Node =>
  nodeOf(id, 'a', 'i1', {
    status: made.status,
    spec: made.spec,
    createdAt: made.createdAt,
    ...(made.cost === undefined ? {} : { costPerHourUsd: made.cost }),
  });

describe('listNodes', () => {
  it('visits every server that stays exactly once, whatever the sort, while others come and go', () => {
    const sorts = nodeSortKeys.flatMap((key) => [key, `-${key}`]);
    fc.assert(
      fc.property(
        fc.array(anyNode, { minLength: 1, maxLength: 30 }),
        fc.constantFrom(...sorts),
        fc.integer({ min: 1, max: 7 }),
        fc.array(fc.record({ node: anyNode, remove: fc.boolean() }), { maxLength: 20 }),
        (kept, sort, limit, others) => {
          const { model, state } = modelWith(kept.map((made, index) => toNode(made, `k${String(index)}`)));
          const seen: string[] = [];
          let cursor: string | undefined;
          let turn = 0;
          do {
            const page = nodesOf(state, { sort, limit, ...(cursor === undefined ? {} : { cursor }) });
            seen.push(...page.items.map(({ id }) => id));
            cursor = page.next;
            const other = others[turn];
            if (other) model.apply(changeOf({ nodes: [toNode(other.node, `o${String(turn)}`)] }));
            if (other?.remove) {
              model.apply(
                changeOf({ removed: { nodes: [`o${String(turn - 1)}`], namespaces: [], connections: [], infras: [] } }),
              );
            }
            turn++;
          } while (cursor !== undefined);
          expect(seen.filter((id) => id.startsWith('k')).sort()).toEqual(
            kept.map((_, index) => `k${String(index)}`).sort(),
          );
          expect(new Set(seen).size).toBe(seen.length);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('keeps every sort right while values change', () => {
    const sorts = nodeSortKeys.flatMap((key) => [key, `-${key}`]);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 15 }), anyNode), { maxLength: 40 }),
        fc.constantFrom(...sorts),
        (steps, sort) => {
          const { model, state } = modelWith([]);
          const latest = new Map<string, Node>();
          for (const [index, made] of steps) {
            const node = toNode(made, `n${String(index)}`);
            latest.set(node.id, node);
            model.apply(changeOf({ nodes: [node] }));
            nodesOf(state, { sort });
          }
          const fresh = modelWith([...latest.values()]);
          expect(nodesOf(state, { sort, limit: 500 })).toEqual(nodesOf(fresh.state, { sort, limit: 500 }));
        },
      ),
      { numRuns: 100 },
    );
  });

  it('puts unknown prices last in both directions', () => {
    const { state } = modelWith([
      nodeOf('1', 'a', 'i1', { costPerHourUsd: 2 }),
      nodeOf('2', 'a', 'i1'),
      nodeOf('3', 'a', 'i1', { costPerHourUsd: 1 }),
    ]);
    expect(nodesOf(state, { sort: 'costPerHourUsd' }).items.map(({ id }) => id)).toEqual(['3', '1', '2']);
    expect(nodesOf(state, { sort: '-costPerHourUsd' }).items.map(({ id }) => id)).toEqual(['1', '3', '2']);
  });

  it('filters, searches, and names the keys it knows', () => {
    const { state } = modelWith([
      nodeOf('1', 'a', 'i1', { status: 'Running', labels: { env: 'prod' }, publicIp: '198.18.0.7' }),
      nodeOf('2', 'a', 'i1', { status: 'Failed', labels: { env: 'test' } }),
      nodeOf('3', 'a', 'i1', { status: 'Suspended' }),
    ]);
    const ids = (given: object) => nodesOf(state, given).items.map(({ id }) => id);
    expect(ids({ filter: ['status:Running', 'status:Failed'] })).toEqual(['1', '2']);
    expect(ids({ filter: ['status:Running', 'label:env=test'] })).toEqual([]);
    expect(ids({ filter: 'label:env' })).toEqual(['1', '2']);
    expect(ids({ search: '198.18.0' })).toEqual(['1']);
    expect(ids({ search: 'ENV=Test' })).toEqual(['2']);
    expect(nodesOf(state, { filter: 'status:Failed', limit: 1 })).toMatchObject({ total: 1 });
    expect(() => nodesOf(state, { filter: 'colour:red' })).toThrow(/nodeGroup/);
    expect(() => nodesOf(state, { sort: 'colour' })).toThrow(/createdAt/);
    expect(() => nodesOf(state, { cursor: 'abc' })).toThrow(/cursor/);
  });
});

describe('listInfra', () => {
  it('follows counts and status', () => {
    const { model, state } = modelWith([nodeOf('1', 'a', 'i1')]);
    expect(infrasOf(state, {}).items).toMatchObject([{ id: 'i1', status: 'Running', nodes: 1 }]);
    model.apply(changeOf({ infras: [infraOf('i0', 'a')], nodes: [nodeOf('1', 'a', 'i1', { status: 'Suspended' })] }));
    expect(infrasOf(state, { sort: '-nodes' }).items.map(({ id, status }) => [id, status])).toEqual([
      ['i1', 'Suspended'],
      ['i0', 'Empty'],
    ]);
    expect(infrasOf(state, { filter: 'status:Empty' }).items.map(({ id }) => id)).toEqual(['i0']);
  });
});

describe('what a member sees', () => {
  const { model } = modelWith([nodeOf('1', 'a', 'i1'), nodeOf('2', 'b', 'i2'), nodeOf('3', 'b', 'i2')]);
  model.apply(
    changeOf({
      connections: [
        connectionOf('c', { namespaces: ['a', 'b'] }),
        connectionOf('d', { namespaces: ['id-of-b'] }),
        connectionOf('e'),
      ],
    }),
  );
  const member = actorOf({ roles: new Map([['id-of-a', 'viewer']]) });
  const admin = actorOf({ admin: true });
  const connections = (actor: typeof member, given: object = {}): Connection[] =>
    listConnections(model, actor, { ...query({}), ...given }, scope).items.map((item) => connectionSchema.parse(item));

  it('holds only namespaces one is a member of', () => {
    expect(listNamespaces(model, member, query({}), scope)).toMatchObject({
      items: [{ name: 'a', role: 'viewer', nodes: 1, infras: 1 }],
      total: 1,
    });
    expect(listNamespaces(model, actorOf(), query({}), scope).total).toBe(0);
    expect(listNamespaces(model, admin, query({}), scope).total).toBe(2);
  });

  it('counts servers, and names namespaces, of those only', () => {
    expect(connections(member).map(({ name, nodes, namespaces }) => [name, nodes, namespaces])).toEqual([
      ['c', 1, ['a']],
      ['e', 0, undefined],
    ]);
    expect(connections(admin).map(({ name, nodes }) => [name, nodes])).toEqual([
      ['c', 3],
      ['d', 0],
      ['e', 0],
    ]);
    expect(connections(admin, { ns: 'b' }).map(({ name, nodes }) => [name, nodes])).toEqual([
      ['c', 2],
      ['d', 0],
      ['e', 0],
    ]);
    expect(connections(actorOf())).toEqual([]);
  });

  it('has no foreign namespace and no foreign connection', () => {
    expect(() => connections(member, { ns: 'b' })).toThrow(expect.objectContaining({ code: 'not_found' }));
    expect(() => getConnection(model, member, 'd')).toThrow(expect.objectContaining({ code: 'not_found' }));
    expect(getConnection(model, member, 'c')).toMatchObject({ nodes: 1, namespaces: ['a'] });
  });
});
