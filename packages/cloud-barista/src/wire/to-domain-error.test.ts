import { DomainError } from '@waterstrider/contract';
import { describe, expect, it } from 'vitest';
import { toDomainError } from './to-domain-error.ts';
import { UpstreamError, type UpstreamFault } from './upstream-error.ts';

const refusal = (message: string, status = 400): UpstreamError =>
  new UpstreamError({ framework: 'tumblebug', fault: 'refused', message, status, maySent: true });
const failed = (fault: UpstreamFault, retryAfterMs?: number): UpstreamError =>
  new UpstreamError({
    framework: 'spider',
    fault,
    message: `it was ${fault}`,
    maySent: true,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });

describe('what a framework refused', () => {
  it.each([
    ['The infra t9 does not exist.', 500],
    ['Not valid namespace', 404],
    ['Failed to find the requested request ID', 404],
    ['x: does not exist!', 500],
    ["VM 'a' does not exist in connection 'b'", 500],
    ['Not found [/ns/rec1/infra/nope]', 400],
    ['no Node found (ID: /ns/rec1/infra/i1/node/nope)', 500],
    ['Cannot find the model.ConnConfig /connection/mock-pluto', 500],
    ['Failed to find securityGroup nope', 400],
  ])('is not found: %s', (message, status) => {
    expect(toDomainError(refusal(message, status))).toMatchObject({ code: 'not_found', message });
  });

  it('exists', () => {
    expect(toDomainError(refusal('The infra t1 already exists.'))).toMatchObject({ code: 'exists' });
  });

  it.each([
    ["cannot delete securityGroup 'i1-g1': still referenced by 2 object(s): [/ns/rec1/infra/i1/node/g1-1]"],
    ['cannot delete vNet (rec1-shared-alpha-mars): has 2 subnet(s); use action=withSubnets or action=force'],
    [
      'Cannot delete NS rec1, which is not empty. There exists at least one Infra.\n len(infraList): 0 \n len(vNetList): 2',
    ],
  ])('is in use: %s', (message) => {
    expect(toDomainError(refusal(message, 500))).toMatchObject({ code: 'in_use', message });
  });

  it.each([
    ['reboot is not allowed for VM under Suspended'],
    ['Infra i1 is Running:5 (R:5/5), which is not a deletable status (Terminated/Failed). Use option=force'],
  ])('is in another state: %s', (message) => {
    expect(toDomainError(refusal(message, 500))).toMatchObject({ code: 'wrong_state', message });
  });

  it.each([
    ['2/3 node control operations failed; first error: VM g2-1: x vm status does not exist!! (from h:1024/spider/vm)'],
    ["validation failed for VM 'g4': image 'nope' not found in DB or CSP"],
    [
      "image 'no-such' not found in custom images: no-such image does not exist!! (from 127.0.0.1:1024/spider/vmimage/x)",
    ],
    ['Internal Server Error'],
  ])('is a failure of the cloud: %s', (message) => {
    expect(toDomainError(refusal(message, 500))).toMatchObject({ code: 'cloud_failure' });
  });

  it('is a failure of the cloud when a long report speaks of something missing', () => {
    const report =
      "Infra 't1' validation failed due to resource availability errors.\n\nError Timeline:\n" +
      ' 1. [10:11:12] Resource Validation: image not found\n 2. vNet already exists';
    const cloud = { code: 'tumblebug_400', message: report };
    expect(toDomainError(refusal(report))).toMatchObject({ code: 'cloud_failure', details: { cloud } });
    const long = `The image of the group was not found in ${'any of the regions, '.repeat(12)}`;
    expect(toDomainError(refusal(long))).toMatchObject({ code: 'cloud_failure' });
  });

  it('is no missing object when the route itself is unknown', () => {
    expect(toDomainError(refusal('Not Found', 404))).toMatchObject({ code: 'cloud_failure' });
  });

  it('passes when a gateway has no one behind it', () => {
    expect(toDomainError(refusal('Bad Gateway', 502))).toMatchObject({ code: 'unavailable' });
  });
});

describe('what went wrong on the way', () => {
  const faults: UpstreamFault[] = [
    'unreachable',
    'tls',
    'timeout',
    'cut',
    'notJson',
    'tooLarge',
    'redirected',
    'aborted',
  ];
  it.each(faults)('is unavailable: %s', (fault) => {
    const error = failed(fault);
    expect(toDomainError(error)).toMatchObject({
      code: 'unavailable',
      details: { reason: `it was ${fault}` },
      cause: error,
    });
  });

  it('is the login', () => {
    expect(toDomainError(failed('loginRefused'))).toMatchObject({
      code: 'unavailable',
      message: expect.stringMatching(/^CB-Spider refused the login.*Platform page/) as unknown, // a matcher, not a text
    });
  });

  it('is the limit, with how long to wait', () => {
    expect(toDomainError(failed('throttled', 1500))).toMatchObject({
      code: 'unavailable',
      details: { retryAfterSeconds: 2 },
    });
    expect(toDomainError(failed('throttled'))).toMatchObject({ details: { retryAfterSeconds: 1 } });
  });
});

describe('every other error', () => {
  it('comes back as it is', () => {
    const known = new DomainError('busy');
    const mistake = new TypeError('x is not a function');
    expect(toDomainError(known)).toBe(known);
    expect(toDomainError(mistake)).toBe(mistake);
  });
});
