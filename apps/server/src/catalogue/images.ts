import { imageSortKeys, type Image, type ImageQuery, type Platform, type Spec } from '@waterstrider/contract';
import type { ListRules, ListView } from '../http/list-query.ts';
import type { Place } from './catalogue-places.ts';

type ImageSortKey = (typeof imageSortKeys)[number];
const imageFilterKeys = ['provider', 'region', 'osType', 'osDistribution', 'architecture'] as const;
type ImageFilterKey = (typeof imageFilterKeys)[number];

export const imageRules: ListRules<ImageSortKey, ImageFilterKey> = {
  list: 'listImages',
  sortKeys: imageSortKeys,
  filterKeys: imageFilterKeys,
  defaultSort: 'name',
};

export const imageView: ListView<Image, ImageSortKey, ImageFilterKey> = {
  id: (image) => image.id,
  texts: (image) => [image.name, image.cspImageId, image.osType, image.osDistribution, image.osVersion],
  filterValues: (image, key) => image[key],
  sortValue: (image, key) => image[key],
};

export function isWanted(image: Image, query: ImageQuery): boolean {
  const isOfType = query.osType === undefined || image.osType.toLowerCase() === query.osType.toLowerCase();
  return isOfType && (query.architecture === undefined || image.architecture === query.architecture);
}

/** Can this spec start it? Images made for GPUs need one. */
export const fitsSpec = (image: Image, spec: Spec): boolean =>
  image.architecture === spec.architecture && (!image.gpuReady || spec.gpu !== undefined);

export async function imagesOf(platform: Pick<Platform, 'images'>, places: readonly Place[]): Promise<Image[]> {
  return (await Promise.all(places.map(({ provider, region }) => platform.images(provider, region)))).flat();
}
