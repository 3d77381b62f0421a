import { cloud } from '@waterstrider/contract';
import { describe, expect, test } from 'vitest';
import { listImages, listSpecs } from './catalogue.ts';
import { credentialSchema } from './credential.ts';
import { providers, simulatedProviders } from './providers.ts';

const big = ['sim-aws', 'sim-azure', 'sim-gcp', 'sim-alibaba', 'sim-tencent', 'sim-ibm'];

test('every provider has its badge and its real name', () => {
  expect(simulatedProviders).toHaveLength(12);
  expect(Object.fromEntries(providers.map(({ provider, badge }) => [provider, badge]))).toMatchObject({
    'sim-aws': 'AWS',
    'sim-azure': 'AZ',
    'sim-gcp': 'GCP',
    'sim-alibaba': 'ALI',
    'sim-openstack': 'OS',
    'sim-openstack-ex01': 'OS',
    'sim-cloudit': 'CLT',
    'sim-tencent': 'TC',
    'sim-ibm': 'IBM',
    'sim-ncp': 'NCP',
    'sim-nhn': 'NHN',
    'sim-kt': 'KT',
  });
  for (const { displayName } of providers) expect(JSON.stringify(displayName)).not.toMatch(/simul/i);
});

describe.each(providers)('$provider', (facts) => {
  test('has regions with a place on the map', () => {
    expect(facts.regions.length).toBeGreaterThan(0);
    for (const region of facts.regions) {
      expect(region.name).not.toBe('');
      expect(Math.abs(region.latitude ?? 999)).toBeLessThanOrEqual(90);
      expect(Math.abs(region.longitude ?? 999)).toBeLessThanOrEqual(180);
      expect(new Set(region.zones).size).toBe(region.zones.length);
    }
  });

  test('has enough specs and images, each with an id of its own and a price', async () => {
    const ids = new Set<string>();
    for (const { region } of facts.regions) {
      const [specs, images] = await Promise.all([listSpecs(facts, region), listImages(facts, region)]);
      expect(specs.length).toBeGreaterThanOrEqual(big.includes(facts.provider) ? 30 : 8);
      expect(images.length).toBeGreaterThanOrEqual(6);
      for (const spec of specs) {
        expect(spec.costPerHourUsd, spec.id).toBeGreaterThan(0);
        expect(spec.approximate).toBe(true);
        expect(spec.vcpu * spec.memoryGiB).toBeGreaterThan(0);
        expect(
          images.some(({ architecture }) => architecture === spec.architecture),
          spec.id,
        ).toBe(true);
      }
      expect(new Set(images.map(({ cspImageId }) => cspImageId)).size).toBe(images.length);
      for (const { id } of [...specs, ...images]) {
        expect(id.length).toBeLessThanOrEqual(200);
        expect(ids.has(id), id).toBe(false);
        ids.add(id);
      }
    }
  });

  test('has percentiles in order and one default disk type', () => {
    for (const [name, spread] of Object.entries(facts.latencyMs)) {
      expect(spread, name).toHaveLength(2);
      expect(spread[0]).toBeGreaterThan(0);
      expect(spread[1]).toBeGreaterThan(spread[0]);
    }
    expect(facts.diskTypes.filter(({ isDefault }) => isDefault)).toHaveLength(1);
    expect(cloud.shape.diskTypes.parse(facts.diskTypes)).toEqual(facts.diskTypes);
  });

  test('words every complaint', () => {
    for (const [complaint, [code, message]] of Object.entries(facts.vocabulary)) {
      expect(code, complaint).not.toBe('');
      expect(message, complaint).not.toBe('');
      expect(message.replace('{thing}', '').replace('{state}', '')).not.toMatch(/[{}]/);
    }
  });
});

test('a price is the base price by the factor of the region', async () => {
  const aws = providers.find(({ provider }) => provider === 'sim-aws');
  if (!aws) throw new Error('sim-aws is missing');
  const priceIn = async (region: string) =>
    (await listSpecs(aws, region)).find(({ name }) => name === 't3.nano')?.costPerHourUsd;
  expect(await priceIn('us-east-1')).toBe(0.0052);
  expect(await priceIn('ap-northeast-2')).toBe(0.006391);
});

test('the credential form asks for an account and nothing else', () => {
  expect(credentialSchema).toMatchObject({
    type: 'object',
    properties: { account: { type: 'string', title: 'Account' } },
    required: ['account'],
    additionalProperties: false,
  });
});
