import fc from 'fast-check';
import {
  infra as infraSchema,
  isTransitional,
  nodeStatuses,
  nsOverview,
  overview as overviewSchema,
  toInfraStatus,
  type Change,
  type Node,
  type NsOverview,
} from '@waterstrider/contract';
import { describe, expect, it } from 'vitest';
import { isBilled, toNanoUsd, toUsd } from './billing.ts';
import { InventoryModel } from './inventory-model.ts';
import { Overviews } from './overview.ts';
import { changeOf, connectionOf, infraOf, namespaceOf, nodeOf, snapshotOf } from './testing/fake-platform.ts';

const names = ['a', 'b'] as const;
const anyNode = fc.record({
  id: fc.integer({ min: 0, max: 12 }).map((n) => `n${String(n)}`),
  place: fc.constantFrom('a/i1', 'a/i2', 'b/i3', 'b/i4'),
  status: fc.constantFrom(...nodeStatuses),
  provider: fc.constantFrom('sim-aws', 'sim-gcp'),
  connection: fc.constantFrom('c', 'd'),
  group: fc.constantFrom('g', 'h'),
  cost: fc.constantFrom(undefined, 0.1, 0.2, 0.0104, 0),
  isMade: fc.boolean(),
});

const toNode = (made: typeof anyNode extends fc.Arbitrary<infer Value> ? Value : never): Node => {
  const [ns = '', infraId = ''] = made.place.split('/');
  const { cspResourceId, ...node } = nodeOf(made.id, ns, infraId, {
    status: made.status,
    provider: made.provider,
    connection: made.connection,
    nodeGroup: made.group,
  });
  return {
    ...node,
    ...(made.cost === undefined ? {} : { costPerHourUsd: made.cost }),
    ...(made.isMade && cspResourceId !== undefined ? { cspResourceId } : {}),
  };
};

const infraIds = ['a/i1', 'a/i2', 'b/i3', 'b/i4'];
const toInfra = (place: string) => {
  const [ns = '', id = ''] = place.split('/');
  return infraOf(id, ns);
};

const anyStep = fc.oneof(
  { weight: 6, arbitrary: fc.array(anyNode, { maxLength: 5 }).map((nodes) => ({ nodes: nodes.map(toNode) })) },
  {
    weight: 2,
    arbitrary: fc.subarray(['n0', 'n1', 'n2', 'n3', 'n4', 'n5']).map((nodes) => ({ removed: { nodes } })),
  },
  { weight: 2, arbitrary: fc.subarray(infraIds).map((places) => ({ infras: places.map(toInfra) })) },
  {
    weight: 1,
    arbitrary: fc.subarray(infraIds).map((places) => ({ removed: { infras: places.map((place) => place.slice(2)) } })),
  },
  { weight: 1, arbitrary: fc.constantFrom(...names).map((name) => ({ namespaces: [namespaceOf(name)] })) },
  { weight: 1, arbitrary: fc.constantFrom(...names).map((name) => ({ removed: { namespaces: [`id-of-${name}`] } })) },
);

const apply = (model: InventoryModel, step: object): void => {
  // Each step names a few fields of a change.
  model.apply(changeOf(step as Partial<Change>));
};

/** Everything an overview says of servers and infras, counted from scratch. */
function recount(model: InventoryModel, name: string): Pick<NsOverview, 'infras' | 'nodes' | 'cost'> {
  const nodes = [...model.nodes.values()].map((entry) => entry.node).filter((node) => node.ns === name);
  const infras = [...model.infraIds()].flatMap((id) => model.infra(id)?.record ?? []).filter(({ ns }) => ns === name);
  const statusesOf = (list: Node[]) => countBy(list.map((node) => node.status));
  const billed = nodes.filter(isBilled);
  const priced = billed.filter((node) => node.costPerHourUsd !== undefined);
  const nano = priced.reduce((sum, node) => sum + toNanoUsd(node.costPerHourUsd ?? 0), 0);
  const byProvider: Record<string, number> = {};
  for (const node of priced) {
    byProvider[node.provider] = (byProvider[node.provider] ?? 0) + toNanoUsd(node.costPerHourUsd ?? 0);
  }
  const providers = Object.entries(byProvider).filter(([, sum]) => sum > 0);
  return {
    infras: {
      total: infras.length,
      byStatus: countBy(infras.map(({ id }) => toInfraStatus(statusesOf(nodes.filter((node) => node.infraId === id))))),
    },
    nodes: { total: nodes.length, byStatus: statusesOf(nodes) },
    cost: {
      perHourUsd: toUsd(nano),
      perMonthUsd: toUsd(nano * 730),
      unpriced: billed.length - priced.length,
      byProvider: Object.fromEntries(providers.map(([provider, sum]) => [provider, toUsd(sum)])),
    },
  };
}

function countBy(values: string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}

