import type { NamespaceRecord } from '@waterstrider/contract';

/** Ids that were put in place, and ids that went. The last word about an id counts. */
export class IdChanges {
  readonly changed = new Set<string>();
  readonly removed = new Set<string>();

  put(id: string): void {
    this.removed.delete(id);
    this.changed.add(id);
  }

  remove(id: string): void {
    this.changed.delete(id);
    this.removed.add(id);
  }

  merge(later: IdChanges): void {
    for (const id of later.changed) this.put(id);
    for (const id of later.removed) this.remove(id);
  }

  get size(): number {
    return this.changed.size + this.removed.size;
  }
}

/** What a batch of changes touched in one namespace. */
export class NamespaceDelta {
  readonly nodes = new IdChanges();
  readonly infras = new IdChanges();
  /** Connections that may be used in it, by id. */
  readonly connections = new IdChanges();
  /** It appeared, was described anew, or went. */
  described = false;

  merge(later: NamespaceDelta): void {
    this.nodes.merge(later.nodes);
    this.infras.merge(later.infras);
    this.connections.merge(later.connections);
    this.described ||= later.described;
  }

  get size(): number {
    return this.nodes.size + this.infras.size + this.connections.size;
  }
}

/** What a snapshot or a change of the platform did to the inventory. */
export class InventoryDelta {
  readonly sequence: number;
  readonly observedAt: string;
  /** By id of the namespace. */
  readonly namespaces = new Map<string, NamespaceDelta>();
  readonly removedNamespaces: NamespaceRecord[] = [];
  /** All connections, for those who see all. */
  readonly connections = new IdChanges();
  /** Tasks whose items moved. */
  operations: readonly string[] = [];
  /** Everything was replaced: what a change would have said of tasks may be lost. */
  isResync = false;

  constructor(sequence: number, observedAt: string) {
    this.sequence = sequence;
    this.observedAt = observedAt;
  }

  of(namespaceId: string): NamespaceDelta {
    const known = this.namespaces.get(namespaceId);
    if (known) return known;
    const delta = new NamespaceDelta();
    this.namespaces.set(namespaceId, delta);
    return delta;
  }
}
