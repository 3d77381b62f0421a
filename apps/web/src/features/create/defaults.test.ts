import type { Connection } from '@waterstrider/contract';
import { describe, expect, test } from 'vitest';
import { isFitting, nameInId } from './catalogue-facts.ts';
import { firstWish, pickImage, specQueries } from './defaults.ts';
import { firstUsable, groupByProvider, isFound, nearestPlace, nextPlace } from './places.ts';

const image = (osDistribution: string, osVersion: string, extra = {}) => ({
  osDistribution,
  osVersion,
  gpuReady: false,
  kubernetesReady: false,
  ...extra,
});

describe('pickImage', () => {
  const images = [
    image('Ubuntu', '9.10'),
    image('Debian', '12'),
    image('Ubuntu', '24.04', { gpuReady: true }),
    image('Ubuntu', '22.04'),
    image('Debian', '11'),
  ];
  test('the newest plain Ubuntu unless told', () => {
    expect(pickImage(images)).toEqual(image('Ubuntu', '22.04'));
  });
  test('the wished one, else the newest of its kind', () => {
    expect(pickImage(images, { osDistribution: 'Debian', osVersion: '11' })).toEqual(image('Debian', '11'));
    expect(pickImage(images, { osDistribution: 'debian', osVersion: '10' })).toEqual(image('Debian', '12'));
    expect(pickImage(images, { osDistribution: 'BeOS', osVersion: '5' })).toEqual(image('Ubuntu', '22.04'));
  });
  test('something rather than nothing', () => {
    expect(pickImage([image('Windows', '2022', { gpuReady: true })])?.osDistribution).toBe('Windows');
    expect(pickImage([])).toBeUndefined();
  });
});

test('a newcomer gets the cheapest x86_64 spec of 2 vCPU', () => {
  expect(specQueries('c', firstWish)[0]).toEqual({
    connection: 'c',
    minVcpu: 2,
    maxVcpu: 2,
    minMemoryGiB: 0,
    gpu: 'false',
    architecture: 'x86_64',
    limit: 1,
  });
});

test('the same name is looked for first; an architecture that can not be asked for is not', () => {
  const [first, ...others] = specQueries('c', { name: 'm5.large', vcpu: 2, memoryGiB: 8, architecture: 'riscv64' });
  expect(first).toMatchObject({ filter: 'name:m5.large' });
  for (const query of others) expect(query).not.toHaveProperty('architecture');
});

test('an image starts on its own architecture, a GPU image on a GPU', () => {
  const spec = { architecture: 'x86_64', hasGpu: false };
  expect(isFitting({ architecture: 'x86_64', gpuReady: false }, spec)).toBe(true);
  expect(isFitting({ architecture: 'arm64', gpuReady: false }, spec)).toBe(false);
  expect(isFitting({ architecture: 'x86_64', gpuReady: true }, spec)).toBe(false);
});

test('nameInId', () => {
  expect(nameInId('aws+seoul+a+b')).toBe('a+b');
  expect(nameInId('opaque')).toBe('opaque');
});

const place = (provider: string, region: string, extra: Partial<Connection> = {}): Connection => ({
  id: `${provider}-${region}`,
  name: `${provider}-${region}`,
  credential: provider,
  provider,
  simulated: true,
  region,
  regionName: region.toUpperCase(),
  zones: [],
  state: 'Verified',
  reachable: true,
  nodes: 0,
  unknownServers: 0,
  ...extra,
});

describe('places', () => {
  const seoul = place('aws', 'seoul', { latitude: 37, longitude: 127 });
  const all = [
    place('gcp', 'tokyo', { latitude: 35, longitude: 139 }),
    place('gcp', 'iowa', { latitude: 41, longitude: -93 }),
    place('azure', 'x', { state: 'Failed' }),
    seoul,
    place('aws', 'oregon', { state: 'Verifying' }),
  ];
  const places = groupByProvider(all, ['aws', 'azure']);

  test('stand in the order of the clouds, usable ones apart', () => {
    expect(places.map(({ provider }) => provider)).toEqual(['aws', 'azure', 'gcp']);
    expect(places.map(({ usable, others }) => [usable.length, others.length])).toEqual([
      [1, 1],
      [0, 1],
      [2, 0],
    ]);
    expect(firstUsable(places)).toBe(seoul);
  });

  test('another cloud starts near the place before', () => {
    const gcp = places.find(({ provider }) => provider === 'gcp');
    expect(gcp && nearestPlace(gcp, seoul)?.region).toBe('tokyo');
    expect(nextPlace(places, [])).toBe(seoul);
    expect(nextPlace(places, [seoul])?.name).toBe('gcp-tokyo');
    expect(nextPlace(places, [seoul, place('gcp', 'iowa')])?.name).toBe('gcp-iowa');
    expect(nextPlace([], [])).toBeUndefined();
  });

  test('are found by name, code and connection', () => {
    expect(isFound(seoul, ' SEO ')).toBe(true);
    expect(isFound(seoul, 'aws-')).toBe(true);
    expect(isFound(seoul, 'tokyo')).toBe(false);
  });
});
