import type { CloudSystem } from '@waterstrider/contract';
import { askSpider } from './ask-spider.ts';
import { listOf, textOf, textsOf, toFields } from './tumblebug-fields.ts';
import type { Upstream } from './upstream.ts';

export type SpiderDriver = { name: string; provider: string; library: string };

/** The registered drivers; `provider` as CB-Spider writes it: `AWS`. */
export async function readDrivers(spider: Upstream): Promise<SpiderDriver[]> {
  const answer = await askSpider(spider, 'drivers', { path: '/driver' });
  return listOf(answer, 'driver').flatMap((fields) => {
    const name = textOf(fields, 'DriverName', 'driverName');
    const provider = textOf(fields, 'ProviderName', 'providerName')?.toUpperCase();
    if (name === undefined || provider === undefined) return [];
    return [{ name, provider, library: textOf(fields, 'DriverLibFileName', 'driverLibFileName') ?? '' }];
  });
}

async function countConnections(spider: Upstream): Promise<Map<string, number>> {
  const answer = await askSpider(spider, 'connections', { path: '/connectionconfig' });
  const counts = new Map<string, number>();
  for (const fields of listOf(answer, 'connectionconfig')) {
    const provider = textOf(fields, 'ProviderName', 'providerName')?.toUpperCase();
    if (provider !== undefined) counts.set(provider, (counts.get(provider) ?? 0) + 1);
  }
  return counts;
}

/**
 * Every kind of cloud that CB-Spider can drive, in its own order. `connectionCounts` (by provider, upper case) counts instead
 * of CB-Spider's own connections.
 */
export async function cloudSystems(
  spider: Upstream,
  connectionCounts?: ReadonlyMap<string, number>,
): Promise<CloudSystem[]> {
  const [clouds, drivers, connections] = await Promise.all([
    askSpider(spider, 'clouds', { path: '/cloudos' }),
    readDrivers(spider),
    connectionCounts ?? countConnections(spider),
  ]);
  return Promise.all(
    textsOf(toFields(clouds).cloudos).map(async (name) => {
      const path = `/cloudos/metainfo/${encodeURIComponent(name)}`;
      const meta = toFields(await askSpider(spider, 'facts', { path }));
      return {
        name,
        credentialKeys: textsOf(meta.Credential),
        regionKeys: textsOf(meta.Region),
        rootDiskTypes: textsOf(meta.RootDiskType),
        diskTypes: textsOf(meta.DiskType),
        drivers: drivers
          .filter(({ provider }) => provider === name.toUpperCase())
          .map(({ name: driver, library }) => ({ name: driver, library })),
        connections: connections.get(name.toUpperCase()) ?? 0,
      };
    }),
  );
}
