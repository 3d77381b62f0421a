import type { Change, Snapshot } from '@waterstrider/contract';
import type { InventoryModel } from './inventory-model.ts';

/** What has to change to arrive at a snapshot: streams then hear of the differences only, and vanished objects are removed. */
export function snapshotAsChange(model: InventoryModel, snapshot: Snapshot): Change {
  const { sequence, observedAt } = snapshot;
  const namespaces = model.namespaces().map((state) => state.record);
  return {
    kind: 'change',
    sequence,
    observedAt,
    namespaces: snapshot.namespaces.filter((record) => !equals(model.namespaceById(record.id)?.record, record)),
    connections: snapshot.connections.filter((record) => !equals(model.connections.get(record.id), record)),
    infras: snapshot.infras.filter((record) => !equals(model.infra(record.id)?.record, record)),
    nodes: snapshot.nodes.filter((node) => !equals(model.nodes.get(node.id)?.node, node)),
    operations: [],
    removed: {
      namespaces: missing(ids(namespaces), snapshot.namespaces),
      connections: missing(model.connections.keys(), snapshot.connections),
      infras: missing(model.infraIds(), snapshot.infras),
      nodes: missing(model.nodes.keys(), snapshot.nodes),
    },
  };
}

const ids = (items: { id: string }[]): string[] => items.map(({ id }) => id);

function missing(known: Iterable<string>, present: { id: string }[]): string[] {
  const kept = new Set(ids(present));
  return [...known].filter((id) => !kept.has(id));
}

const equals = (known: object | undefined, next: object): boolean =>
  known !== undefined && JSON.stringify(known) === JSON.stringify(next);