describe('InventoryModel', () => {
  it('keeps counts, cost and infra status equal to counting anew, after any changes', () => {
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 25 }), (steps) => {
        const model = new InventoryModel();
        const overviews = new Overviews(model);
        model.apply(snapshotOf({ namespaces: names.map((name) => namespaceOf(name)), infras: infraIds.map(toInfra) }));
        for (const step of steps) {
          apply(model, step);
          for (const state of model.namespaces()) {
            const shown = nsOverview.parse(JSON.parse(overviews.ofNamespace(state)));
            expect(shown).toMatchObject(recount(model, state.name));
            expect(shown.nodes.byStatus).toEqual(recount(model, state.name).nodes.byStatus);
            expect(shown.cost).toEqual(recount(model, state.name).cost);
            expect(shown.infras).toEqual(recount(model, state.name).infras);
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  it('shows infras that fit the contract, with squares in the order of the servers', () => {
    const model = new InventoryModel();
    const nodes = Array.from({ length: 45 }, (_, index) =>
      nodeOf(`x${String(index)}`, 'a', 'i1', {
        name: `g-${String(index + 1)}`,
        status: index === 1 ? 'Failed' : index === 9 ? 'Creating' : 'Running',
      }),
    );
    model.apply(snapshotOf({ namespaces: [namespaceOf('a')], infras: [infraOf('i1', 'a')], nodes: nodes.reverse() }));
    const view = infraSchema.parse(model.infra('i1')?.view());
    expect(view.squares).toEqual([
      { group: 'g', provider: 'sim-aws', squares: `RF${'R'.repeat(7)}M${'R'.repeat(30)}`, more: 5 },
    ]);
    expect(view.nodeGroups[0]).toMatchObject({ nodes: 45, statusCounts: { Running: 43, Failed: 1, Creating: 1 } });
    expect(view.status).toBe('PartlyFailed');
    expect(isTransitional('Creating')).toBe(true);
  });

  it('learns from a snapshot what vanished, and tells only the differences', () => {
    const model = new InventoryModel();
    const base = { namespaces: [namespaceOf('a')], infras: [infraOf('i1', 'a')] };
    model.apply(
      snapshotOf({ ...base, nodes: [nodeOf('1', 'a', 'i1'), nodeOf('2', 'a', 'i1'), nodeOf('3', 'a', 'i1')] }),
    );
    const delta = model.apply(
      snapshotOf({
        ...base,
        sequence: 7,
        nodes: [nodeOf('1', 'a', 'i1'), nodeOf('2', 'a', 'i1', { status: 'Suspended' })],
      }),
    );
    const changes = delta.namespaces.get('id-of-a');
    expect([...(changes?.nodes.changed ?? [])]).toEqual(['2']);
    expect([...(changes?.nodes.removed ?? [])]).toEqual(['3']);
    expect(changes?.described).toBe(false);
    expect(model.sequence).toBe(7);
  });

  it('lets a namewise successor inherit nothing', () => {
    const model = new InventoryModel();
    model.apply(
      snapshotOf({
        namespaces: [namespaceOf('a', 'first')],
        infras: [infraOf('i1', 'a')],
        nodes: [nodeOf('1', 'a', 'i1')],
      }),
    );
    model.apply(changeOf({ namespaces: [namespaceOf('a', 'second')] }));
    expect(model.namespaceById('first')).toBeUndefined();
    expect(model.namespaceById('second')?.nodes.size).toBe(0);
    expect(model.nodes.size).toBe(0);
    model.apply(changeOf({ removed: { namespaces: ['first'], connections: [], infras: [], nodes: [] } }));
    expect(model.namespace('a')?.record.id).toBe('second');
  });

  it('counts connections where they may be used, and says where they no longer may', () => {
    const model = new InventoryModel();
    const overviews = new Overviews(model);
    model.apply(
      snapshotOf({
        namespaces: [namespaceOf('a'), namespaceOf('b')],
        connections: [connectionOf('c', { namespaces: ['a'] }), connectionOf('d')],
      }),
    );
    const count = (name: string) => {
      const state = model.namespace(name);
      return state && nsOverview.parse(JSON.parse(overviews.ofNamespace(state))).connections.total;
    };
    expect([count('a'), count('b')]).toEqual([2, 1]);
    const delta = model.apply(changeOf({ connections: [connectionOf('c', { namespaces: ['b'] })] }));
    expect([count('a'), count('b')]).toEqual([1, 2]);
    expect([...(delta.namespaces.get('id-of-a')?.connections.removed ?? [])]).toEqual(['id-of-c']);
    const all = overviewSchema.parse(JSON.parse(overviews.over(model.namespaces(), false)));
    expect(all.total.connections.total).toBe(2);
    expect(all.namespaces.map(({ ns }) => ns)).toEqual(['a', 'b']);
  });
});
