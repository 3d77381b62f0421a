import type { Image, Spec } from '@waterstrider/contract';

/** What is shown of chosen specs and images, by id; kept so that a card or a draft needs no look-up. */
export interface CatalogueFacts {
  specs: Record<string, SpecFact>;
  images: Record<string, ImageFact>;
}
export type SpecFact = Pick<Spec, 'id' | 'name' | 'vcpu' | 'memoryGiB' | 'architecture'> & { hasGpu: boolean };
export type ImageFact = Pick<
  Image,
  | 'id'
  | 'name'
  | 'osDistribution'
  | 'osVersion'
  | 'architecture'
  | 'gpuReady'
  | 'kubernetesReady'
  | 'minDiskGiB'
  | 'defaultUser'
>;

export const noFacts: CatalogueFacts = { specs: {}, images: {} };

export const toSpecFact = ({ id, name, vcpu, memoryGiB, architecture, gpu }: Spec): SpecFact => ({
  id,
  name,
  vcpu,
  memoryGiB,
  architecture,
  hasGpu: gpu !== undefined,
});

export const toImageFact = (image: Image): ImageFact => ({
  id: image.id,
  name: image.name,
  osDistribution: image.osDistribution,
  osVersion: image.osVersion,
  architecture: image.architecture,
  gpuReady: image.gpuReady,
  kubernetesReady: image.kubernetesReady,
  minDiskGiB: image.minDiskGiB,
  defaultUser: image.defaultUser,
});

/** Adds what was just chosen. */
export function withFacts(facts: CatalogueFacts, spec?: SpecFact, image?: ImageFact): CatalogueFacts {
  return {
    specs: spec ? { ...facts.specs, [spec.id]: spec } : facts.specs,
    images: image ? { ...facts.images, [image.id]: image } : facts.images,
  };
}

/** Only what the given ids need: a draft carries nothing else. */
export function keepFacts(facts: CatalogueFacts, groups: readonly { spec: string; image: string }[]): CatalogueFacts {
  let kept = noFacts;
  for (const { spec, image } of groups) kept = withFacts(kept, facts.specs[spec], facts.images[image]);
  return kept;
}

/** Can this spec start this image? The same rule as the server's, to choose well; the review has the last word. */
export const isFitting = (
  image: Pick<ImageFact, 'architecture' | 'gpuReady'>,
  spec: Pick<SpecFact, 'architecture' | 'hasGpu'>,
): boolean => image.architecture === spec.architecture && (!image.gpuReady || spec.hasGpu);

/** `Ubuntu 24.04`. */
export const imageTitle = ({ osDistribution, osVersion }: Pick<ImageFact, 'osDistribution' | 'osVersion'>): string =>
  // Some clouds have the version in the name already.
  osDistribution.endsWith(osVersion) ? osDistribution : `${osDistribution} ${osVersion}`;

/** The name inside an id whose facts are not known, such as one of a document from elsewhere. */
export const nameInId = (id: string): string => id.split('+').slice(2).join('+') || id;
