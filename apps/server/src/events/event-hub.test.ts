import fc from 'fast-check';
import { changeEvent, type Change, type ChangeEvent } from '@waterstrider/contract';
import { describe, expect, it, vi } from 'vitest';
import { InventoryModel } from '../inventory/inventory-model.ts';
import { Overviews } from '../inventory/overview.ts';
import type { InventoryDelta } from '../inventory/delta.ts';
import {
  changeOf,
  connectionOf,
  infraOf,
  namespaceOf,
  nodeOf,
  snapshotOf,
} from '../inventory/testing/fake-platform.ts';
import { MemoryJournal } from '../operations/testing/memory-journal.ts';
import { createEventHub, type EventHub, type EventScope } from './event-hub.ts';

const log = { warn: (details: object, message: string) => expect.fail(`${message} ${JSON.stringify(details)}`) };

type Received = { event: string; id: string | undefined; data: Partial<ChangeEvent> };

class Reader {
  readonly received: Received[] = [];
  readonly scope: EventScope;
  constructor(scope: EventScope) {
    this.scope = scope;
  }
  deliver(frame: Buffer): void {
    const fields = new Map(
      frame
        .toString()
        .trim()
        .split('\n')
        .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)] as const),
    );
    // What the hub wrote is checked against the contract by the tests.
    const data = JSON.parse(fields.get('data') ?? '') as Partial<ChangeEvent>;
    this.received.push({ event: fields.get('event') ?? '', id: fields.get('id'), data });
  }
  changes(): Partial<ChangeEvent>[] {
    return this.received.filter(({ event }) => event === 'change').map(({ data }) => data);
  }
}

const inNamespace = (name: string): EventScope => new Set([`id-of-${name}`]);
const database = { claimMeta: () => Promise.resolve('one database') };

async function makeHub(options: { system?: typeof database; flushMs?: number } = {}) {
  const model = new InventoryModel();
  const journal = new MemoryJournal();
  let listener: (delta: InventoryDelta) => void = () => undefined;
  let sequence = 10;
  model.apply(
    snapshotOf({
      sequence,
      namespaces: [namespaceOf('a'), namespaceOf('b')],
      connections: [connectionOf('c')],
      infras: [infraOf('i1', 'a'), infraOf('i2', 'b')],
    }),
  );
  const hub = createEventHub({
    inventory: {
      model,
      overviews: new Overviews(model),
      onDelta: (given) => {
        listener = given;
        return () => undefined;
      },
    },
    journal,
    system: options.system ?? database,
    log,
    // Each change is a frame of its own.
    flushMs: options.flushMs ?? 0,
  });
  await hub.start();
  return {
    hub,
    journal,
    model,
    push: (change: Partial<Change>) => listener(model.apply(changeOf({ sequence: ++sequence, ...change }))),
    resnapshot: () => listener(model.apply(snapshotOf({ sequence: ++sequence, namespaces: [namespaceOf('a')] }))),
  };
}

const subscribe = (hub: EventHub, scope: EventScope, lastEventId?: string): Reader & { stop?: () => void } => {
  const reader = new Reader(scope);
  return Object.assign(reader, { stop: hub.subscribe(reader, lastEventId) });
};

