import { randomUUID } from 'node:crypto';
import { DomainError, type Image, type Issue, type NodeGroupInput, type Spec } from '@waterstrider/contract';
import type { Adapter } from '../adapter.ts';
import type { MirroredConnection, MirroredGroup, MirroredNode } from '../../ports/index.ts';

export type PlannedGroup = { input: NodeGroupInput; connection: MirroredConnection; spec: Spec; image?: Image };

/** Connection and spec of each group. Throws `invalid`, naming the fields. `at` leads to the group in the request. */
export async function planGroups(
  adapter: Adapter,
  namespaceId: string,
  groups: { input: NodeGroupInput; at: string }[],
): Promise<PlannedGroup[]> {
  const names = [...new Set(groups.map(({ input }) => input.connection))];
  const connections = await adapter.mirror.transaction((tx) => tx.connections(names));
  const issues: Issue[] = [];
  const planned: PlannedGroup[] = [];
  for (const { input, at } of groups) {
    const connection = connections.find(({ name, id }) => name === input.connection || id === input.connection);
    const problem = connectionProblem(connection, namespaceId, input.connection);
    if (connection === undefined || problem !== undefined) {
      issues.push({ field: `${at}.connection`, reason: problem ?? 'There is no such connection.' });
      continue;
    }
    const spec = (await adapter.catalogue.specs(connection.provider, connection.region)).find(
      ({ id }) => id === input.spec,
    );
    if (spec === undefined) {
      issues.push({ field: `${at}.spec`, reason: `There is no spec "${input.spec}" in ${connection.name}.` });
      continue;
    }
    if (input.zone !== undefined && connection.zones.length > 0 && !connection.zones.includes(input.zone)) {
      issues.push({ field: `${at}.zone`, reason: `${connection.name} has no zone "${input.zone}".` });
      continue;
    }
    const image = (await adapter.catalogue.images(connection.provider, connection.region)).find(
      ({ id }) => id === input.image,
    );
    planned.push({ input, connection, spec, ...(image === undefined ? {} : { image }) });
  }
  if (issues.length > 0) throw new DomainError('invalid', { issues });
  return planned;
}

export function connectionProblem(
  connection: MirroredConnection | undefined,
  namespaceId: string,
  wanted: string,
): string | undefined {
  const { namespaceIds, disabled, state } = connection ?? {};
  if (connection === undefined || (namespaceIds !== undefined && !namespaceIds.includes(namespaceId))) {
    return `There is no connection "${wanted}" that this namespace may use.`;
  }
  if (disabled === true) return `The connection "${wanted}" is disabled.`;
  return state === 'Verified' ? undefined : `The connection "${wanted}" is not verified.`;
}

/** The group as CB-Tumblebug takes it (`CreateNodeGroupDynamicReq`). */
export const toGroupRequest = (input: NodeGroupInput, connection: string): Record<string, unknown> => ({
  name: input.name,
  nodeGroupSize: input.size,
  specId: input.spec,
  imageId: input.image,
  connectionName: connection,
  ...(input.zone === undefined ? {} : { zone: input.zone }),
  ...(input.rootDiskType === undefined ? {} : { rootDiskType: input.rootDiskType }),
  ...(input.rootDiskSizeGiB === undefined ? {} : { rootDiskSize: input.rootDiskSizeGiB }),
  ...(input.labels === undefined ? {} : { label: input.labels }),
});

/** What is shown until upstream shows the servers itself. */
export function toPlaceholders(
  place: {
    namespaceId: string;
    infraId: string;
    operationId: string;
    position: number;
    status: 'Creating' | 'Registering';
  },
  { input, connection, spec, image }: PlannedGroup,
): { group: MirroredGroup; nodes: MirroredNode[] } {
  const group: MirroredGroup = {
    id: randomUUID(),
    infraId: place.infraId,
    name: input.name,
    position: place.position,
    connectionId: connection.id,
    provider: connection.provider,
    region: connection.region,
    spec: spec.id,
    image: input.image,
    ...(image === undefined ? {} : { os: image.osDistribution }),
    ...(input.zone === undefined ? {} : { zone: input.zone }),
    ...(input.rootDiskType === undefined ? {} : { rootDiskType: input.rootDiskType }),
    ...(input.rootDiskSizeGiB === undefined ? {} : { rootDiskSizeGiB: input.rootDiskSizeGiB }),
    labels: input.labels ?? {},
    size: input.size,
  };
  const cost = spec.costPerHourUsd;
  return {
    group,
    nodes: toNewNodes(place, group, { first: 1, count: input.size }).map((node) => ({
      ...node,
      ...(cost === undefined ? {} : { costPerHourUsd: cost }),
    })),
  };
}

export function toNewNodes(
  place: { namespaceId: string; operationId: string; status: 'Creating' | 'Registering' },
  group: MirroredGroup,
  range: { first: number; count: number },
): MirroredNode[] {
  const { id: groupId, infraId, name, connectionId, provider, region, zone, spec, image, os, labels } = group;
  return Array.from({ length: range.count }, (_, offset) => ({
    id: randomUUID(),
    namespaceId: place.namespaceId,
    infraId,
    groupId,
    name: `${name}-${String(range.first + offset)}`,
    index: range.first + offset,
    connectionId,
    provider,
    region,
    ...(zone === undefined ? {} : { zone }),
    spec,
    image,
    ...(os === undefined ? {} : { os }),
    labels,
    status: place.status,
    targetStatus: 'Running' as const,
    targetAction: 'create' as const,
    operationId: place.operationId,
  }));
}
