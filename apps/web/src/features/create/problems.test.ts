import type { InfraReview } from '@waterstrider/contract';
import { describe, expect, test } from 'vitest';
import { ApiError } from '../../shared/api-error.ts';
import { emptyDocument, emptyGroup } from './document.ts';
import type { InfraDocument } from './document.ts';
import { checkDocument, groupOfPath, placeRefusal, placeReview } from './problems.ts';
import { countResources, readReview, toReviewRequest } from './review-document.ts';

const chosen = (name: string) => ({ ...emptyGroup(name), connection: 'c', spec: 's', image: 'i' });
const two: InfraDocument = { ...emptyDocument('shop'), nodeGroups: [chosen('web'), chosen('cache')] };
const refusal = (code: 'invalid' | 'exists' | 'wrong_state', fields: string[]) =>
  new ApiError({
    code,
    message: 'no',
    status: 400,
    details: { issues: fields.map((field) => ({ field, reason: `about ${field}` })) },
  });
const found = (problems: Record<string, string | undefined>) => Object.keys(problems).filter((path) => problems[path]);

describe('checkDocument', () => {
  test('a whole document has no problem', () => {
    expect(found(checkDocument(two))).toEqual([]);
  });

  test('names what is missing, wrong or twice there', () => {
    const document = {
      ...two,
      name: '',
      nodeGroups: [emptyGroup('1st'), chosen('web'), chosen('WEB'), chosen('x'.repeat(51))],
    };
    expect(checkDocument(document)).toMatchObject({
      name: 'nameNeeded',
      'nodeGroups.0.name': 'namePattern',
      'nodeGroups.0.spec': 'notChosen',
      'nodeGroups.1.name': 'groupNameTaken',
      'nodeGroups.2.name': 'groupNameTaken',
      'nodeGroups.3.name': 'groupNameLong',
    });
  });

  test('the disk must hold the image', () => {
    const document = {
      ...two,
      nodeGroups: [
        { ...chosen('web'), rootDiskSizeGiB: 5 },
        { ...chosen('b'), rootDiskSizeGiB: 500 },
      ],
    };
    expect(checkDocument(document, { diskBounds: () => ({ least: 8, most: 100 }) })).toMatchObject({
      'nodeGroups.0.rootDiskSizeGiB': 'diskTooSmall',
      'nodeGroups.1.rootDiskSizeGiB': 'diskTooLarge',
    });
  });

  test('a group added to an MCIS may not be called as one of its groups', () => {
    const document = { ...two, name: '', nodeGroups: [chosen('web')] };
    expect(found(checkDocument(document, { takenGroups: ['Web'] }))).toEqual(['nodeGroups.0.name']);
  });
});

describe('placeRefusal', () => {
  const words = { isGroupBody: false, exists: 'taken' };

  test('findings go to their fields', () => {
    const error = refusal('invalid', ['body.nodeGroups.1.spec', 'body.labels.a b', 'body.nodeGroups.0.labels.x']);
    const { problems, rest } = placeRefusal(error, two, words);
    expect(found(problems).sort()).toEqual(['labels', 'nodeGroups.0.labels', 'nodeGroups.1.spec']);
    expect(rest).toBeUndefined();
  });

  test('a wrong state names its field too', () => {
    expect(found(placeRefusal(refusal('wrong_state', ['body.nodeGroups.0.connection']), two, words).problems)).toEqual([
      'nodeGroups.0.connection',
    ]);
  });

  test('a taken name is said at the name', () => {
    expect(placeRefusal(refusal('exists', []), two, words).problems).toEqual({ name: 'taken' });
    expect(placeRefusal(refusal('exists', []), two, { ...words, isGroupBody: true }).problems).toEqual({
      'nodeGroups.0.name': 'taken',
    });
  });

  test('a group that was sent alone has short paths', () => {
    const { problems } = placeRefusal(refusal('invalid', ['body.zone']), two, { ...words, isGroupBody: true });
    expect(found(problems)).toEqual(['nodeGroups.0.zone']);
  });

  test('what has no field is not lost', () => {
    const error = refusal('invalid', ['body.nodeGroups.7.spec', 'body.name']);
    const { problems, rest } = placeRefusal(error, two, words);
    expect(found(problems)).toEqual(['name']);
    expect(rest).toBe(error);
    expect(placeRefusal(new Error('lost'), two, words).rest).toBeInstanceOf(Error);
  });
});

test('groupOfPath', () => {
  expect(groupOfPath('nodeGroups.12.spec')).toBe(12);
  expect(groupOfPath('name')).toBeUndefined();
});

const message = (severity: 'info' | 'warning' | 'error', field: string) => ({ severity, field, key: 'k', text: field });
const review: InfraReview = {
  verdict: 'error',
  messages: [message('error', 'name')],
  nodeGroups: [
    { nodeGroup: 'web', verdict: 'ok', messages: [], size: 1 },
    { nodeGroup: 'cache', verdict: 'warning', messages: [message('warning', 'connection')], size: 1 },
  ],
  resources: [
    { kind: 'vNet', name: 'n', connection: 'a', action: 'create' },
    { kind: 'vNet', name: 'm', connection: 'b', action: 'reuse' },
    { kind: 'sshKey', name: 'k', connection: 'a', action: 'create' },
  ],
  nodes: 2,
  costPerHourUsd: 0,
  costPerMonthUsd: 0,
  unpriced: 0,
  approximate: true,
};

describe('review', () => {
  test('its errors go to their fields, found by the name of the group; warnings do not', () => {
    const said = { ...review, nodeGroups: [{ ...review.nodeGroups[1]!, messages: [message('error', 'spec')] }] }; // there are two
    expect(placeReview(said, two, ({ text }, group) => `${text}@${group ?? '-'}`)).toEqual({
      name: 'name@-',
      'nodeGroups.1.spec': 'spec@1',
    });
    expect(placeReview({ ...review, messages: [] }, two, ({ text }) => text)).toEqual({});
  });

  test('is not asked for before all is chosen', () => {
    expect(toReviewRequest(emptyDocument('shop'))).toBeUndefined();
    expect(toReviewRequest({ ...two, nodeGroups: [chosen('web'), chosen('web')] })).toBeUndefined();
  });

  test('does not wait for the name, and then does not listen to what is said about it', () => {
    const request = toReviewRequest({ ...two, name: '' });
    expect(request?.ignoresName).toBe(true);
    expect(request?.body.name).not.toBe('');
    expect(readReview(review, { ignoresName: true })).toMatchObject({ verdict: 'warning', messages: [] });
    expect(readReview(review, { ignoresName: false })).toBe(review);
  });

  test('of a named document is asked for as it is, never on hold', () => {
    expect(toReviewRequest({ ...two, hold: true })).toMatchObject({
      ignoresName: false,
      body: { name: 'shop', hold: false },
    });
  });

  test('of a group that is added goes by the name of its MCIS', () => {
    expect(toReviewRequest(two, ['web'])).toBeUndefined();
    expect(toReviewRequest(two, ['db'])).toMatchObject({ ignoresName: true, body: { name: 'shop' } });
  });

  test('counts what is made and what is reused', () => {
    expect(countResources(review)).toEqual([
      { kind: 'vNet', made: 1, reused: 1 },
      { kind: 'sshKey', made: 1, reused: 0 },
    ]);
  });
});
