import type { Connection, Node, Operation } from '@waterstrider/contract';
import { describe, expect, it } from 'vitest';
import { latestChanges, toAttention } from './attention.ts';

const now = Date.parse('2026-03-12T12:00:00Z');
const node = (name: string, status: Node['status'], infra = 'shop'): Node =>
  ({ id: name, name, status, infra }) as Node; // the rest is not read
const task = (id: string, state: Operation['state'], name = 'shop', more: Partial<Operation> = {}): Operation =>
  ({
    id,
    state,
    kind: 'reboot',
    target: { kind: 'infra', id: name, name },
    canRetry: state === 'partial' || state === 'failed',
    startedAt: '2026-03-12T11:00:00Z',
    finishedAt: '2026-03-12T11:05:00Z',
    ...more,
  }) as Operation; // the rest is not read
const connection = (name: string): Connection => ({ id: name, name }) as Connection; // the rest is not read
const input = { nodes: [], connections: [], operations: [], now };

describe('toAttention', () => {
  it('is empty when all is well', () => {
    const operations = [task('1', 'succeeded'), task('2', 'running')];
    expect(toAttention({ ...input, nodes: [node('web-1', 'Running')], operations })).toEqual([]);
  });

  it('joins failed servers per MCIS and offers the retry of its newest failed task', () => {
    const nodes = [node('web-1', 'Failed'), node('web-2', 'Failed'), node('db-1', 'Failed', 'data')];
    const operations = [task('new', 'partial'), task('old', 'failed')];
    const found = toAttention({ ...input, nodes, operations });
    expect(found).toHaveLength(2);
    expect(found[0]).toMatchObject({
      kind: 'servers',
      infra: 'shop',
      nodes: [{ name: 'web-1' }, { name: 'web-2' }],
      retry: { id: 'new' },
    });
    expect(found[1]).not.toHaveProperty('retry');
  });

  it('puts failed before undefined before connections before tasks', () => {
    const found = toAttention({
      nodes: [node('a', 'Undefined', 'x'), node('b', 'Failed', 'y')],
      connections: [connection('aws-1')],
      operations: [task('t', 'failed', 'z')],
      now,
    });
    expect(found.map((entry) => entry.key)).toEqual(['Failed y', 'Undefined x', 'aws-1', 't']);
  });

  it('drops a failed task once a later one on the same MCIS ended well, and after a day', () => {
    const later = [task('2', 'succeeded'), task('1', 'failed')];
    expect(toAttention({ ...input, operations: later })).toEqual([]);
    const old = [task('1', 'failed', 'shop', { finishedAt: '2026-03-10T11:00:00Z' })];
    expect(toAttention({ ...input, operations: old })).toEqual([]);
  });

  it('shows a failed connection once, not also its verification', () => {
    const operations = [task('v', 'failed', 'aws-1', { target: { kind: 'connection', id: 'c', name: 'aws-1' } })];
    const found = toAttention({ ...input, connections: [connection('aws-1')], operations });
    expect(found.map((entry) => entry.kind)).toEqual(['connection']);
  });
});

describe('latestChanges', () => {
  it('orders by when a task ended, or began while it runs', () => {
    const running = task('run', 'running', 'a', { startedAt: '2026-03-12T11:03:00Z' });
    delete running.finishedAt;
    const changes = latestChanges([task('late', 'succeeded'), running], 5);
    expect(changes.map(({ key, ended }) => [key, ended])).toEqual([
      ['late', true],
      ['run', false],
    ]);
  });
});
