import { expect, test } from 'vitest';
import { RequestLog, toRequestDetails } from './request-log.ts';

const request = (id: string, body?: unknown) => ({
  id,
  username: 'u',
  info: { method: 'GET', url: '/x', header: {}, ...(body === undefined ? {} : { body }) },
});

test('an id is taken until it is an hour old; calls that go on are kept', () => {
  let now = Date.parse('2026-01-01T00:00:00Z');
  const log = new RequestLog(() => new Date(now));
  const ended = log.begin(request('a'));
  log.begin(request('b'));
  if (ended) log.end(ended, { answer: '{"x":1}' });
  expect(log.begin(request('a'))).toBeUndefined();
  now += 61 * 60_000;
  expect(log.get('a')).toBeUndefined();
  expect(log.get('b')).toMatchObject({ status: 'Handling' });
});

test('at most a thousand are kept, the oldest go first; large bodies and answers are not', () => {
  const log = new RequestLog();
  for (let index = 0; index < 1_100; index++) {
    const isLast = index === 1_099;
    const entry = log.begin(request(String(index), isLast ? { text: 'x'.repeat(20_000) } : {}));
    if (entry) log.end(entry, { answer: isLast ? JSON.stringify('y'.repeat(2_000_000)) : '{}' });
  }
  const kept = log.list();
  expect(kept.length).toBeLessThanOrEqual(1_000);
  expect(kept.at(-1)?.id).toBe('1099');
  expect(kept.at(-1)?.info).not.toHaveProperty('body');
  expect(kept.at(-1)?.answer).toBe('null');
});

test('it is shown as upstream does', () => {
  const log = new RequestLog(() => new Date('2026-01-01T00:00:00Z'));
  const entry = log.begin(request('a'));
  if (!entry) throw new Error('the id was free');
  expect(toRequestDetails(entry, [{ title: 'Setting vNet:x' }])).toMatchObject({
    endTime: '0001-01-01T00:00:00Z',
    status: 'Handling',
    responseData: [{ title: 'Setting vNet:x' }],
    errorResponse: '',
  });
  log.end(entry, { error: 'no' });
  expect(toRequestDetails(entry)).toMatchObject({ status: 'Error', responseData: null, errorResponse: 'no' });
});
