import { cloud, image, spec } from '@waterstrider/contract';
import { expect } from 'vitest';
import type { DriverCheck } from '../driver-subject.ts';

const actions = ['suspend', 'resume', 'reboot', 'terminate'] as const;

const expectUnique = (values: readonly string[]): void => {
  expect(new Set(values).size).toBe(values.length);
};

const description: DriverCheck = async ({ driver, session }) => {
  expect(cloud.parse(driver.cloud)).toEqual(driver.cloud);
  expect(driver.cloud.provider).toBe(driver.provider);
  expect(driver.cloud.simulated).toBe(driver.simulated);
  expectUnique(driver.cloud.regions.map(({ region }) => region));
  for (const figure of [
    'requestsPerSecond',
    'concurrentCreates',
    'concurrentRequests',
    'pollIntervalMs',
    'createMs',
  ] as const)
    expect(driver.limits[figure], figure).toBeGreaterThan(0);
  expect(driver.limits.consistencyWindowMs).toBeGreaterThanOrEqual(0);
  for (const action of actions)
    expect(driver.capabilities.includes(action), action).toBe(session.compute[`${action}Server`] !== undefined);
  return Promise.resolve();
};

const catalogue: DriverCheck = async ({ driver, region }) => {
  const specs = await driver.specs(region);
  const images = await driver.images(region);
  expect(specs.length).toBeGreaterThan(0);
  expect(images.length).toBeGreaterThan(0);
  for (const each of specs) {
    expect(spec.parse(each)).toEqual(each);
    expect(each).toMatchObject({ id: `${driver.provider}+${region}+${each.name}`, provider: driver.provider, region });
    if (each.costPerHourUsd !== undefined) expect(each.costPerHourUsd).toBeGreaterThan(0);
  }
  for (const each of images) {
    expect(image.parse(each)).toEqual(each);
    expect(each).toMatchObject({ provider: driver.provider, region });
  }
  expectUnique(specs.map(({ id }) => id));
  expectUnique(images.map(({ id }) => id));
  await expect(driver.specs('no-such-region')).rejects.toMatchObject({ code: 'not_found' });
  await expect(driver.images('no-such-region')).rejects.toMatchObject({ code: 'not_found' });
};

export const catalogueChecks = { description, catalogue };
