import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRandom, durationOf, sampleDurationMs } from './random.ts';

test('the same id takes the same time, another one another', () => {
  expect(durationOf('i-1', 'create', [18_000, 42_000])).toBe(durationOf('i-1', 'create', [18_000, 42_000]));
  expect(durationOf('i-1', 'create', [18_000, 42_000])).not.toBe(durationOf('i-2', 'create', [18_000, 42_000]));
});

test('half take less than the median, one in twenty more than the 95th percentile', () => {
  const durations = Array.from({ length: 4000 }, (_, index) => durationOf(`i-${index}`, 'create', [20_000, 60_000]));
  const share = (limit: number): number => durations.filter((duration) => duration > limit).length / durations.length;
  expect(share(20_000)).toBeGreaterThan(0.46);
  expect(share(20_000)).toBeLessThan(0.54);
  expect(share(60_000)).toBeGreaterThan(0.03);
  expect(share(60_000)).toBeLessThan(0.07);
});

test('a duration is never absurd', () => {
  const unit = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  fc.assert(
    fc.property(unit, unit, fc.integer({ min: 1, max: 1e5 }), fc.integer({ min: 1, max: 1e5 }), (a, b, p50, more) => {
      const duration = sampleDurationMs([p50, p50 + more], a, b);
      expect(duration).toBeGreaterThanOrEqual(p50 / 3);
      expect(duration).toBeLessThanOrEqual((p50 + more) * 1.5);
    }),
  );
});

test('a seed repeats itself', () => {
  const take = (seed: number): number[] => {
    const random = createRandom(seed);
    return [random(), random(), random()];
  };
  expect(take(7)).toEqual(take(7));
  expect(take(7)).not.toEqual(take(8));
  for (const value of take(7)) expect(value >= 0 && value < 1).toBe(true);
});
