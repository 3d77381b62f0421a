import { DomainError, type Platform } from '@waterstrider/contract';
import { isUsableIn } from '../inventory/connection-use.ts';
import type { Inventory } from '../inventory/inventory.ts';
import { notFound, visibleNamespaces } from '../inventory/visibility.ts';
import type { Actor } from '../pipeline/context.ts';

/** One part of the catalogue. */
export type Place = { provider: string; region: string };
export type PlaceQuery = {
  connection?: string | undefined;
  provider?: string | undefined;
  region?: string | undefined;
};

/**
 * Where to look: the connection's region, the named provider's regions, else the regions of every connection one may use.
 * Throws `not_found` for a connection one may not use, or an unknown provider or region.
 */
export function findPlaces(
  query: PlaceQuery,
  { actor, inventory, platform }: { actor: Actor; inventory: Inventory; platform: Pick<Platform, 'clouds'> },
): Place[] {
  const usable = usableConnections(actor, inventory);
  if (query.connection !== undefined) {
    const connection = usable.find(({ name, id }) => name === query.connection || id === query.connection);
    if (connection === undefined) throw notFound();
    return [connection].filter((place) => isInside(place, query));
  }
  if (query.provider !== undefined) return findInCloud(query, platform);
  return distinct(usable).filter((place) => isInside(place, query));
}

const isInside = (place: Place, { provider, region }: PlaceQuery): boolean =>
  (provider === undefined || place.provider === provider) && (region === undefined || place.region === region);

function usableConnections(actor: Actor, { model }: Inventory) {
  const all = [...model.connections.values()];
  if (actor.admin) return all;
  const visible = visibleNamespaces(model, actor);
  return all.filter((connection) => visible.some((namespace) => isUsableIn(connection, namespace)));
}

function findInCloud(query: PlaceQuery, platform: Pick<Platform, 'clouds'>): Place[] {
  const cloud = platform.clouds().find(({ provider }) => provider === query.provider);
  if (cloud === undefined) throw new DomainError('not_found', { reason: 'There is no such provider.' });
  const regions = cloud.regions.filter(({ region }) => query.region === undefined || region === query.region);
  if (regions.length === 0) throw new DomainError('not_found', { reason: 'The provider has no such region.' });
  return regions.map(({ region }) => ({ provider: cloud.provider, region }));
}

function distinct(places: readonly Place[]): Place[] {
  const byKey = new Map(places.map(({ provider, region }) => [`${provider}+${region}`, { provider, region }]));
  return [...byKey.values()];
}
