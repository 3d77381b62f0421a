import { describe, expect, it } from 'vitest';
import { unclearCode } from './plan-namespace.ts';
import { settleItem, type Sight } from './settle-calls.ts';
import type { Call, CallGoal, MirroredInfra, MirroredNode } from '../ports/index.ts';
import { recordingOf } from '../testing/recordings.ts';

const node = (status: MirroredNode['status'], more: Partial<MirroredNode> = {}): MirroredNode => ({
  id: 'n1',
  namespaceId: 'ns',
  infraId: 'i1',
  groupId: 'g1',
  name: 'web-1',
  index: 1,
  connectionId: 'c1',
  provider: 'mock',
  region: 'mercury',
  spec: 's',
  image: 'i',
  labels: {},
  status,
  targetStatus: 'Running',
  ...more,
});
const infra = (phase?: MirroredInfra['phase']): MirroredInfra => ({
  id: 'i1',
  namespaceId: 'ns',
  name: 'shop',
  description: '',
  labels: {},
  policy: 'continue',
  createdBy: '',
  ...(phase === undefined ? {} : { phase }),
});
const callOf = (goal: CallGoal, more: Partial<Call> = {}): Call => ({
  id: 'call',
  operationId: 'operation',
  goal,
  method: 'POST',
  path: '/',
  items: ['n1'],
  state: 'sent',
  ...more,
});
const unclear = { error: { code: unclearCode, message: 'forgotten' } };
const refused = { error: { code: 'tumblebug_500', message: 'no' } };

type Case = {
  goal: CallGoal;
  call?: Partial<Call>;
  shows?: MirroredNode | MirroredInfra;
  /** Since the answer; absent: not answered. */
  answeredMs?: number;
};
function settle({ goal, call = {}, shows, answeredMs }: Case) {
  const isNode = shows !== undefined && 'groupId' in shows;
  const sight: Sight = {
    infras: new Map(shows === undefined || isNode ? [] : [[shows.id, shows]]),
    nodes: new Map(isNode ? [[shows.id, shows]] : []),
    answeredForMs: () => answeredMs,
  };
  return settleItem(callOf(goal, call), { id: shows?.id ?? 'n1', name: shows?.name ?? 'web-1' }, sight);
}

describe('how an item of a task stands, by what is seen', () => {
  it.each<[string, Case, object | undefined]>([
    ['a server that runs is made', { goal: 'create', shows: node('Running') }, { state: 'succeeded' }],
    [
      'one on its way is being made',
      { goal: 'create', shows: node('Creating') },
      { state: 'running', step: 'creating' },
    ],
    ['one not seen yet is waited for', { goal: 'create' }, undefined],
    ['one never seen was not made', { goal: 'create', answeredMs: 1 }, { state: 'failed' }],
    [
      'a refusal is why it was not made',
      { goal: 'create', call: refused, answeredMs: 1 },
      { state: 'failed', error: refused.error },
    ],
    [
      'a failed one fails in its own words',
      { goal: 'create', shows: node('Failed', { error: { code: 'tumblebug', message: 'no room' } }) },
      { state: 'failed', error: { message: 'no room' } },
    ],
    [
      'or in those of the answer',
      {
        goal: 'create',
        call: { creationErrors: [{ name: 'web-1', message: 'quota' }] },
        shows: node('Failed'),
        answeredMs: 1,
      },
      { state: 'failed', error: { message: 'quota' } },
    ],
    ['one that lags is waited for', { goal: 'create', shows: node('Creating'), answeredMs: 89_000 }, undefined],
    ['for long, while it is on its way', { goal: 'create', shows: node('Creating'), answeredMs: 91_000 }, undefined],
    ['but not for ever', { goal: 'create', shows: node('Creating'), answeredMs: 3_601_000 }, { state: 'failed' }],
    ['a lost answer is waited out', { goal: 'create', call: unclear, answeredMs: 29_000 }, undefined],
    ['and is unclear then', { goal: 'create', call: unclear, answeredMs: 31_000 }, { state: 'unknown' }],
    [
      'a server of a lost request is unclear',
      { goal: 'create', shows: node('Undefined', unclear), answeredMs: 1 },
      { state: 'unknown' },
    ],
    ['a prepared creation is held', { goal: 'hold', shows: infra('Prepared') }, { state: 'succeeded' }],
    ['one that prepares is not yet', { goal: 'hold', shows: infra('Preparing') }, { state: 'running' }],
    [
      'a refused one fails',
      { goal: 'hold', call: refused, shows: infra('Preparing'), answeredMs: 1 },
      { state: 'failed', error: refused.error },
    ],
    [
      'a call that waits moves nothing',
      { goal: 'suspend', call: { state: 'waiting' }, shows: node('Running') },
      undefined,
    ],
    [
      'a state from before the answer is none',
      { goal: 'suspend', shows: node('Suspended') },
      { state: 'running', step: 'suspending' },
    ],
    [
      'what was wanted is reached',
      { goal: 'suspend', shows: node('Suspended'), answeredMs: 1 },
      { state: 'succeeded' },
    ],
    [
      'a reboot that goes on is not over',
      { goal: 'reboot', shows: node('Running', { targetAction: 'reboot' }), answeredMs: 1 },
      undefined,
    ],
    [
      'a refused action fails at once',
      { goal: 'resume', call: refused, shows: node('Suspended'), answeredMs: 1 },
      { state: 'failed', error: refused.error },
    ],
    [
      'one terminated meanwhile does not resume',
      { goal: 'resume', shows: node('Terminated'), answeredMs: 1 },
      { state: 'failed' },
    ],
    ['a server that is gone is terminated', { goal: 'terminate' }, { state: 'succeeded' }],
    ['but not suspended', { goal: 'suspend', answeredMs: 1 }, { state: 'failed' }],
    ['what is gone is removed', { goal: 'remove' }, { state: 'succeeded' }],
    [
      'what is there is being removed',
      { goal: 'remove', shows: node('Running') },
      { state: 'running', step: 'deleting' },
    ],
    [
      'a resolved server is any but undefined',
      { goal: 'resolve', shows: node('Failed'), answeredMs: 1 },
      { state: 'succeeded' },
    ],
    ['one still undefined is waited for', { goal: 'resolve', shows: node('Undefined'), answeredMs: 1 }, undefined],
    ['an answer is all', { goal: 'answer', answeredMs: 1 }, { state: 'succeeded' }],
    ['and none is nothing', { goal: 'answer' }, undefined],
  ])('%s', (_title, given, expected) => {
    const move = settle(given);
    if (expected === undefined) expect(move).toBeUndefined();
    else expect(move).toMatchObject({ targetId: given.shows?.id ?? 'n1', ...expected });
  });

  it('gives each server the reason of its own group out of a report', () => {
    const { message } = recordingOf('infraDynamic-bad-spec').response.body as { message: string }; // a refusal
    const call = { error: { code: 'tumblebug_400', message } };
    const sight: Sight = { infras: new Map(), nodes: new Map(), answeredForMs: () => 1 };
    const reasonOf = (name: string) => settleItem(callOf('create', call), { id: name, name }, sight)?.error?.message;
    expect(reasonOf('z-1')).toMatch(/^NodeGroup\[1\] 'z': .*specKey nope not found/);
    expect(reasonOf('web-1')).toBe('Not made, as another server group of the request was refused.');
  });
});
