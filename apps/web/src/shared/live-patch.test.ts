import { hashKey, QueryClient } from '@tanstack/react-query';
import type { ChangeEvent } from '@waterstrider/contract';
import { beforeEach, describe, expect, it } from 'vitest';
import { applyChange } from './live-patch.ts';
import { clearPending, pendingOf } from './pending.ts';
import type { RowKey } from './query.ts';

const listKey = (query: Record<string, unknown> = {}): RowKey => ['listNodes', { ns: 'shop' }, query, 'pages'];
const node = (id: string, status = 'Running', createdAt = '2020-01-01T00:00:00Z') => ({
  id,
  ns: 'shop',
  name: id,
  status,
  createdAt,
});
const change = (fields: Record<string, unknown>): ChangeEvent =>
  ({ at: '2026-01-01T00:00:00Z', ...fields }) as unknown as ChangeEvent; // only the fields that patching reads

let client: QueryClient;
const paged = (key: RowKey, pages: { items: unknown[]; total: number; next?: string }[]) =>
  client.setQueryData(key, { pages, pageParams: [undefined] });
const read = (key: RowKey) =>
  client.getQueryData<{ pages: { items: { id: string; status: string }[]; total: number }[] }>(key);

beforeEach(() => {
  client = new QueryClient();
  for (const key of [listKey(), listKey({ sort: 'status' }), listKey({ filter: ['status:Failed'] })])
    clearPending(hashKey(key));
});

describe('applyChange', () => {
  it('replaces rows in place, leaves the others as they are', () => {
    paged(listKey(), [{ items: [node('a'), node('b')], total: 2 }]);
    const before = read(listKey())?.pages[0]?.items[0];
    applyChange(client, change({ nodes: [node('b', 'Suspending')] }));
    const items = read(listKey())?.pages[0]?.items;
    expect(items?.map(({ status }) => status)).toEqual(['Running', 'Suspending']);
    expect(items?.[0]).toBe(before);
    expect(pendingOf(hashKey(listKey()))).toEqual({ added: 0, changed: 0 });
  });

  it('removes rows and takes them off the total', () => {
    paged(listKey(), [{ items: [node('a'), node('b')], total: 2 }]);
    applyChange(client, change({ removed: { nodes: ['a'] } }));
    expect(read(listKey())?.pages[0]).toMatchObject({ items: [{ id: 'b' }], total: 1 });
  });

  it('never touches another namespace', () => {
    paged(listKey(), [{ items: [node('a')], total: 1 }]);
    applyChange(client, change({ nodes: [{ ...node('x'), ns: 'other' }] }));
    expect(pendingOf(hashKey(listKey())).added).toBe(0);
  });

  it('counts new rows; in a list that goes on only those younger than it', () => {
    paged(listKey(), [{ items: [node('a')], total: 1 }]);
    applyChange(client, change({ nodes: [node('new')] }));
    expect(pendingOf(hashKey(listKey())).added).toBe(1);
    clearPending(hashKey(listKey()));
    paged(listKey(), [{ items: [node('a')], total: 900, next: 'c' }]);
    applyChange(client, change({ nodes: [node('elsewhere'), node('young', 'Creating', new Date().toISOString())] }));
    expect(pendingOf(hashKey(listKey())).added).toBe(1);
  });

  it('says when a row belongs elsewhere in the order or out of the filter', () => {
    paged(listKey({ sort: 'status' }), [{ items: [node('a'), node('b')], total: 2 }]);
    applyChange(client, change({ nodes: [node('a', 'Failed')] }));
    expect(pendingOf(hashKey(listKey({ sort: 'status' }))).changed).toBe(1);
    paged(listKey({ filter: ['status:Failed'] }), [{ items: [node('a', 'Failed')], total: 1 }]);
    applyChange(client, change({ nodes: [node('a', 'Running')] }));
    expect(pendingOf(hashKey(listKey({ filter: ['status:Failed'] }))).changed).toBe(1);
  });

  it("keeps a task's items, which events do not carry", () => {
    const key: RowKey = ['getOperation', { operation: 'o1' }, {}];
    client.setQueryData(key, { id: 'o1', state: 'running', items: [{ state: 'running' }] });
    applyChange(client, change({ operations: [{ id: 'o1', state: 'succeeded', items: [] }] }));
    expect(client.getQueryData(key)).toMatchObject({ state: 'succeeded', items: [{ state: 'running' }] });
  });

  it('replaces the overview of its namespace only', () => {
    const key: RowKey = ['getNsOverview', { ns: 'shop' }, {}];
    const other: RowKey = ['getNsOverview', { ns: 'other' }, {}];
    client.setQueryData(key, { ns: 'shop', nodes: { total: 1 } });
    client.setQueryData(other, { ns: 'other', nodes: { total: 1 } });
    applyChange(client, change({ overview: { ns: 'shop', nodes: { total: 2 } } }));
    expect(client.getQueryData(key)).toMatchObject({ nodes: { total: 2 } });
    expect(client.getQueryData(other)).toMatchObject({ nodes: { total: 1 } });
  });
});
