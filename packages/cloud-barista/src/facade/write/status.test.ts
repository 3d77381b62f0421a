import { nodeStatuses, type NodeStatus } from '@waterstrider/contract';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toInfraTarget, toNodeTarget, toStatusCount, toStatusText } from './status.ts';

const nodesOf = (...statuses: NodeStatus[]) => statuses.map((status) => ({ status }));
const mixed = { status: 'Mixed' } as const;
const anyNodes = fc.array(
  fc.constantFrom(...nodeStatuses).map((status) => ({ status })),
  { minLength: 1, maxLength: 40 },
);

describe('the status text', () => {
  test.each([
    [nodesOf('Running', 'Running', 'Running'), 'Running:3 (R:3/3)'],
    [nodesOf('Running', 'Running', 'Failed'), 'Partial-Running:2 (R:2/3)'],
    [nodesOf('Terminated', 'Terminated', 'Running'), 'Partial-Terminated:2 (R:1/3)'],
    // Ties: the earlier one in upstream's order.
    [nodesOf('Running', 'Failed'), 'Partial-Failed:1 (R:1/2)'],
    [nodesOf('Running', 'Suspended'), 'Partial-Suspended:1 (R:1/2)'],
    [nodesOf('Reconciling', 'Undefined'), 'Partial-Undefined:1 (R:0/2)'],
  ])('%j reads %s', (nodes, text) => expect(toStatusText(mixed, nodes)).toBe(text));

  test('without servers, and on the way to hold, it is a plain word', () => {
    expect(toStatusText({ status: 'Empty' }, [])).toBe('Empty');
    expect(toStatusText({ status: 'Creating' }, [])).toBe('Creating');
    expect(toStatusText({ status: 'Prepared' }, nodesOf('Registering'))).toBe('Prepared');
  });

  test('it agrees with the counts, whatever the order of the servers', () => {
    fc.assert(
      fc.property(anyNodes, (nodes) => {
        const text = toStatusText(mixed, nodes);
        expect(toStatusText(mixed, [...nodes].reverse())).toBe(text);
        const [, partial, state, most, running, total] = /^(Partial-)?(\w+):(\d+) \(R:(\d+)\/(\d+)\)$/.exec(text) ?? [];
        const counts = toStatusCount(nodes);
        expect(counts[`count${state ?? ''}`]).toBe(Number(most));
        expect(
          Math.max(...Object.entries(counts).flatMap(([key, count]) => (key === 'countTotal' ? [] : [count]))),
        ).toBe(Number(most));
        expect([counts.countRunning, counts.countTotal]).toEqual([Number(running), Number(total)]);
        expect(partial === undefined).toBe(most === total);
      }),
    );
  });

  test('the counts add up to the total', () => {
    fc.assert(
      fc.property(anyNodes, (nodes) => {
        const { countTotal = 0, ...counts } = toStatusCount(nodes);
        expect(Object.keys(counts)).toHaveLength(12);
        expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(countTotal);
      }),
    );
  });
});

describe('what is pending', () => {
  test('a server tells its own, an infra that of most servers while a task runs', () => {
    expect(toNodeTarget({})).toEqual({ targetStatus: 'None', targetAction: 'None' });
    expect(toNodeTarget({ targetAction: 'reboot' })).toEqual({ targetStatus: 'Running', targetAction: 'Reboot' });
    const nodes = [
      { targetAction: 'suspend' as const },
      { targetAction: 'terminate' as const },
      { targetAction: 'terminate' as const },
    ];
    expect(toInfraTarget({ status: 'Mixed', runningOperation: 'x' }, nodes)).toEqual({
      targetStatus: 'Terminated',
      targetAction: 'Terminate',
    });
    expect(toInfraTarget({ status: 'Mixed' }, nodes).targetAction).toBe('None');
    expect(toInfraTarget({ status: 'Preparing' }, []).targetAction).toBe('Create');
  });
});
