import type { Cloud, Connection, Driver } from '@waterstrider/contract';
import { orNull } from './texts.ts';

export const defaultHolder = 'admin';

/** Whose credential it is: `{provider}` belongs to `admin`, `{holder}-{provider}` to the holder, any other name to `admin`. */
export function toHolder({ credential, provider }: Pick<Connection, 'credential' | 'provider'>): string {
  const suffix = `-${provider}`;
  const holder = credential.endsWith(suffix) ? credential.slice(0, -suffix.length).toLowerCase() : '';
  return /^[a-z0-9_]+$/.test(holder) ? holder : defaultHolder;
}

/** The name of a holder's credential. */
export const toCredentialName = (holder: string, provider: string): string =>
  holder === defaultHolder ? provider : `${holder}-${provider}`;

export type RegionLike = {
  region: string;
  name: string;
  latitude?: number | undefined;
  longitude?: number | undefined;
  zones: string[];
};

export const toLocation = (place: Pick<RegionLike, 'name' | 'latitude' | 'longitude'>): Record<string, unknown> => ({
  display: place.name,
  latitude: place.latitude ?? 0,
  longitude: place.longitude ?? 0,
});

export const toRegionDetail = (region: RegionLike): Record<string, unknown> => ({
  regionId: region.region,
  regionName: region.region,
  description: region.name,
  location: toLocation(region),
  zones: orNull(region.zones),
});

export function toCspDetail(cloud: Cloud, driver: string): Record<string, unknown> {
  const regions = Object.fromEntries(cloud.regions.map((region) => [region.region, toRegionDetail(region)]));
  return { description: cloud.displayName.en, driver, regions };
}

export const driverNameOf = (drivers: readonly Pick<Driver, 'name' | 'provider'>[], provider: string): string =>
  drivers.find((driver) => driver.provider === provider)?.name ?? '';

const placeOf = ({ region, regionName, latitude, longitude, zones }: Connection): RegionLike => ({
  region,
  name: regionName,
  latitude,
  longitude,
  zones,
});

/** Every connection stands for its region: there is one for each. */
export const toConnConfig = (connection: Connection, driverName: string): Record<string, unknown> => ({
  configName: connection.name,
  providerName: connection.provider,
  driverName,
  credentialName: connection.credential,
  credentialHolder: toHolder(connection),
  regionZoneInfoName: `${connection.provider}-${connection.region}`,
  regionZoneInfo: { assignedRegion: connection.region, assignedZone: connection.zones[0] ?? '' },
  regionDetail: toRegionDetail(placeOf(connection)),
  regionRepresentative: true,
  verified: connection.state === 'Verified',
  ...(connection.error === undefined ? {} : { verifiedMessage: connection.error.message }),
});

/** A connection that is gone, or that one may not see any more. */
export const unknownConnection = (name: string, provider: string, region: string): Connection => ({
  id: '',
  name,
  credential: '',
  provider,
  simulated: false,
  region,
  regionName: region,
  zones: [],
  state: 'Failed',
  reachable: false,
  nodes: 0,
  unknownServers: 0,
});
