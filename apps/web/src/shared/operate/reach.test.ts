import type { Infra, Node, NodeGroup, Operation } from '@waterstrider/contract';
import { describe, expect, it } from 'vitest';
import { groupReasons } from './group-reasons.ts';
import { toConfirmation } from './intent.ts';
import { commonReason, countLiving, countReached, nodeReason, reachOf } from './reach.ts';
import { specName } from './spec-name.ts';
import { newestRetryable } from './use-retryable.ts';

const node = (name: string, status: Node['status'], more: Partial<Node> = {}): Node =>
  ({ id: name, name, status, infra: 'shop', infraId: 'i', ...more }) as Node; // the rest is not read
const names = (nodes: Node[]) => nodes.map(({ name }) => name);
const infra = (statusCounts: Infra['statusCounts'], more: Partial<Infra> = {}): Infra =>
  ({ id: 'i', name: 'shop', status: 'Running', statusCounts, nodes: 0, costPerHourUsd: 0, ...more }) as Infra; // the rest is not read

describe('reachOf', () => {
  const selected = [
    node('run', 'Running'),
    node('off', 'Suspended'),
    node('bad', 'Failed'),
    node('move', 'Rebooting', { targetAction: 'reboot' }),
  ];

  it('splits a selection into what an action touches and why not the rest', () => {
    expect(names(reachOf('suspend', selected).fit)).toEqual(['run']);
    expect(names(reachOf('resume', selected).fit)).toEqual(['off']);
    expect(names(reachOf('terminate', selected).fit)).toEqual(['run', 'off', 'bad', 'move']);
    expect(reachOf('suspend', selected).unfit.map(({ reason }) => reason)).toEqual([
      'notRunning',
      'notRunning',
      'pendingAction',
    ]);
  });

  it('lets only terminate through while a task runs on the MCIS', () => {
    expect(nodeReason('reboot', node('run', 'Running'), true)).toBe('taskRunning');
    expect(nodeReason('terminate', node('run', 'Running'), true)).toBeUndefined();
  });

  it('names the reason most servers share', () => {
    expect(commonReason(reachOf('suspend', selected.slice(1)))).toBe('notRunning');
    expect(commonReason({ unfit: [] })).toBeUndefined();
  });
});

describe('counts', () => {
  it('counts what an action reaches', () => {
    const counts = { Running: 5, Suspended: 2, Failed: 1, Terminating: 1, Terminated: 4 };
    expect(countReached('suspend', counts)).toBe(5);
    expect(countReached('resume', counts)).toBe(2);
    expect(countReached('terminate', counts)).toBe(8);
    expect(countLiving(counts)).toBe(9);
  });
});

describe('toConfirmation', () => {
  const nodes = ['a', 'b', 'c', 'd'].map((name) => node(name, 'Running'));

  it('asks nothing before suspending up to three servers, and asks above', () => {
    expect(toConfirmation({ kind: 'nodes', action: 'suspend', nodes: nodes.slice(0, 3), skipped: 0 }).needed).toBe(
      false,
    );
    expect(toConfirmation({ kind: 'nodes', action: 'suspend', nodes, skipped: 0 })).toMatchObject({
      needed: true,
      danger: false,
    });
    expect(toConfirmation({ kind: 'nodes', action: 'resume', nodes, skipped: 0 }).needed).toBe(false);
  });

  it('wants the name of one server, the number of many, the name of the MCIS', () => {
    expect(toConfirmation({ kind: 'nodes', action: 'terminate', nodes: nodes.slice(0, 1), skipped: 0 }).typed).toBe(
      'a',
    );
    expect(toConfirmation({ kind: 'nodes', action: 'terminate', nodes, skipped: 0 }).typed).toBe('4');
    expect(toConfirmation({ kind: 'infra', action: 'terminate', infra: infra({ Running: 2 }) }).typed).toBe('shop');
    expect(toConfirmation({ kind: 'delete', infra: infra({}) })).toMatchObject({
      needed: true,
      typed: 'shop',
      servers: 0,
    });
    const group = { name: 'web', statusCounts: { Running: 2 } } as unknown as NodeGroup; // the rest is not read
    expect(toConfirmation({ kind: 'group', action: 'terminate', infra: infra({}), group }).typed).toBe('shop');
  });

  it('names several MCIS first, and asks for the number of servers', () => {
    const infras = [infra({ Running: 2 }), infra({ Running: 3, Terminated: 1 }, { id: 'j', name: 'data' })];
    expect(toConfirmation({ kind: 'infras', action: 'resume', infras, skipped: 0 })).toMatchObject({
      needed: true,
      names: ['shop', 'data'],
    });
    expect(toConfirmation({ kind: 'infras', action: 'terminate', infras, skipped: 0 })).toMatchObject({
      typed: '5',
      danger: true,
    });
  });

  it('asks for one MCIS as for its servers', () => {
    const many = toConfirmation({ kind: 'infras', action: 'reboot', infras: [infra({ Running: 12 })], skipped: 1 });
    expect(many).toMatchObject({ needed: true, servers: 12 });
  });
});

describe('small things', () => {
  it('joins actions that one reason stops', () => {
    const actions = [{ label: 'Suspend', reason: 'busy' }, { label: 'Add' }, { label: 'Reboot', reason: 'busy' }];
    expect(groupReasons(actions)).toEqual([{ reason: 'busy', labels: ['Suspend', 'Reboot'] }]);
  });

  it('takes the name out of a spec id', () => {
    expect(specName('sim-aws+us-east-1+t3.nano')).toBe('t3.nano');
    expect(specName('odd')).toBe('odd');
  });

  it('finds the newest task of an MCIS that can be retried', () => {
    const task = (id: string, canRetry: boolean) =>
      ({ id, canRetry, target: { kind: 'infra', id: 'x', name: 'shop' } }) as Operation; // the rest is not read
    expect(newestRetryable([task('3', false), task('2', true), task('1', true)]).get('shop')?.id).toBe('2');
  });
});
