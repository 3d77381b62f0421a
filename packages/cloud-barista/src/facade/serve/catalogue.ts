import type { Image, Spec } from '@waterstrider/contract';
import { param, type FacadeConsole, type FacadeHandler } from '../console.ts';
import { FacadeError } from '../facade-error.ts';
import { allOf } from '../read/all-pages.ts';
import { flag, list, number, object, text, whole } from '../read/body.ts';
import { connectionsByPlace, findImage, findSpec } from '../read/catalogue.ts';
import { filterByQuery } from '../read/list-options.ts';
import type { SpecFilter } from '../read/spec-filter.ts';
import { isBasicImage, toImageInfo, toSpecInfo } from '../write/catalogue.ts';
import { distinct, orNull } from '../write/texts.ts';
import { filterSpecs } from './recommend.ts';

const placeKey = ({ provider, region }: { provider: string; region: string }): string => `${provider}+${region}`;

async function requireSpec(console: FacadeConsole, id: string): Promise<Spec> {
  const spec = await findSpec(console, id);
  if (spec === undefined) throw new FacadeError(404, `The specKey ${id} not found by any of ID, CspSpecName`);
  return spec;
}

export const getSpec: FacadeHandler = async ({ console, request }) => {
  const spec = await requireSpec(console, param(request, 'specId'));
  return toSpecInfo(spec, (await connectionsByPlace(console)).get(placeKey(spec)));
};

export const getImage: FacadeHandler = async ({ console, request }) => {
  const id = param(request, 'imageId');
  const image = await findImage(console, undefined, id);
  if (image === undefined)
    throw new FacadeError(404, `The imageKey ${id} not found by any of ID, CspImageName, GuestOS`);
  return toImageInfo(image, (await connectionsByPlace(console)).get(placeKey(image)));
};

const range = object({ min: number, max: number });
const readRange = object({
  id: text, providerName: text, regionName: text, cspSpecName: text, architecture: text, acceleratorModel: text,
  acceleratorType: text, infraType: text, description: text, vCPU: range, memoryGiB: range, acceleratorCount: range,
  acceleratorMemoryGB: range, netBwGbps: range, costPerHour: range, limit: whole,
}); // prettier-ignore

export const filterSpecsByRange: FacadeHandler = async ({ console, request }) => {
  const { limit = 0, ...fields } = readRange(request.body, '');
  const filters = Object.entries(fields).flatMap(([metric, value]): SpecFilter[] => {
    if (typeof value === 'string') return value === '' ? [] : [{ metric, texts: [value], min: 0, max: 0 }];
    return [{ metric, texts: [], ...value }];
  });
  const places = await connectionsByPlace(console);
  const specs = await filterSpecs(console, filters, limit > 0 ? limit : Infinity);
  return { spec: orNull(specs.map((spec) => toSpecInfo(spec, places.get(placeKey(spec))))) };
};

const readSearch = object({
  matchedSpecId: text,
  providerName: text,
  regionName: text,
  osType: text,
  osArchitecture: text,
  isGPUImage: flag,
  isKubernetesImage: flag,
  isRegisteredByAsset: flag,
  includeDeprecatedImage: flag,
  includeBasicImageOnly: flag,
  isBasicGpuImage: flag,
  maxResults: whole,
  detailSearchKeys: list(text),
});
type Search = ReturnType<typeof readSearch>;

/** `matchedSpecId` decides place and architecture. Basic images come first. */
export const searchImage: FacadeHandler = async ({ console, request }) => {
  const asked = readSearch(request.body, '');
  if (request.query.customImage === 'true') return { imageCount: 0, imageList: [] };
  const query =
    asked.matchedSpecId === '' ? toImageQuery(asked) : { spec: (await requireSpec(console, asked.matchedSpecId)).id };
  const places = await connectionsByPlace(console);
  const found = (await allOf(console, 'listImages', { query })).filter((image) => isWanted(image, asked));
  const sorted = found.sort((left, right) => Number(isBasicImage(right)) - Number(isBasicImage(left)));
  const shown = asked.maxResults !== undefined && asked.maxResults > 0 ? sorted.slice(0, asked.maxResults) : sorted;
  return { imageCount: shown.length, imageList: shown.map((image) => toImageInfo(image, places.get(placeKey(image)))) };
};

const toImageQuery = ({ providerName, regionName }: Search): { filter?: string[] } => {
  const filter = [
    ...(providerName === '' ? [] : [`provider:${providerName.toLowerCase()}`]),
    ...(regionName === '' ? [] : [`region:${regionName}`]),
  ];
  return filter.length === 0 ? {} : { filter };
};

function isWanted(image: Image, asked: Search): boolean {
  const os = `${image.osType} ${image.osDistribution} ${image.osVersion} ${image.name}`.toLowerCase();
  const holds = (words: string): boolean =>
    words
      .toLowerCase()
      .split(/\s+/)
      .every((word) => os.includes(word));
  const is = (wanted: boolean | undefined, value: boolean): boolean => wanted === undefined || wanted === value;
  return (
    holds(asked.osType) &&
    asked.detailSearchKeys.every(holds) &&
    (asked.osArchitecture === '' || asked.osArchitecture.toLowerCase() === image.architecture) &&
    is(asked.isGPUImage, image.gpuReady) &&
    is(asked.isKubernetesImage, image.kubernetesReady) &&
    is(asked.isBasicGpuImage, image.gpuReady && !image.kubernetesReady) &&
    (asked.includeBasicImageOnly !== true || isBasicImage(image)) &&
    asked.isRegisteredByAsset !== true
  );
}

export const listImages: FacadeHandler = async ({ console, request }) => {
  const places = await connectionsByPlace(console);
  const images = (await allOf(console, 'listImages')).map((image) => toImageInfo(image, places.get(placeKey(image))));
  const shown = filterByQuery(images, request.query);
  return request.query.option === 'id' ? { output: orNull(shown.map(({ id }) => id)) } : { image: shown };
};

export const searchImageOptions: FacadeHandler = async ({ console }) => {
  const images = await allOf(console, 'listImages');
  const both = [true, false];
  return {
    matchedSpecId: null,
    providerName: orNull(distinct(images.map(({ provider }) => provider)).sort()),
    regionName: orNull(distinct(images.map(({ region }) => region)).sort()),
    osType: orNull(
      distinct(images.map(({ osDistribution, osVersion }) => `${osDistribution} ${osVersion}`.trim())).sort(),
    ),
    osArchitecture: ['arm64', 'x86_64'],
    isGPUImage: both,
    isKubernetesImage: both,
    isRegisteredByAsset: both,
    includeDeprecatedImage: both,
    maxResults: null,
    detailSearchKeys: [['ubuntu', '22.04']],
  };
};
