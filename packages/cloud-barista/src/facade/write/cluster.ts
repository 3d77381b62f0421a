import type { Node } from '@waterstrider/contract';
import type { NodeSurroundings } from './infra.ts';
import { distinct } from './texts.ts';

/** Servers of an infra that share a network, as upstream derives them; one without a network stands for its group. */
export function toClusters(
  infra: string,
  nodes: readonly Node[],
  aroundOf: (node: Node) => NodeSurroundings,
): Record<string, unknown>[] {
  const clusters = new Map<string, { vNetId: string | undefined; nodes: Node[] }>();
  for (const node of nodes) {
    const vNetId = aroundOf(node).resources.vNet?.name;
    const id = vNetId ?? `nogroup--${node.nodeGroup}`;
    const cluster = clusters.get(id) ?? { vNetId, nodes: [] };
    clusters.set(id, cluster);
    cluster.nodes.push(node);
  }
  return [...clusters]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([id, { vNetId, nodes: own }]) => ({
      id,
      name: id,
      infraId: infra,
      ...(vNetId === undefined ? {} : { vNetId }),
      ...toMembers(own),
    }));
}

function toMembers(nodes: readonly Node[]): Record<string, unknown> {
  const nodeGroupIds = distinct(nodes.map(({ nodeGroup }) => nodeGroup)).sort();
  const nodeIds = nodes.map(({ name }) => name).sort();
  return {
    connectionNames: distinct(nodes.map(({ connection }) => connection)).sort(),
    providerNames: distinct(nodes.map(({ provider }) => provider)).sort(),
    regionNames: distinct(nodes.map(({ region }) => region)).sort(),
    nodeGroupIds,
    nodeIds,
    nodeGroupCount: nodeGroupIds.length,
    nodeCount: nodeIds.length,
    representativeNodeGroupId: nodeGroupIds[0],
    representativeNodeId: nodeIds[0],
  };
}
