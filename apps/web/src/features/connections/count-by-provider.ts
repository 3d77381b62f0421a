import type { Connection } from '@waterstrider/contract';

export interface ProviderCount {
  connections: number;
  nodes: number;
  byState: Record<string, number>;
}

/** Connections by state and servers, per provider. */
export function countByProvider(connections: Connection[]): Map<string, ProviderCount> {
  const counts = new Map<string, ProviderCount>();
  for (const { provider, state, nodes } of connections) {
    const count = counts.get(provider) ?? { connections: 0, nodes: 0, byState: {} };
    count.connections += 1;
    count.nodes += nodes;
    count.byState[state] = (count.byState[state] ?? 0) + 1;
    counts.set(provider, count);
  }
  return counts;
}
