import type { Image, Spec } from '@waterstrider/contract';
import { known, listOf, numberOf, positiveOf, textOf, textsOf, type Fields } from './tumblebug-fields.ts';

/** A bare list of `SpecInfo`; those without a size are left out. */
export const readSpecs = (answer: unknown): Spec[] =>
  listOf(answer, 'spec').flatMap((fields) => readSpec(fields) ?? []);

function readSpec(fields: Fields): Spec | undefined {
  const id = textOf(fields, 'id');
  const name = textOf(fields, 'cspSpecName', 'name');
  const vcpu = numberOf(fields, 'vCPU');
  const memoryGiB = numberOf(fields, 'memoryGiB');
  if (id === undefined || name === undefined || vcpu === undefined || memoryGiB === undefined) return undefined;
  const gpus = positiveOf(fields, 'acceleratorCount');
  return {
    id,
    name,
    provider: textOf(fields, 'providerName')?.toLowerCase() ?? id.split('+')[0] ?? '',
    region: textOf(fields, 'regionName') ?? id.split('+')[1] ?? '',
    family: familyOf(name),
    vcpu,
    memoryGiB,
    architecture: textOf(fields, 'architecture') ?? 'NA',
    approximate: false,
    ...(gpus === undefined
      ? {}
      : {
          gpu: {
            count: gpus,
            model: textOf(fields, 'acceleratorModel') ?? 'GPU',
            ...known({ memoryGiB: positiveOf(fields, 'acceleratorMemoryGB') }),
          },
        }),
    ...known({ networkGbps: positiveOf(fields, 'netBwGbps'), costPerHourUsd: positiveOf(fields, 'costPerHour') }),
  };
}

/** `t3` of `t3.large`, `Standard` of `Standard_B2s`. */
const familyOf = (name: string): string => name.split(/[._-]/, 1)[0] ?? name;

/** `{imageList:[ImageInfo]}`, as seen from one region. */
export const readImages = (answer: unknown, place: { provider: string; region: string }): Image[] =>
  listOf(answer, 'imageList').flatMap((fields) => readImage(fields, place) ?? []);

const unusable = new Set(['Failed', 'Unavailable', 'Deleting', 'Creating']);

function readImage(fields: Fields, { provider, region }: { provider: string; region: string }): Image | undefined {
  const id = textOf(fields, 'id', 'cspImageName');
  if (id === undefined || unusable.has(textOf(fields, 'imageStatus') ?? '')) return undefined;
  const regions = textsOf(fields.regionList);
  if (regions.length > 0 && !regions.some((name) => name === region || name === 'all' || name === 'common'))
    return undefined;
  const distribution = textOf(fields, 'osDistribution') ?? textOf(fields, 'osType') ?? id;
  const osType = textOf(fields, 'osType') ?? distribution;
  return {
    id,
    name: textOf(fields, 'name') ?? id,
    cspImageId: textOf(fields, 'cspImageName') ?? id,
    provider,
    region,
    osType,
    osDistribution: distribution,
    osVersion: /\d+(\.\d+)*/.exec(osType)?.[0] ?? /\d+(\.\d+)*/.exec(distribution)?.[0] ?? '',
    architecture: textOf(fields, 'osArchitecture') ?? 'NA',
    gpuReady: fields.isGPUImage === true,
    kubernetesReady: fields.isKubernetesImage === true,
    // CB-Spider makes this user on every Linux server.
    defaultUser: 'cb-user',
    minDiskGiB: positiveOf(fields, 'osDiskSizeGB') ?? 0,
  };
}
