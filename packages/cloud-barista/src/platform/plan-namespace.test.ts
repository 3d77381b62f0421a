import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planNamespace, type Held, type Observed } from './plan-namespace.ts';
import type { Call, MirroredConnection, MirroredGroup, MirroredInfra, MirroredNode } from '../ports/index.ts';
import { recordingOf } from '../testing/recordings.ts';
import { readInfraList, type WireInfra, type WireNode } from '../wire/tumblebug-infra.ts';

const namespaceId = 'ns-1';
const connections = new Map<string, MirroredConnection>(
  ['mock-mercury', 'alpha-mars'].map((name) => [
    name,
    {
      id: `id-of-${name}`,
      name,
      credentialId: 'credential',
      credential: 'mock',
      provider: name.split('-')[0] ?? '',
      region: name.split('-')[1] ?? '',
      zones: [],
      state: 'Verified',
      disabled: false,
      reachable: true,
    },
  ]),
);
const nothing: Held = { infras: [], groups: [], nodes: [] };
const plan = (held: Held, seen: WireInfra[], more: Partial<Observed> = {}) =>
  planNamespace(held, { namespaceId, seen, connections, openCalls: [], unclear: new Set(), ...more });

const recorded = (name: string): WireInfra[] => readInfraList(recordingOf(name).response.body);
const wireNode = (name: string, more: Partial<WireNode> = {}): WireNode => ({
  name,
  uid: `uid-${name}`,
  group: name.replace(/-\d+$/, ''),
  status: 'Running',
  connection: 'mock-mercury',
  provider: 'mock',
  region: 'mercury',
  spec: 'mock+mercury+small',
  image: 'ubuntu',
  labels: {},
  ...more,
});
const wireInfra = (name: string, nodes: WireNode[], more: Partial<WireInfra> = {}): WireInfra => ({
  name,
  uid: `uid-${name}`,
  description: '',
  labels: {},
  status: 'Running',
  nodes,
  messages: [],
  creationErrors: [],
  ...more,
});

/** An MCIS that was asked for here and is not seen upstream yet. */
function asked(names: string[]): { held: Held; call: Call } {
  const infra: MirroredInfra = {
    id: 'infra-1',
    namespaceId,
    name: 'shop',
    description: '',
    labels: {},
    policy: 'continue',
    phase: 'Preparing',
    runningOperation: 'operation-1',
    createdBy: 'tester',
  };
  const group: MirroredGroup = {
    id: 'group-1',
    infraId: infra.id,
    name: 'web',
    position: 0,
    connectionId: 'id-of-mock-mercury',
    provider: 'mock',
    region: 'mercury',
    spec: 'mock+mercury+small',
    image: 'ubuntu',
    labels: {},
    size: names.length,
  };
  const nodes = names.map((name, index): MirroredNode => ({
    id: `node-${String(index + 1)}`,
    namespaceId,
    infraId: infra.id,
    groupId: group.id,
    name,
    index: index + 1,
    connectionId: group.connectionId,
    provider: 'mock',
    region: 'mercury',
    spec: group.spec,
    image: group.image,
    labels: {},
    status: 'Creating',
    targetStatus: 'Running',
    targetAction: 'create',
    operationId: 'operation-1',
  }));
  const call: Call = {
    id: 'operation-1',
    operationId: 'operation-1',
    namespaceId,
    infraId: infra.id,
    goal: 'create',
    method: 'POST',
    path: '/ns/x/infraDynamic',
    items: nodes.map(({ id }) => id),
    state: 'sent',
  };
  return { held: { infras: [infra], groups: [group], nodes }, call };
}

