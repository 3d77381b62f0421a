import { DomainError, specSortKeys, type Platform, type Spec, type SpecQuery } from '@waterstrider/contract';
import type { ListRules, ListView } from '../http/list-query.ts';
import type { Place } from './catalogue-places.ts';

type SpecSortKey = (typeof specSortKeys)[number];
const specFilterKeys = ['provider', 'region', 'family', 'architecture', 'name'] as const;
type SpecFilterKey = (typeof specFilterKeys)[number];

/** Cheapest first; unknown prices last. */
export const specRules: ListRules<SpecSortKey, SpecFilterKey> = {
  list: 'listSpecs',
  sortKeys: specSortKeys,
  filterKeys: specFilterKeys,
  defaultSort: 'costPerHourUsd',
};

export const specView: ListView<Spec, SpecSortKey, SpecFilterKey> = {
  id: (spec) => spec.id,
  texts: (spec) => [spec.name, spec.family, spec.provider, spec.region, spec.gpu?.model],
  filterValues: (spec, key) => spec[key],
  sortValue: (spec, key) => spec[key],
};

/** Does it pass the bounds of the query? A spec of unknown price passes no bound on the price. */
export function isWithin(spec: Spec, query: SpecQuery): boolean {
  const { minVcpu = 0, maxVcpu = Infinity, minMemoryGiB = 0, maxMemoryGiB = Infinity, maxCostPerHourUsd } = query;
  if (spec.vcpu < minVcpu || spec.vcpu > maxVcpu) return false;
  if (spec.memoryGiB < minMemoryGiB || spec.memoryGiB > maxMemoryGiB) return false;
  if (
    maxCostPerHourUsd !== undefined &&
    !(spec.costPerHourUsd !== undefined && spec.costPerHourUsd <= maxCostPerHourUsd)
  ) {
    return false;
  }
  if (query.architecture !== undefined && spec.architecture !== query.architecture) return false;
  if (query.gpu !== undefined && (query.gpu === 'true') !== (spec.gpu !== undefined)) return false;
  return query.family === undefined || spec.family === query.family;
}

/** The spec of an id `provider+region+name`. Throws `not_found`. */
export async function findSpec(platform: Pick<Platform, 'clouds' | 'specs'>, id: string): Promise<Spec> {
  const [provider = '', region = ''] = id.split('+');
  const cloud = platform.clouds().find((known) => known.provider === provider);
  const isKnown = cloud?.regions.some((known) => known.region === region) === true;
  const spec = isKnown ? (await platform.specs(provider, region)).find((known) => known.id === id) : undefined;
  if (spec === undefined) throw new DomainError('not_found', { reason: 'There is no such spec.' });
  return spec;
}

export async function specsOf(platform: Pick<Platform, 'specs'>, places: readonly Place[]): Promise<Spec[]> {
  return (await Promise.all(places.map(({ provider, region }) => platform.specs(provider, region)))).flat();
}
