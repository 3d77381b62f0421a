import type { InfraReview } from '@waterstrider/contract';
import { errorsOf, type InfraRequest, type ResolvedGroup } from '../read/infra-request.ts';
import { distinct, orNull, toCostText } from './texts.ts';

type Json = Record<string, unknown>;
type GroupVerdict = InfraReview['nodeGroups'][number];

const specFields = new Set(['spec']);
const imageFields = new Set(['image']);

const textsOf = (verdict: GroupVerdict | undefined, severity: string): string[] =>
  (verdict?.messages ?? []).filter((message) => message.severity === severity).map(({ text }) => text);

/** Is the part there, and what does the platform say of it? */
export function toValidation(
  part: { asked: string; name: string | undefined; cspId: string | undefined; error: string | undefined },
  verdict?: { messages: GroupVerdict['messages']; fields: ReadonlySet<string> },
): Json {
  const refusal = verdict?.messages.find(
    ({ severity, field }) => severity === 'error' && field !== undefined && verdict.fields.has(field),
  );
  const message = part.error ?? refusal?.text;
  const isUnknown = part.error === 'Cannot validate image without valid spec';
  return {
    resourceId: part.asked,
    ...(part.name === undefined ? {} : { resourceName: part.name }),
    isAvailable: message === undefined,
    status: message === undefined ? 'Available' : isUnknown ? 'Unknown' : 'Unavailable',
    ...(message === undefined ? {} : { message }),
    ...(part.cspId === undefined ? {} : { cspResourceId: part.cspId }),
  };
}

export const toSpecValidation = (group: ResolvedGroup, messages: GroupVerdict['messages'] = []): Json =>
  toValidation(
    { asked: group.request.specId, name: group.spec?.name, cspId: group.spec?.name, error: group.specError },
    { messages, fields: specFields },
  );

export const toImageValidation = (group: ResolvedGroup, messages: GroupVerdict['messages'] = []): Json =>
  toValidation(
    {
      asked: group.request.imageId,
      name: group.image?.name,
      cspId: group.image?.cspImageId ?? (group.spec && group.request.imageId),
      error: group.imageError,
    },
    { messages, fields: imageFields },
  );

/** `verdict`: the platform's; undefined when what the group names was not found. */
export function toNodeReview(group: ResolvedGroup, verdict: GroupVerdict | undefined): Json {
  const errors = [...errorsOf(group), ...textsOf(verdict, 'error')];
  const warnings = textsOf(verdict, 'warning');
  const info = textsOf(verdict, 'info');
  const status = errors.length > 0 ? 'Error' : warnings.length > 0 ? 'Warning' : 'Ready';
  const size = group.request.nodeGroupSize ?? 1;
  const cost =
    verdict?.costPerHourUsd ??
    (group.spec?.costPerHourUsd === undefined ? undefined : group.spec.costPerHourUsd * size);
  return {
    nodeName: group.request.name,
    nodeGroupSize: size,
    status,
    message: errors[0] ?? warnings[0] ?? 'All resources are available for node creation',
    canCreate: errors.length === 0,
    specValidation: toSpecValidation(group, verdict?.messages),
    imageValidation: toImageValidation(group, verdict?.messages),
    connectionName: group.connectionName,
    providerName: group.spec?.provider ?? '',
    regionName: group.spec?.region ?? '',
    estimatedCost: cost === undefined ? 'Cost estimation unavailable' : toCostText(cost),
    ...(info.length === 0 ? {} : { info }),
    ...(warnings.length === 0 ? {} : { warnings }),
    ...(errors.length === 0 ? {} : { errors }),
  };
}

const policies: Record<string, string> = {
  continue: 'If some nodes fail, the infra is created with those that succeeded.',
  rollback: 'If some nodes fail, everything that was made is removed again.',
  refine: 'If some nodes fail, they are removed and the others are kept.',
};

const otherPolicies = "For all or nothing choose 'rollback'; to keep only what works choose 'refine'.";

/** The whole review. `totalNodeCount` counts node groups, as upstream's does. */
export function toInfraReview(
  request: InfraRequest,
  groups: readonly ResolvedGroup[],
  review: Pick<InfraReview, 'messages' | 'nodeGroups' | 'nodes' | 'costPerHourUsd' | 'unpriced'>,
): Json {
  const nodeReviews = groups.map((group) =>
    toNodeReview(
      group,
      review.nodeGroups.find(({ nodeGroup }) => nodeGroup === group.request.name),
    ),
  );
  const wholeErrors = review.messages.filter(({ severity }) => severity === 'error').map(({ text }) => text);
  const has = (status: string): boolean => nodeReviews.some((node) => node.status === status);
  const overallStatus = wholeErrors.length > 0 || has('Error') ? 'Error' : has('Warning') ? 'Warning' : 'Ready';
  const policy = request.policyOnPartialFailure || 'continue';
  return {
    overallStatus,
    overallMessage: wholeErrors[0] ?? overallMessages[overallStatus],
    creationViable: overallStatus !== 'Error',
    estimatedCost: `${toCostText(review.costPerHourUsd)}${review.unpriced > 0 ? ` (+ ${String(review.unpriced)} without a price)` : ''}`,
    infraName: request.name,
    totalNodeCount: groups.length,
    policyOnPartialFailure: policy,
    policyDescription: policies[policy] ?? '',
    ...(review.nodes > 1 && policy === 'continue' ? { policyRecommendation: otherPolicies } : {}),
    nodeReviews,
    resourceSummary: toSummary(groups, nodeReviews),
    ...(overallStatus === 'Error'
      ? { recommendations: ['Correct the node groups that are named in the errors.'] }
      : {}),
  };
}

const overallMessages = {
  Ready: 'All nodes can be created successfully',
  Warning: 'Infra can be created, with warnings',
  Error: 'Infra cannot be created due to critical errors in node configurations',
} as const;

const isAvailable = (review: Json, key: 'specValidation' | 'imageValidation'): boolean =>
  (review[key] as Json).isAvailable === true; // written above

function toSummary(groups: readonly ResolvedGroup[], reviews: readonly Json[]): Json {
  const providers = distinct(groups.map(({ spec }) => spec?.provider));
  const regions = distinct(groups.map(({ spec }) => spec?.region));
  const available = (key: 'specValidation' | 'imageValidation'): number =>
    reviews.filter((review) => isAvailable(review, key)).length;
  return {
    totalProviders: providers.length,
    totalRegions: regions.length,
    uniqueSpecs: orNull(distinct(groups.map(({ request }) => request.specId))),
    uniqueImages: orNull(distinct(groups.map(({ request }) => request.imageId))),
    connectionNames: orNull(distinct(groups.map(({ connectionName }) => connectionName))),
    providerNames: orNull(providers),
    regionNames: orNull(regions),
    availableSpecs: available('specValidation'),
    unavailableSpecs: groups.length - available('specValidation'),
    availableImages: available('imageValidation'),
    unavailableImages: groups.length - available('imageValidation'),
  };
}