describe('what the mirror writes of a namespace', () => {
  it('takes in a recorded list whole', () => {
    const { after, putInfras, putGroups, putNodes } = plan(nothing, recorded('infra-list'));
    expect(putInfras.map(({ name, labels }) => ({ name, labels }))).toEqual([{ name: 'i1', labels: { role: 'demo' } }]);
    expect(putGroups.map(({ name, size, provider }) => `${name} ${String(size)} ${provider}`)).toEqual([
      'g1 2 mock',
      'g2 1 alpha',
    ]);
    expect(putNodes).toEqual(after.nodes);
    expect(putNodes[0]).toMatchObject({ status: 'Running', publicIp: '4.3.2.1', region: 'mercury', index: 1 });
    expect(putNodes[0]).not.toHaveProperty('costPerHourUsd');
  });

  it('shows recorded servers on their way, and why one could not be made', () => {
    const creating = plan(nothing, recorded('infra-list-creating')).after.nodes;
    expect(creating.map(({ name, status, targetAction }) => `${name} ${status} ${targetAction ?? '-'}`)).toEqual([
      'bad-1 Creating create',
      'ok-1 Creating create',
      'ok-2 Running -',
    ]);
    const failed = plan(
      nothing,
      readInfraList({ infra: [recordingOf('infraDynamic-partial-continue').response.body] }),
    ).after;
    expect(failed.nodes.find(({ name }) => name === 'bad-1')).toMatchObject({
      status: 'Failed',
      error: { code: 'tumblebug', message: expect.stringContaining('ghost-image image does not exist') },
    });
  });

  it('keeps the ids of what was asked for when it comes to be seen', () => {
    const { held, call } = asked(['web-1', 'web-2']);
    const { after, deleteNodes } = plan(held, [wireInfra('shop', [wireNode('web-2'), wireNode('web-1')])], {
      openCalls: [call],
    });
    expect(deleteNodes).toEqual([]);
    expect(new Map(after.nodes.map(({ id, uid }) => [id, uid]))).toEqual(
      new Map([
        ['node-1', 'uid-web-1'],
        ['node-2', 'uid-web-2'],
      ]),
    );
    expect(after.infras[0]).toMatchObject({ id: 'infra-1', runningOperation: 'operation-1', createdBy: 'tester' });
    expect(after.infras[0]).not.toHaveProperty('phase');
  });

  it('gives a number that upstream counted otherwise to a server that was asked for', () => {
    const { held, call } = asked(['web-1']);
    const { after } = plan(held, [wireInfra('shop', [wireNode('web-7')])], { openCalls: [call] });
    expect(after.nodes).toMatchObject([{ id: 'node-1', name: 'web-7', index: 7 }]);
  });

  it('keeps what is not seen yet only as long as its request is under way', () => {
    const { held, call } = asked(['web-1', 'web-2']);
    const awaited = plan(held, [], { openCalls: [call] });
    expect(awaited.after).toEqual(held);
    expect(awaited.putNodes).toEqual([]);
    const partly = plan(held, [wireInfra('shop', [wireNode('web-1')])], { openCalls: [call] });
    expect(partly.after.nodes.map(({ id }) => id).sort()).toEqual(['node-1', 'node-2']);
    expect(partly.after.groups).toMatchObject([{ size: 2 }]);
    expect(plan(held, []).deleteInfras).toEqual(['infra-1']);
    expect(plan(held, [wireInfra('shop', [wireNode('web-1')])]).deleteNodes).toEqual(['node-2']);
  });

  it('takes one with another uid for a successor', () => {
    const first = plan(nothing, [wireInfra('shop', [wireNode('web-1')])]).after;
    const next = plan(first, [wireInfra('shop', [wireNode('web-1', { uid: 'new' })], { uid: 'new' })]);
    expect(next.deleteInfras).toEqual([first.infras[0]?.id]);
    expect(next.deleteNodes).toEqual([first.nodes[0]?.id]);
    expect(next.putInfras).toHaveLength(1);
  });

  it('shows a held creation as prepared, with its servers', () => {
    const { held, call } = asked(['web-1']);
    const seen = [wireInfra('shop', [], { status: 'Creating', targetAction: 'Create' })];
    const preparing = plan(held, seen, { openCalls: [{ ...call, goal: 'hold' }] });
    expect(preparing.after.infras).toMatchObject([{ phase: 'Preparing' }]);
    const prepared = plan(held, seen, { openCalls: [{ ...call, goal: 'hold', state: 'held' }] });
    expect(prepared.after.infras).toMatchObject([{ phase: 'Prepared' }]);
    expect(prepared.after.nodes).toHaveLength(1);
  });

  it('says that it is unclear what becomes of servers whose request was forgotten', () => {
    const { held } = asked(['web-1', 'web-2']);
    const seen = [wireInfra('shop', [wireNode('web-1', { status: 'Creating' }), wireNode('web-2')])];
    const { after } = plan(held, seen, { unclear: new Set(['infra-1']) });
    expect(after.nodes.map(({ name, status, error }) => [name, status, error?.code])).toEqual([
      ['web-1', 'Undefined', 'unclear'],
      ['web-2', 'Running', undefined],
    ]);
    // It stays so without the reason, until somebody resolves it.
    expect(plan(after, seen).putNodes).toEqual([]);
    const resolving = { ...asked([]).call, goal: 'resolve' as const, items: [] };
    expect(plan(after, seen, { openCalls: [resolving] }).putNodes).toMatchObject([{ status: 'Creating' }]);
  });

  it('plans nothing when the same list comes again', () => {
    const status = fc.constantFrom('Running', 'Creating', 'Suspended', 'Terminated', 'Failed', 'Undefined' as const);
    const connection = fc.constantFrom('mock-mercury', 'alpha-mars', 'nowhere');
    const labels = fc.dictionary(fc.stringMatching(/^[a-z]{1,4}$/), fc.string({ maxLength: 5 }), { maxKeys: 3 });
    const node = fc
      .record({
        group: fc.constantFrom('web', 'db'),
        number: fc.integer({ min: 1, max: 6 }),
        status,
        connection,
        labels,
        targetAction: fc.option(fc.constantFrom('Create', 'Suspend', 'Odd'), { nil: undefined }),
      })
      .map(({ group, number, targetAction, ...more }) =>
        wireNode(`${group}-${String(number)}`, { ...more, ...(targetAction === undefined ? {} : { targetAction }) }),
      );
    const infra = fc
      .record({
        name: fc.constantFrom('one', 'two', 'three'),
        nodes: fc.uniqueArray(node, { selector: ({ name }) => name, maxLength: 8 }),
        status: fc.constantFrom('Running', 'Preparing', 'Prepared', 'Empty'),
        labels,
      })
      .map(({ name, nodes, ...more }) =>
        wireInfra(
          name,
          nodes.map((each) => ({ ...each, uid: `${name} ${each.uid}` })),
          more,
        ),
      );
    const list = fc.uniqueArray(infra, { selector: ({ name }) => name, maxLength: 3 });
    fc.assert(
      fc.property(list, list, (before, seen) => {
        const { after } = plan(plan(nothing, before).after, seen);
        const again = plan(after, seen);
        expect({ ...again, after: undefined }).toEqual({
          putInfras: [],
          putGroups: [],
          putNodes: [],
          deleteInfras: [],
          deleteGroups: [],
          deleteNodes: [],
          after: undefined,
        });
        // Nothing is shown twice, and everything that is shown was seen.
        expect(new Set(after.nodes.map(({ id }) => id)).size).toBe(after.nodes.length);
        const known = seen.flatMap(({ nodes }) => nodes).filter((each) => each.connection !== 'nowhere');
        expect(after.nodes.map(({ uid }) => uid).sort()).toEqual(expect.arrayContaining(known.map(({ uid }) => uid)));
      }),
      { numRuns: 300 },
    );
  });
});