describe('createEventHub', () => {
  it('tells whole objects that fit the contract, with the overview', async () => {
    const { hub, push } = await makeHub();
    const reader = subscribe(hub, inNamespace('a'));
    expect(reader.received).toMatchObject([{ event: 'hello', id: hub.sequence() }]);
    push({ nodes: [nodeOf('1', 'a', 'i1')] });
    const [change] = reader.changes();
    const parsed = changeEvent.parse(change);
    expect(parsed.nodes?.map(({ id }) => id)).toEqual(['1']);
    expect(parsed.infras).toMatchObject([{ id: 'i1', nodes: 1 }]);
    expect(parsed.connections).toMatchObject([{ name: 'c', nodes: 1 }]);
    expect(parsed.overview).toMatchObject({ ns: 'a', nodes: { total: 1 } });
    push({ removed: { nodes: ['1'], infras: [], connections: [], namespaces: [] } });
    expect(reader.changes()[1]).toMatchObject({ removed: { nodes: ['1'] }, infras: [{ nodes: 0 }] });
  });

  it('lets nothing of one namespace into the events of another', async () => {
    const anyChange = fc.record({
      ns: fc.constantFrom('a', 'b'),
      id: fc.integer({ min: 0, max: 5 }),
      remove: fc.boolean(),
      restricted: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(anyChange, { maxLength: 15 }), async (changes) => {
        const { hub, push } = await makeHub();
        const reader = subscribe(hub, inNamespace('a'));
        for (const { ns, id, remove, restricted } of changes) {
          const node = nodeOf(`${ns}-secret-${String(id)}`, ns, ns === 'a' ? 'i1' : 'i2');
          if (remove) push({ removed: { nodes: [node.id], infras: [], connections: [], namespaces: [] } });
          else push({ nodes: [node] });
          if (restricted) push({ connections: [connectionOf(`${ns}-secret-conn`, { namespaces: [ns] })] });
        }
        const text = JSON.stringify(reader.received);
        expect(text).not.toContain('b-secret');
        expect(text).not.toContain('i2');
        const alive = new Set<string>();
        for (const { ns, id, remove } of changes) {
          if (ns === 'a' && remove) alive.delete(String(id));
          else if (ns === 'a') alive.add(String(id));
        }
        const last = reader.changes().at(-1);
        if (last) expect(last.overview?.nodes.total).toBe(alive.size);
        for (const change of reader.changes()) {
          const shared = change.connections?.find(({ name }) => name === 'c');
          if (shared) expect(shared.nodes).toBe(change.overview?.nodes.total);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('gives exactly what was missed to whoever comes back', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('a', 'b'), { minLength: 1, maxLength: 20 }),
        fc.nat(),
        fc.constantFrom<EventScope>('all', inNamespace('a')),
        async (spaces, cut, scope) => {
          const { hub, push } = await makeHub();
          const steady = subscribe(hub, scope);
          for (const [index, ns] of spaces.entries()) {
            push({ nodes: [nodeOf(`${ns}${String(index)}`, ns, ns === 'a' ? 'i1' : 'i2')] });
          }
          const from = cut % steady.received.length;
          const back = subscribe(hub, scope, steady.received[from]?.id);
          expect(back.received.slice(1)).toEqual(steady.received.slice(from + 1));
          push({ nodes: [nodeOf('later', 'a', 'i1')] });
          expect(back.received.at(-1)).toEqual(steady.received.at(-1));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('resets once for what is too old, of another database, ahead, or no sequence of ours', async () => {
    const { hub, push } = await makeHub();
    const first = hub.sequence();
    for (let index = 0; index < 1_010; index++) push({ nodes: [nodeOf('1', 'a', 'i1')] });
    const other = await makeHub({ system: { claimMeta: () => Promise.resolve('another database') } });
    const ahead = `${hub.sequence().replace(/\d+$/, '')}${String(Number.MAX_SAFE_INTEGER)}`;
    for (const id of [first, other.hub.sequence(), ahead, 'nonsense', '-']) {
      const events = subscribe(hub, inNamespace('a'), id).received.map(({ event }) => event);
      expect(events).toEqual(['hello', 'reset']);
    }
  });

  it('goes on at another server of the same database', async () => {
    const one = await makeHub();
    const two = await makeHub();
    const reader = subscribe(one.hub, inNamespace('a'));
    one.push({ nodes: [nodeOf('1', 'a', 'i1')] });
    two.push({ nodes: [nodeOf('1', 'a', 'i1')] });
    two.push({ nodes: [nodeOf('2', 'a', 'i1')] });
    const back = subscribe(two.hub, inNamespace('a'), reader.received.at(-1)?.id);
    const ids = back
      .changes()
      .flatMap((change) => change.nodes ?? [])
      .map(({ id }) => id);
    // At least what was missed; what both told of the same change may come again.
    expect(ids).toContain('2');
    expect(back.received.some(({ event }) => event === 'reset')).toBe(false);
  });

  it('sends the first change at once and gathers the rest', async () => {
    const { hub, push } = await makeHub({ flushMs: 80 });
    const reader = subscribe(hub, inNamespace('a'));
    for (let index = 0; index < 5; index++) push({ nodes: [nodeOf(String(index), 'a', 'i1')] });
    expect(reader.changes().map((change) => change.nodes?.length)).toEqual([1]);
    await vi.waitFor(() => expect(reader.changes().map((change) => change.nodes?.length)).toEqual([1, 4]));
  });

  it('asks to load again rather than telling of thousands', async () => {
    const { hub, push } = await makeHub();
    const reader = subscribe(hub, inNamespace('a'));
    push({ nodes: Array.from({ length: 1_200 }, (_, index) => nodeOf(String(index), 'a', 'i1')) });
    expect(reader.received.map(({ event }) => event)).toEqual(['hello', 'reset']);
  });

  it('tells of tasks that moved, only where they belong, and counts the open ones', async () => {
    const { hub, push, journal } = await makeHub();
    const member = subscribe(hub, inNamespace('a'));
    const foreign = subscribe(hub, inNamespace('b'));
    const all = subscribe(hub, 'all');
    journal.put({ id: 'in-a', namespaceId: 'id-of-a', ns: 'a', state: 'running', answer: { secret: 1 } });
    journal.put({ id: 'nowhere', state: 'running' });
    push({ operations: ['in-a', 'nowhere'] });
    await vi.waitFor(() => expect(member.changes().at(-1)?.overview?.runningOperations).toBe(1));
    const told = (reader: Reader) =>
      reader.changes().flatMap(({ operations }) => operations?.map(({ id }) => id) ?? []);
    expect(told(member)).toEqual(['in-a']);
    expect(told(foreign)).toEqual([]);
    expect(told(all).sort()).toEqual(['in-a', 'nowhere']);
    expect(JSON.stringify(all.received)).not.toContain('secret');
    journal.put({ id: 'in-a', namespaceId: 'id-of-a', ns: 'a', state: 'succeeded' });
    push({ operations: ['in-a'] });
    await vi.waitFor(() => expect(member.changes().at(-1)?.overview?.runningOperations).toBe(0));
    expect(journal.calls.length).toBeLessThanOrEqual(4);
    await hub.stop();
  });

  it('tells members that their namespace went, and nobody else but those who see all', async () => {
    const { hub, push } = await makeHub();
    const member = subscribe(hub, inNamespace('a'));
    const foreign = subscribe(hub, inNamespace('b'));
    const all = subscribe(hub, 'all');
    push({ removed: { namespaces: ['id-of-a'], nodes: [], infras: [], connections: [] } });
    expect(member.changes()).toMatchObject([{ ns: 'a', removed: { namespaces: ['id-of-a'] }, namespaces: true }]);
    expect(foreign.changes()).toEqual([]);
    expect(all.changes().filter(({ ns }) => ns === undefined)).toMatchObject([
      { removed: { namespaces: ['id-of-a'] } },
    ]);
  });
});
