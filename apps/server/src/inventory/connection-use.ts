import type { Connection, ConnectionRecord, NamespaceRecord } from '@waterstrider/contract';
import type { InventoryModel } from './inventory-model.ts';

/** May the namespace use it? `namespaces` holds names or ids; absent means all. */
export function isUsableIn(connection: Pick<ConnectionRecord, 'namespaces'>, namespace: NamespaceRecord): boolean {
  const { namespaces } = connection;
  return namespaces === undefined || namespaces.includes(namespace.id) || namespaces.includes(namespace.name);
}

/** Connections that a namespace may use. */
export const usableConnections = (model: InventoryModel, namespace: NamespaceRecord): ConnectionRecord[] =>
  [...model.connections.values()].filter((connection) => isUsableIn(connection, namespace));

/** The names to show: of the given namespaces, those that may use it; absent when all may. */
export function shownNamespaces(
  item: Pick<ConnectionRecord, 'namespaces'>,
  visible: readonly NamespaceRecord[],
): { namespaces?: string[] } {
  if (item.namespaces === undefined) return {};
  return { namespaces: visible.filter((namespace) => isUsableIn(item, namespace)).map(({ name }) => name) };
}

/** Servers are counted, and namespaces are named, only as far as the given ones go. */
export function toConnection(
  model: InventoryModel,
  record: ConnectionRecord,
  visible: readonly NamespaceRecord[],
): Connection {
  const shown = { ...record };
  delete shown.namespaces;
  let nodes = 0;
  for (const { id } of visible) nodes += model.namespaceById(id)?.nodesByConnection.get(record.name) ?? 0;
  return { ...shown, nodes, ...shownNamespaces(record, visible) };
}
