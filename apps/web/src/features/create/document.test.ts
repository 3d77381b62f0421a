import { infraInput, nodeGroupInput } from '@waterstrider/contract';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  copyName,
  countServers,
  emptyDocument,
  isGroupChosen,
  suggestGroupName,
  toBody,
  toGroupBody,
} from './document.ts';
import type { InfraDocument } from './document.ts';

const group = { name: 'web', connection: 'c', spec: 's', image: 'i', size: 3 };
const full: InfraDocument = {
  ...emptyDocument('shop'),
  description: ' Standby ',
  labels: { tier: 'web' },
  policyOnPartialFailure: 'rollback',
  nodeGroups: [{ ...group, zone: 'a', rootDiskType: 'gp3', rootDiskSizeGiB: 20, labels: { env: 'dr' } }],
};

describe('toBody', () => {
  test('is what the contract takes, with everything that was entered', () => {
    expect(infraInput.parse(toBody(full))).toEqual({ ...full, description: 'Standby' });
  });

  test('leaves out what was left open', () => {
    const body = toBody({ ...emptyDocument('shop'), labels: {}, nodeGroups: [{ ...group, zone: '', labels: {} }] });
    expect(body).not.toHaveProperty('labels');
    expect(Object.keys(body.nodeGroups[0] ?? {})).toEqual(['name', 'connection', 'spec', 'image', 'size']);
    expect(nodeGroupInput.safeParse(toGroupBody(group)).success).toBe(true);
  });

  test('gives the same text for the same document, whatever the order of its keys', () => {
    const { name, ...rest } = full;
    expect(JSON.stringify(toBody({ ...rest, name }))).toBe(JSON.stringify(toBody(full)));
  });
});

test('an empty document has one group with everything still to choose', () => {
  const { nodeGroups } = emptyDocument();
  expect(nodeGroups.map(isGroupChosen)).toEqual([false]);
  expect(countServers(nodeGroups)).toBe(1);
  expect(isGroupChosen(group)).toBe(true);
});

describe('names of groups', () => {
  test('count on, and skip what is taken in any spelling', () => {
    expect(suggestGroupName(['group-1'])).toBe('group-2');
    expect(suggestGroupName(['web', 'GROUP-3', 'cache'])).toBe('group-4');
    expect(suggestGroupName(['group-2'])).toBe('group-3');
  });

  test('of copies', () => {
    expect(copyName('web', ['web'])).toBe('web-2');
    expect(copyName('web-2', ['web', 'web-2', 'Web-3'])).toBe('web-4');
  });

  test('of copies are always valid and free', () => {
    const name = fc.stringMatching(/^[a-z]([a-z0-9-]{0,48}[a-z0-9])?$/);
    fc.assert(
      fc.property(name, fc.array(name), (original, others) => {
        const copy = copyName(original, [original, ...others]);
        expect(nodeGroupInput.shape.name.safeParse(copy).success).toBe(true);
        expect([original, ...others]).not.toContain(copy);
      }),
    );
  });
});
