import type { Spec } from '@waterstrider/contract';
import { expect, test } from 'vitest';
import { passes, requireMetric } from './spec-filter.ts';
import { toOrder } from './spec-order.ts';

const spec = (region: string, name: string, more: Partial<Spec> = {}): Spec => ({
  id: `aws+${region}+${name}`,
  name,
  provider: 'aws',
  region,
  family: 'm',
  vcpu: 2,
  memoryGiB: 8,
  architecture: 'x86_64',
  approximate: false,
  ...more,
});
const filter = (metric: string, texts: string[], min = 0, max = 0) => ({ metric, texts, min, max });
const places = new Map([
  ['aws+seoul', { latitude: 37.5, longitude: 127 }],
  ['aws+paris', { latitude: 48.9, longitude: 2.4 }],
]);

test('text matches in any case: ids by every word, others whole, several as one of them', () => {
  const it = spec('seoul', 'm5.large');
  expect(passes(it, filter('id', ['AWS large']))).toBe(true);
  expect(passes(it, filter('cspSpecName', ['m5 xlarge']))).toBe(false);
  expect(passes(it, filter('providerName', ['gcp,AWS']))).toBe(true);
  expect(passes(it, filter('regionName', ['seo']))).toBe(false);
});

test('0 as a bound means none; bounds include their ends', () => {
  const it = spec('seoul', 'a', { vcpu: 4 });
  expect(passes(it, filter('vCPU', [], 4, 4))).toBe(true);
  expect(passes(it, filter('vCPU', [], 0, 2))).toBe(false);
  expect(passes(it, filter('vCPU', [], 2, 0))).toBe(true);
  expect(() => requireMetric('moon')).toThrow('Invalid filter metric: moon');
});

test('cheapest first by default, unknown prices last', () => {
  const specs = [
    spec('seoul', 'b'),
    spec('seoul', 'c', { costPerHourUsd: 2 }),
    spec('paris', 'a', { costPerHourUsd: 1 }),
  ];
  expect([...specs].sort(toOrder([], places)).map(({ name }) => name)).toEqual(['a', 'c', 'b']);
});

test('by place, then by cost; a place that is not known comes last', () => {
  const specs = [
    spec('mars', 'm', { costPerHourUsd: 0.1 }),
    spec('paris', 'p'),
    spec('seoul', 's2', { costPerHourUsd: 2 }),
    spec('seoul', 's1', { costPerHourUsd: 1 }),
  ];
  const near = (val: string) =>
    toOrder([{ metric: 'location', parameter: [{ key: 'coordinateClose', val: [val] }] }], places);
  expect([...specs].sort(near('37.5/127.0')).map(({ name }) => name)).toEqual(['s1', 's2', 'p', 'm']);
  expect([...specs].sort(near('48/2/100')).map(({ name }) => name)).toEqual(['p', 's1', 's2', 'm']);
  expect(() => near('somewhere')).toThrow('does not read latitude/longitude');
  const latency = toOrder([{ metric: 'latency', parameter: [{ key: 'latencyMinimal', val: ['aws-paris'] }] }], places);
  expect([...specs].sort(latency)[0]?.name).toBe('p');
  expect(() => toOrder([{ metric: 'beauty', parameter: [] }], places)).toThrow('beauty');
});
