import type { InfraReview } from '@waterstrider/contract';
import { param, type FacadeConsole, type FacadeHandler } from '../console.ts';
import { FacadeError } from '../facade-error.ts';
import { object, text } from '../read/body.ts';
import { findConnection } from '../read/catalogue.ts';
import {
  errorsOf,
  readGroup,
  readInfraRequest,
  refuseUnbuilt,
  resolveGroup,
  toInfraBody,
  type InfraRequest,
  type ResolvedGroup,
} from '../read/infra-request.ts';
import { toImageInfo, toSpecInfo } from '../write/catalogue.ts';
import { toImageValidation, toInfraReview, toNodeReview, toSpecValidation } from '../write/review.ts';
import { toCostText } from '../write/texts.ts';
import { readInfra } from './read-infra.ts';

/** Groups whose parts were not found are not shown to the platform, which would refuse the whole. */
async function reviewFound(
  console: FacadeConsole,
  ns: string,
  request: InfraRequest,
  groups: readonly ResolvedGroup[],
): Promise<InfraReview> {
  const found = groups.filter((group) => errorsOf(group).length === 0 && group.image !== undefined);
  if (found.length === 0) return nothingFound;
  return console.call('reviewInfra', { params: { ns }, body: toInfraBody(request, found, false) });
}

const nothingFound: InfraReview = {
  verdict: 'error',
  messages: [],
  nodeGroups: [],
  resources: [],
  nodes: 0,
  costPerHourUsd: 0,
  costPerMonthUsd: 0,
  unpriced: 0,
  approximate: false,
};

export const reviewInfraDynamic: FacadeHandler = async ({ console, request }) => {
  const ns = param(request, 'nsId');
  const asked = readInfraRequest(request.body);
  refuseUnbuilt(asked);
  if (asked.nodeGroups.length === 0) throw new FacadeError(400, 'nodeGroups: at least one node group is needed.');
  const place = { ns, holder: request.credentialHolder };
  const groups = await Promise.all(asked.nodeGroups.map((group) => resolveGroup(console, group, place)));
  return toInfraReview(asked, groups, await reviewFound(console, ns, asked, groups));
};

export const reviewNodeGroupDynamic: FacadeHandler = async ({ console, request }) => {
  const ns = param(request, 'nsId');
  const { infra } = await readInfra(console, ns, param(request, 'infraId'));
  const asked = readGroup(request.body, '');
  refuseUnbuilt(asked);
  const named = { ...asked, name: asked.name || `g${String(infra.nodeGroups.length + 1)}` };
  const group = await resolveGroup(console, named, { ns, holder: request.credentialHolder });
  // A review is of a whole infra: this one stands for the group alone.
  const alone = readInfraRequest({ name: `review-${infra.name}`.slice(0, 63).replace(/[-+]+$/, ''), nodeGroups: [] });
  const { nodeGroups } = await reviewFound(console, ns, alone, [group]);
  const review = toNodeReview(group, nodeGroups[0]);
  const isTaken = infra.nodeGroups.some(({ name }) => name.toLowerCase() === named.name.toLowerCase());
  if (!isTaken) return review;
  const error = `The name for NodeGroup (prefix of VM Id) ${named.name} already exists.`;
  return { ...review, status: 'Error', message: error, canCreate: false, errors: [error] };
};

const readPair = object({ specId: text, imageId: text, rootDiskType: text, zone: text });

/** Do spec and image go together? Nothing of the account is asked. */
export const reviewPair: FacadeHandler = async ({ console, request }) => {
  const asked = readPair(request.body, '');
  if (asked.specId === '' || asked.imageId === '') throw new FacadeError(400, 'specId and imageId are required');
  const group = await resolveGroup(console, readGroup(asked, ''), { holder: request.credentialHolder });
  const { spec, image } = group;
  const mismatch =
    spec !== undefined && image !== undefined && image.architecture !== spec.architecture
      ? `The image is for ${image.architecture}, the spec is ${spec.architecture}.`
      : undefined;
  const errors = [...errorsOf(group), ...(mismatch === undefined ? [] : [mismatch])];
  const connection = group.connection ?? (spec && (await findConnection(console, spec)));
  const subject = group.specError !== undefined ? `Spec '${asked.specId}'` : `Image '${asked.imageId}'`;
  return {
    isValid: errors.length === 0,
    status: errors.length === 0 ? 'OK' : 'Error',
    message: errors.length === 0 ? 'Spec and image pair is valid for provisioning' : `${subject} is not available`,
    specId: asked.specId,
    imageId: asked.imageId,
    specValidation: toSpecValidation(group),
    ...(spec === undefined ? {} : { specDetails: toSpecInfo(spec, connection) }),
    imageValidation: toImageValidation(mismatch === undefined ? group : { ...group, imageError: mismatch }),
    ...(image === undefined ? {} : { imageDetails: toImageInfo(image, connection) }),
    ...(connection === undefined ? {} : { connectionName: connection.name }),
    ...(spec === undefined ? {} : { providerName: spec.provider, regionName: spec.region }),
    ...(spec?.costPerHourUsd === undefined ? {} : { estimatedCost: toCostText(spec.costPerHourUsd) }),
    ...(asked.rootDiskType === '' ? {} : { requestedRootDiskType: asked.rootDiskType }),
    ...(asked.zone === '' ? {} : { requestedZone: asked.zone }),
    ...(errors.length === 0 ? {} : { errors }),
  };
};
