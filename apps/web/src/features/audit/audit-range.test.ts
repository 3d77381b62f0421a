import { expect, test } from 'vitest';
import { toRange } from './audit-range.ts';

test('both days are included, in local time', () => {
  expect(toRange('2026-11-22', '2026-11-22')).toEqual({
    from: new Date(2026, 10, 22).toISOString(),
    to: new Date(2026, 10, 23).toISOString(),
  });
  expect(toRange('2026-12-31', '2026-12-31').to).toBe(new Date(2027, 0, 1).toISOString());
});

test('what is no day is left out', () => {
  expect(toRange(undefined, '')).toEqual({});
  expect(toRange('yesterday', '2026-1-1')).toEqual({});
});
