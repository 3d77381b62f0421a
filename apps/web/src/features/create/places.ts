import type { Connection } from '@waterstrider/contract';

/** The connections of one provider, apart by whether servers can be made there now. */
export interface ProviderPlaces {
  provider: string;
  usable: Connection[];
  /** Not verified: shown with the reason. */
  others: Connection[];
}

const byPlace = (left: Connection, right: Connection): number =>
  left.regionName.localeCompare(right.regionName, 'en') ||
  left.region.localeCompare(right.region, 'en') ||
  left.name.localeCompare(right.name, 'en');

/** Connections by provider, in the order the clouds are listed; regions by name. */
export function groupByProvider(connections: readonly Connection[], order: readonly string[]): ProviderPlaces[] {
  const rank = (provider: string): number => (order.includes(provider) ? order.indexOf(provider) : order.length);
  const providers = [...new Set(connections.map(({ provider }) => provider))].sort(
    (left, right) => rank(left) - rank(right) || left.localeCompare(right, 'en'),
  );
  return providers.map((provider) => {
    const own = connections.filter((connection) => connection.provider === provider).sort(byPlace);
    return {
      provider,
      usable: own.filter(({ state }) => state === 'Verified'),
      others: own.filter(({ state }) => state !== 'Verified'),
    };
  });
}

/** The connection a newcomer starts with. */
export const firstUsable = (places: readonly ProviderPlaces[]): Connection | undefined =>
  places.flatMap(({ usable }) => usable)[0];

/** Going to another provider: the same region code or place name if it has one, else its first. */
export function nearestPlace(places: ProviderPlaces, current: Connection | undefined): Connection | undefined {
  const { usable } = places;
  if (!current) return usable[0];
  return (
    usable.find(({ region }) => region === current.region) ??
    usable.find(({ regionName }) => regionName === current.regionName) ??
    closest(usable, current) ??
    usable[0]
  );
}

function closest(connections: readonly Connection[], to: Connection): Connection | undefined {
  if (to.latitude === undefined || to.longitude === undefined) return undefined;
  const { latitude, longitude } = to;
  let best: { connection: Connection; distance: number } | undefined;
  for (const connection of connections) {
    if (connection.latitude === undefined || connection.longitude === undefined) continue;
    const distance = apart([connection.latitude, connection.longitude], [latitude, longitude]);
    if (!best || distance < best.distance) best = { connection, distance };
  }
  return best?.connection;
}

type Point = [latitude: number, longitude: number];
const radians = Math.PI / 180;

/** Angle between two places on the globe, by the haversine formula; only to compare. */
function apart([lat1, lon1]: Point, [lat2, lon2]: Point): number {
  const a =
    Math.sin(((lat2 - lat1) * radians) / 2) ** 2 +
    Math.cos(lat1 * radians) * Math.cos(lat2 * radians) * Math.sin(((lon2 - lon1) * radians) / 2) ** 2;
  return 2 * Math.asin(Math.min(1, Math.sqrt(a)));
}

/** Does a search fit name, code or connection? */
export function isFound({ region, regionName, name }: Connection, search: string): boolean {
  const wanted = search.trim().toLowerCase();
  return wanted === '' || [region, regionName, name].some((text) => text.toLowerCase().includes(wanted));
}

/** Where a further group goes unless told: another cloud, near the last one; when every cloud is used, where the last one is. */
export function nextPlace(places: readonly ProviderPlaces[], used: readonly Connection[]): Connection | undefined {
  const last = used.at(-1);
  if (!last) return firstUsable(places);
  const isUsed = (provider: string): boolean => used.some((connection) => connection.provider === provider);
  const other = places.find(({ provider, usable }) => usable.length > 0 && !isUsed(provider));
  return (other && nearestPlace(other, last)) ?? (last.state === 'Verified' ? last : firstUsable(places));
}
