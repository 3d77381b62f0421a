import type { Cloud } from '@waterstrider/contract';
import { param, type FacadeConsole, type FacadeHandler, type FacadeRequest } from '../console.ts';
import { FacadeError } from '../facade-error.ts';
import { driverNameOf, toCspDetail, toRegionDetail } from '../write/connection.ts';
import { orNull } from '../write/texts.ts';

export const getCloudInfo: FacadeHandler = async ({ console }) => {
  const [{ items: clouds }, { items: drivers }] = await Promise.all([
    console.call('listClouds'),
    console.call('listDrivers'),
  ]);
  const csps = clouds.map((cloud) => [cloud.provider, toCspDetail(cloud, driverNameOf(drivers, cloud.provider))]);
  return { csps: Object.fromEntries(csps) as Record<string, unknown> };
};

/** Names of all providers, whether or not there is a connection. */
export const listProviders: FacadeHandler = async ({ console }) => {
  const { items } = await console.call('listClouds');
  return { output: orNull(items.map(({ provider }) => provider).sort()) };
};

async function findCloud(console: FacadeConsole, request: FacadeRequest): Promise<Cloud> {
  const provider = param(request, 'providerName').toLowerCase();
  const { items } = await console.call('listClouds');
  const cloud = items.find((known) => known.provider === provider);
  if (cloud === undefined) throw new FacadeError(404, `cloudType '${provider}' not found`);
  return cloud;
}

export const listRegions: FacadeHandler = async ({ console, request }) => {
  const { regions } = await findCloud(console, request);
  return { regions: orNull(regions.map(toRegionDetail)) };
};

export const getRegion: FacadeHandler = async ({ console, request }) => {
  const cloud = await findCloud(console, request);
  const name = param(request, 'regionName');
  const region = cloud.regions.find((known) => known.region.toLowerCase() === name.toLowerCase());
  if (region === undefined)
    throw new FacadeError(404, `nativeRegion '${name}' not found in CloudType '${cloud.provider}'`);
  return toRegionDetail(region);
};
