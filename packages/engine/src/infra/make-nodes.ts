import { randomUUID } from 'node:crypto';
import type { Target } from '@waterstrider/contract';
import type { EngineContext } from '../context.ts';
import type { GroupRow, StoreTransaction } from '../ports/index.ts';
import type { PlannedGroup } from './plan-groups.ts';

export function toGroupRow(infraId: string, plan: PlannedGroup): GroupRow {
  const { input, connection, spec, image } = plan;
  return {
    id: randomUUID(),
    infraId,
    name: input.name,
    connectionId: connection.id,
    provider: connection.provider,
    region: connection.region,
    ...(input.zone !== undefined && { zone: input.zone }),
    spec: spec.id,
    image: image.id,
    os: `${image.osDistribution} ${image.osVersion}`.trim(),
    ...(input.rootDiskType !== undefined && { rootDiskType: input.rootDiskType }),
    ...(input.rootDiskSizeGiB !== undefined && { rootDiskSizeGiB: input.rootDiskSizeGiB }),
    labels: input.labels ?? {},
    size: input.size,
    nextIndex: 1,
    ...(spec.costPerHourUsd !== undefined && { costPerHourUsd: spec.costPerHourUsd }),
  };
}

/** Writes `count` more servers of a group, to be made now or, on hold, later. Returns the task's items. */
export async function addNodes(
  engine: EngineContext,
  tx: StoreTransaction,
  request: {
    namespaceId: string;
    group: GroupRow;
    count: number;
    operationId: string;
    hold: boolean;
    infraLabels: Record<string, string>;
  },
): Promise<Target[]> {
  const { group, count, hold } = request;
  const now = engine.clock.now();
  const nodes = Array.from({ length: count }, (_unused, offset) => {
    const index = group.nextIndex + offset;
    return {
      id: randomUUID(),
      namespaceId: request.namespaceId,
      infraId: group.infraId,
      groupId: group.id,
      name: `${group.name}-${index}`,
      index,
      connectionId: group.connectionId,
      provider: group.provider,
      region: group.region,
      ...(group.zone !== undefined && { zone: group.zone }),
      spec: group.spec,
      image: group.image,
      ...(group.os !== undefined && { os: group.os }),
      ...(group.rootDiskType !== undefined && { rootDiskType: group.rootDiskType }),
      ...(group.rootDiskSizeGiB !== undefined && { rootDiskSizeGiB: group.rootDiskSizeGiB }),
      ...(group.costPerHourUsd !== undefined && { costPerHourUsd: group.costPerHourUsd }),
      labels: { ...request.infraLabels, ...group.labels },
      status: hold ? ('Registering' as const) : ('Creating' as const),
      targetStatus: 'Running' as const,
      ...(!hold && { targetAction: 'create' as const, dueAt: now }),
      operationId: request.operationId,
    };
  });
  await tx.insertNodes(nodes);
  await tx.updateGroup(group.id, { nextIndex: group.nextIndex + count });
  return nodes.map((node) => ({ kind: 'node', id: node.id, name: node.name }));
}
