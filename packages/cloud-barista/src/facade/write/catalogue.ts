import type { Connection, Image, Spec } from '@waterstrider/contract';

/** What Tumblebug writes for a number that it does not know. */
const unknownNumber = -1;
const scores = Object.fromEntries(
  Array.from({ length: 10 }, (_unused, index) => [
    `evaluationScore${String(index + 1).padStart(2, '0')}`,
    unknownNumber,
  ]),
);

const accelerator = ({ gpu }: Spec): Record<string, unknown> =>
  gpu === undefined
    ? {}
    : {
        acceleratorModel: gpu.model,
        acceleratorCount: gpu.count,
        ...(gpu.memoryGiB === undefined ? {} : { acceleratorMemoryGB: gpu.memoryGiB }),
        acceleratorType: 'gpu',
      };

export const costOf = ({ costPerHourUsd }: Pick<Spec, 'costPerHourUsd'>): number => costPerHourUsd ?? unknownNumber;

/** `connection`: one that can start it, where there is one. */
export const toSpecInfo = (spec: Spec, connection: Connection | undefined): Record<string, unknown> => ({
  id: spec.id,
  uid: spec.id,
  cspSpecName: spec.name,
  name: spec.id,
  namespace: 'system',
  ...(connection === undefined ? {} : { connectionName: connection.name }),
  providerName: spec.provider,
  regionName: spec.region,
  regionLatitude: connection?.latitude ?? 0,
  regionLongitude: connection?.longitude ?? 0,
  infraType: 'node',
  architecture: spec.architecture,
  vCPU: spec.vcpu,
  memoryGiB: spec.memoryGiB,
  diskSizeGB: unknownNumber,
  ...(spec.networkGbps === undefined ? {} : { netBwGbps: Math.round(spec.networkGbps) }),
  ...accelerator(spec),
  costPerHour: costOf(spec),
  ...scores,
  rootDiskType: '',
  rootDiskSize: unknownNumber,
  details: null,
});

export const toSpecSummary = (
  spec: Spec | undefined,
  node: { spec: string; costPerHourUsd?: number | undefined },
): Record<string, unknown> => {
  const costPerHour = node.costPerHourUsd ?? unknownNumber;
  if (spec === undefined) return { cspSpecName: cspSpecName(node.spec), costPerHour };
  return { cspSpecName: spec.name, vCPU: spec.vcpu, memoryGiB: spec.memoryGiB, ...accelerator(spec), costPerHour };
};

/** The last part of `provider+region+name`. */
export const cspSpecName = (id: string): string => id.split('+').slice(2).join('+') || id;

const osOf = ({ osDistribution, osVersion }: Image): string => `${osDistribution} ${osVersion}`.trim();

/** Its id is the cloud's own name of it, as Tumblebug's is. */
export const toImageInfo = (image: Image, connection: Connection | undefined): Record<string, unknown> => ({
  resourceType: 'image',
  namespace: 'system',
  providerName: image.provider,
  cspImageName: image.cspImageId,
  regionList: [image.region],
  id: image.cspImageId,
  uid: image.id,
  name: image.cspImageId,
  sourceNodeUid: '',
  sourceCspImageName: '',
  connectionName: connection?.name ?? '',
  infraType: image.kubernetesReady ? 'k8s|kubernetes|container' : 'node',
  fetchedTime: '',
  creationDate: '',
  isGPUImage: image.gpuReady,
  isKubernetesImage: image.kubernetesReady,
  isBasicImage: isBasicImage(image),
  isBasicGpuImage: image.gpuReady && !image.kubernetesReady,
  osType: osOf(image),
  osArchitecture: image.architecture,
  osPlatform: image.osType.toLowerCase().includes('windows') ? 'Windows' : 'Linux/UNIX',
  osDistribution: image.name,
  osDiskType: 'default',
  osDiskSizeGB: image.minDiskGiB,
  imageStatus: 'Available',
  details: null,
  systemLabel: '',
  description: image.name,
  commandHistory: null,
});

/** A plain operating system, without drivers or cluster software on it. */
export const isBasicImage = (image: Image): boolean => !image.gpuReady && !image.kubernetesReady;

export const toImageSummary = (image: Image | undefined, os: string | undefined): Record<string, unknown> => ({
  resourceType: 'image',
  ...(image === undefined ? {} : { cspImageName: image.cspImageId }),
  osType: image === undefined ? (os ?? '') : osOf(image),
  ...(image === undefined ? {} : { osArchitecture: image.architecture, osDistribution: image.name }),
});
