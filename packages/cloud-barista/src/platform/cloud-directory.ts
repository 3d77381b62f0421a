import type { Cloud } from '@waterstrider/contract';
import { toCloud, type WireCloud } from '../wire/tumblebug-clouds.ts';

type RegionFacts = { simulated: boolean; regionName: string; latitude?: number; longitude?: number };

/** The clouds that upstream knows, as last read; shared by whoever shows a region. */
export type CloudDirectory = {
  clouds(): Cloud[];
  replace(clouds: WireCloud[]): void;
  describeRegion(provider: string, region: string): RegionFacts;
};

export function createCloudDirectory(): CloudDirectory {
  let clouds: Cloud[] = [];
  let regions = new Map<string, RegionFacts>();
  return {
    clouds: () => clouds,
    replace(wire) {
      clouds = wire.map(toCloud);
      regions = new Map(
        clouds.flatMap((cloud) =>
          cloud.regions.map(({ region, name, latitude, longitude }) => [
            `${cloud.provider}+${region}`,
            {
              simulated: cloud.simulated,
              regionName: name,
              ...(latitude === undefined || longitude === undefined ? {} : { latitude, longitude }),
            },
          ]),
        ),
      );
    },
    describeRegion: (provider, region) =>
      regions.get(`${provider}+${region}`) ?? { simulated: false, regionName: region },
  };
}
