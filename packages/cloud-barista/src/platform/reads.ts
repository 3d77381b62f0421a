import { DomainError, type PlatformReads } from '@waterstrider/contract';
import type { Adapter } from './adapter.ts';
import { reviewInfra } from './review-infra.ts';
import { readSharedResources } from './shared-resources.ts';
import { toCredential } from './verbs/credentials.ts';

type Reads = Pick<PlatformReads, 'credentials' | 'review' | 'resources' | 'nodeHistory'>;

export const createReads = (adapter: Adapter): Reads => ({
  async credentials() {
    const clouds = new Map(adapter.directory.clouds().map((cloud) => [cloud.provider, cloud]));
    const records = await adapter.mirror.transaction((tx) => tx.credentials());
    return records.map((record) => toCredential(record, clouds.get(record.provider)?.simulated ?? false));
  },
  review: (ns, input) => reviewInfra(adapter, ns, input),
  resources: (ns) => readSharedResources(adapter, ns),
  nodeHistory: (_ns, nodeId, limit) => adapter.mirror.nodeHistory(nodeId, limit),
});

/** A read that this Cloud-Barista has no part for. */
export const withoutPart = (title: string): DomainError =>
  new DomainError('unsupported', { reason: `This needs ${title}, and its address is not set.` });
