import type { InfraInput, InfraReview, NamespaceRecord, Platform } from '@waterstrider/contract';
import { hoursPerMonth } from './billing.ts';
import { isUsableIn } from './connection-use.ts';
import type { InventoryModel } from './inventory-model.ts';

type GroupVerdict = InfraReview['nodeGroups'][number];
type Message = InfraReview['messages'][number];

/**
 * Dry run. A connection that does not exist and one that this namespace may not use get the same words, and the platform is not asked
 * about either.
 */
export async function reviewInfra(
  platform: Pick<Platform, 'review'>,
  model: InventoryModel,
  namespace: NamespaceRecord,
  input: InfraInput,
): Promise<InfraReview> {
  const isUsable = (name: string): boolean => {
    const connection = model.connection(name);
    return connection !== undefined && isUsableIn(connection, namespace);
  };
  const nodeGroups = input.nodeGroups.filter((group) => isUsable(group.connection));
  if (nodeGroups.length === input.nodeGroups.length) return platform.review(namespace.name, input);
  const review =
    nodeGroups.length > 0 ? await platform.review(namespace.name, { ...input, nodeGroups }) : emptyReview();
  const verdicts = new Map(review.nodeGroups.map((group) => [group.nodeGroup, group]));
  return {
    ...review,
    verdict: 'error',
    nodeGroups: input.nodeGroups.map((group) => verdicts.get(group.name) ?? unusableConnection(group)),
    nodes: input.nodeGroups.reduce((sum, group) => sum + group.size, 0),
    costPerMonthUsd: review.costPerHourUsd * hoursPerMonth,
  };
}

function unusableConnection(group: InfraInput['nodeGroups'][number]): GroupVerdict {
  const message: Message = {
    severity: 'error',
    field: 'connection',
    key: 'connectionNotFound',
    text: `There is no connection "${group.connection}" that this namespace may use. Choose another.`,
  };
  return { nodeGroup: group.name, verdict: 'error', messages: [message], size: group.size };
}

const emptyReview = (): InfraReview => ({
  verdict: 'error',
  messages: [],
  nodeGroups: [],
  resources: [],
  nodes: 0,
  costPerHourUsd: 0,
  costPerMonthUsd: 0,
  unpriced: 0,
  approximate: false,
});
