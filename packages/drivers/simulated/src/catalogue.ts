import { createHash } from 'node:crypto';
import { DomainError, type Image, type Spec } from '@waterstrider/contract';
import type { ProviderFacts } from './providers.ts';

type SpecFacts = Omit<Spec, 'id' | 'provider' | 'region' | 'approximate' | 'costPerHourUsd'> & {
  costPerHourUsd: number;
};
type ImageFacts = Omit<Image, 'id' | 'provider' | 'region' | 'cspImageId'> & { idExample: string };
type CatalogueFacts = { regionPriceFactor: Record<string, number>; specs: SpecFacts[]; images: ImageFacts[] };

/** Loaded when first asked for: most processes look at a few clouds only. */
const files: Record<string, () => Promise<{ default: unknown }>> = {
  aws: () => import('./catalogue/aws.json', { with: { type: 'json' } }),
  azure: () => import('./catalogue/azure.json', { with: { type: 'json' } }),
  gcp: () => import('./catalogue/gcp.json', { with: { type: 'json' } }),
  alibaba: () => import('./catalogue/alibaba.json', { with: { type: 'json' } }),
  openstack: () => import('./catalogue/openstack.json', { with: { type: 'json' } }),
  cloudit: () => import('./catalogue/cloudit.json', { with: { type: 'json' } }),
  tencent: () => import('./catalogue/tencent.json', { with: { type: 'json' } }),
  ibm: () => import('./catalogue/ibm.json', { with: { type: 'json' } }),
  ncp: () => import('./catalogue/ncp.json', { with: { type: 'json' } }),
  nhn: () => import('./catalogue/nhn.json', { with: { type: 'json' } }),
  kt: () => import('./catalogue/kt.json', { with: { type: 'json' } }),
};

const load = async (name: string): Promise<CatalogueFacts> => {
  const file = files[name];
  if (!file) throw new DomainError('not_found', { reason: `There is no catalogue "${name}".` });
  return (await file()).default as CatalogueFacts; // checked by the catalogue's tests
};

/**
 * Opaque ids (AMI, UUID, `img-`, number) differ by region, in the form of the example; public names (URN, family, file) are the
 * same everywhere, as they are in the real clouds.
 */
export const toCspImageId = (example: string, region: string): string => {
  const digest = createHash('sha256').update(`${example}/${region}`).digest('hex');
  if (/^ami-[0-9a-f]{16,17}$/.test(example)) return `ami-0${digest.slice(0, 16)}`;
  if (/^img-[0-9a-z]{8}$/.test(example)) return `img-${digest.slice(0, 8)}`;
  if (/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8/.test(example))
    return `${digest.slice(0, 8)}-${digest.slice(8, 12)}-4${digest.slice(13, 16)}-8${digest.slice(17, 20)}-${digest.slice(20, 32)}`;
  if (/^\d{8,9}$/.test(example)) return String(10_000_000 + (Number.parseInt(digest.slice(0, 12), 16) % 890_000_000));
  return example;
};

const hasRegion = (facts: ProviderFacts, region: string): boolean =>
  facts.regions.some((known) => known.region === region);

const requireRegion = (facts: ProviderFacts, region: string): void => {
  if (!hasRegion(facts, region))
    throw new DomainError('not_found', { reason: `${facts.displayName.en} has no region "${region}".` });
};

const roundMoney = (usd: number): number => Math.round(usd * 1e6) / 1e6;

/** Specs of a region with approximate list prices. Throws `not_found` for an unknown region. */
export const listSpecs = async (facts: ProviderFacts, region: string): Promise<Spec[]> => {
  requireRegion(facts, region);
  const { specs, regionPriceFactor } = await load(facts.catalogue);
  const factor = regionPriceFactor[region];
  return specs.map(({ costPerHourUsd, ...spec }) => ({
    id: `${facts.provider}+${region}+${spec.name}`,
    provider: facts.provider,
    region,
    ...spec,
    ...(factor === undefined ? {} : { costPerHourUsd: roundMoney(costPerHourUsd * factor) }),
    approximate: true,
  }));
};

/** Images of a region. Throws `not_found` for an unknown region. */
export const listImages = async (facts: ProviderFacts, region: string): Promise<Image[]> => {
  requireRegion(facts, region);
  const { images } = await load(facts.catalogue);
  return images.map(({ idExample, ...image }) => ({
    id: `${facts.provider}+${region}+${image.name}`,
    provider: facts.provider,
    region,
    cspImageId: toCspImageId(idExample, region),
    ...image,
  }));
};

/** The few facts a create is checked against. */
export type CatalogueLookup = {
  findSpec(name: string): { architecture: string } | undefined;
  findImage(cspImageId: string): { architecture: string; minDiskGiB: number } | undefined;
};

export const createCatalogueLookup = async (facts: ProviderFacts, region: string): Promise<CatalogueLookup> => {
  const { specs, images } = await load(facts.catalogue);
  const specsByName = new Map(specs.map((spec) => [spec.name, spec]));
  const imagesById = new Map(images.map((image) => [toCspImageId(image.idExample, region), image]));
  return { findSpec: (name) => specsByName.get(name), findImage: (id) => imagesById.get(id) };
};
