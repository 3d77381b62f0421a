import type { Infra, InfraRecord, infraSortKeys, NamespaceRecord, Node } from '@waterstrider/contract';
import type { CursorPosition } from '../http/cursor.ts';
import { comparePositions } from '../http/list-query.ts';
import { InfraEntry } from './infra-entry.ts';
import { nodeSortValue, type NodeEntry, type NodeSortKey } from './node-entry.ts';
import { NodeTotals } from './node-totals.ts';
import { SortedIndex } from './sorted-index.ts';
import { addTo, type Tally } from './tally.ts';

export type InfraSortKey = (typeof infraSortKeys)[number];

export const nodePosition = (entry: NodeEntry, key: NodeSortKey): CursorPosition => ({
  value: nodeSortValue(entry.node, key) ?? null,
  id: entry.id,
});
export const infraPosition = (entry: InfraEntry, key: InfraSortKey): CursorPosition => {
  const view: Infra | undefined = entry.view();
  return { value: view?.[key] ?? null, id: entry.id };
};

/** A namespace that may be shown. */
export type ShownState = NamespaceState & { record: NamespaceRecord };

type Indexes<Entry extends { alive: boolean }, Key> = Map<string, { key: Key; index: SortedIndex<Entry> }>;

/** What is known of one namespace; counts follow every change. Without a record (its objects came first) it is not shown. */
export class NamespaceState {
  readonly name: string;
  readonly nodes = new Set<NodeEntry>();
  /** By id; those without a record are not shown. */
  readonly infras = new Map<string, InfraEntry>();
  /** Only the shown ones. */
  readonly infrasByName = new Map<string, InfraEntry>();
  readonly totals = new NodeTotals();
  readonly infraStatuses: Tally = new Map();
  /** Servers per name of a connection. */
  readonly nodesByConnection: Tally = new Map();
  record: NamespaceRecord | undefined;
  openOperations = 0;
  /** Grows with whatever an overview shows. */
  version = 0;
  readonly #nodeIndexes: Indexes<NodeEntry, NodeSortKey> = new Map();
  readonly #infraIndexes: Indexes<InfraEntry, InfraSortKey> = new Map();

  constructor(name: string) {
    this.name = name;
  }

  get isEmpty(): boolean {
    return this.record === undefined && this.nodes.size === 0 && this.infras.size === 0;
  }

  /** Servers in this order; kept up to date, so do not change the array. */
  sortedNodes(key: NodeSortKey, isDescending: boolean): readonly NodeEntry[] {
    return indexFor(this.#nodeIndexes, key, isDescending, () => this.nodes, nodePosition);
  }

  /** The shown infras in this order. */
  sortedInfras(key: InfraSortKey, isDescending: boolean): readonly InfraEntry[] {
    const source = () => [...this.infras.values()].filter((entry) => entry.alive);
    return indexFor(this.#infraIndexes, key, isDescending, source, infraPosition);
  }

  infraFor(id: string): InfraEntry {
    const known = this.infras.get(id);
    if (known) return known;
    const entry = new InfraEntry(id);
    this.infras.set(id, entry);
    return entry;
  }

  addNode(entry: NodeEntry): void {
    this.nodes.add(entry);
    this.totals.add(entry.node);
    addTo(this.nodesByConnection, entry.node.connection, 1);
    entry.infra.addNode(entry);
    for (const { index } of this.#nodeIndexes.values()) index.touch(entry);
  }

  removeNode(entry: NodeEntry): void {
    entry.alive = false;
    this.nodes.delete(entry);
    this.totals.remove(entry.node);
    addTo(this.nodesByConnection, entry.node.connection, -1);
    entry.infra.removeNode(entry);
    for (const { index } of this.#nodeIndexes.values()) index.touch(entry);
  }

  /** The node keeps its name, infra, group and connection. */
  replaceNode(entry: NodeEntry, node: Node): void {
    const before = entry.node;
    this.totals.remove(before);
    this.totals.add(node);
    entry.infra.replaceNode(entry, node);
    entry.node = node;
    for (const { key, index } of this.#nodeIndexes.values()) {
      if (nodeSortValue(before, key) !== nodeSortValue(node, key)) index.touch(entry);
    }
  }

  putInfra(entry: InfraEntry, record: InfraRecord): void {
    if (entry.record && entry.record.name !== record.name) this.#forgetName(entry);
    entry.record = record;
    entry.alive = true;
    this.infrasByName.set(record.name, entry);
    this.recount(entry);
  }

  dropInfra(entry: InfraEntry): void {
    this.#forgetName(entry);
    entry.record = undefined;
    entry.alive = false;
    this.recount(entry);
    this.forgetUnused(entry);
  }

  forgetUnused(entry: InfraEntry): void {
    if (entry.record === undefined && entry.nodes.size === 0) this.infras.delete(entry.id);
  }

  /** After the infra or its servers changed: its status is counted anew, its place in the lists is found anew. */
  recount(entry: InfraEntry): void {
    entry.touch();
    const status = entry.record && entry.status;
    if (status !== entry.countedStatus) {
      if (entry.countedStatus) addTo(this.infraStatuses, entry.countedStatus, -1);
      if (status) addTo(this.infraStatuses, status, 1);
      entry.countedStatus = status;
    }
    for (const { index } of this.#infraIndexes.values()) index.touch(entry);
  }

  #forgetName(entry: InfraEntry): void {
    const name = entry.record?.name;
    // A namewise successor may hold the name already.
    if (name !== undefined && this.infrasByName.get(name) === entry) this.infrasByName.delete(name);
  }
}

function indexFor<Entry extends { alive: boolean }, Key extends string>(
  indexes: Indexes<Entry, Key>,
  key: Key,
  isDescending: boolean,
  source: () => Iterable<Entry>,
  position: (entry: Entry, key: Key) => CursorPosition,
): readonly Entry[] {
  const name = isDescending ? `-${key}` : key;
  const known = indexes.get(name);
  if (known) return known.index.items();
  const index = new SortedIndex<Entry>(source, (left, right) =>
    comparePositions(position(left, key), position(right, key), isDescending),
  );
  indexes.set(name, { key, index });
  return index.items();
}
