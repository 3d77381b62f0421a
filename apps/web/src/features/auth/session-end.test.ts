import { expect, test } from 'vitest';
import { isTellDue, nearEnd } from './session-end.ts';

const minute = 60_000;
const times = { now: 0, lastActivityAt: 0, idleMs: 30 * minute, expiresAt: 600 * minute };

test('nobody is warned while the end is far', () => {
  expect(nearEnd({ ...times, now: 27 * minute })).toBeUndefined();
  expect(nearEnd({ ...times, idleMs: undefined, expiresAt: undefined, now: 1e12 })).toBeUndefined();
});

test('two minutes before the idle end, and never below zero', () => {
  expect(nearEnd({ ...times, now: 28 * minute })).toEqual({ reason: 'idle', leftMs: 2 * minute });
  expect(nearEnd({ ...times, now: 40 * minute })).toEqual({ reason: 'idle', leftMs: 0 });
});

test('the end of the lifetime can not be put off by activity', () => {
  const now = 599 * minute;
  expect(nearEnd({ ...times, now, lastActivityAt: now })).toEqual({ reason: 'lifetime', leftMs: minute });
});

test('the server is told at most four times per idle time', () => {
  expect(isTellDue(7 * minute, 0, 30 * minute)).toBe(false);
  expect(isTellDue(8 * minute, 0, 30 * minute)).toBe(true);
});
