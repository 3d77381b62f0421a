import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRateLimit } from './rate-limit.ts';

test('a burst passes, then as many as the rate allows', () => {
  let now = 0;
  const limit = createRateLimit(10, 3, () => now);
  expect([limit.take(), limit.take(), limit.take()]).toEqual([0, 0, 0]);
  expect(limit.take()).toBe(100);
  now = 100;
  expect(limit.take()).toBe(0);
  expect(limit.take()).toBeGreaterThan(0);
});

test('never more than burst plus rate x time', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 200 }), (steps) => {
      let now = 0;
      let passed = 0;
      const limit = createRateLimit(20, 5, () => now);
      for (const step of steps) {
        now += step;
        if (limit.take() === 0) passed += 1;
      }
      expect(passed).toBeLessThanOrEqual(5 + (now / 1000) * 20);
    }),
  );
});
