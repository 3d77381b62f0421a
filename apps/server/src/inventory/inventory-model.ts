import type { Change, ConnectionRecord, InfraRecord, NamespaceRecord, Node, Snapshot } from '@waterstrider/contract';
import { isUsableIn } from './connection-use.ts';
import { InventoryDelta } from './delta.ts';
import type { InfraEntry } from './infra-entry.ts';
import { NamespaceState, type ShownState } from './namespace-state.ts';
import { NodeEntry } from './node-entry.ts';
import { snapshotAsChange } from './snapshot-as-change.ts';

/** A change in the making: what it touched, and the infras to be counted anew at its end. */
type Work = { delta: InventoryDelta; infras: Map<InfraEntry, NamespaceState>; states: Set<NamespaceState> };

/**
 * Everything the platform told of, in memory. Only whole messages are taken in, one after the other; each costs in proportion to what
 * it holds, never to what is known.
 */
export class InventoryModel {
  sequence = 0;
  observedAt = new Date(0).toISOString();
  /** Grows when connections appear, go, or change their state or the namespaces that may use them. */
  connectionsVersion = 0;
  /** Grows when namespaces appear or go. */
  namespacesVersion = 0;
  openOperationsWithoutNamespace = 0;
  readonly connections = new Map<string, ConnectionRecord>();
  readonly nodes = new Map<string, NodeEntry>();
  readonly #connectionIds = new Map<string, string>();
  readonly #states = new Map<string, NamespaceState>();
  readonly #namesById = new Map<string, string>();
  readonly #infraHomes = new Map<string, NamespaceState>();

  apply(message: Snapshot | Change): InventoryDelta {
    const change = message.kind === 'snapshot' ? snapshotAsChange(this, message) : message;
    this.sequence = message.sequence;
    this.observedAt = message.observedAt;
    const delta = new InventoryDelta(message.sequence, message.observedAt);
    delta.operations = change.operations;
    delta.isResync = message.kind === 'snapshot';
    const work: Work = { delta, infras: new Map(), states: new Set() };
    this.#remove(change.removed, work);
    for (const record of change.namespaces) this.#putNamespace(record, work);
    for (const record of change.connections) this.#putConnection(record, work);
    for (const record of change.infras) this.#putInfra(record, work);
    for (const node of change.nodes) this.#putNode(node, work);
    this.#finish(work);
    return delta;
  }

  namespace(nameOrId: string): ShownState | undefined {
    const state = this.#states.get(nameOrId);
    return state && isShown(state) ? state : this.namespaceById(nameOrId);
  }

  namespaceById(id: string): ShownState | undefined {
    const state = this.#states.get(this.#namesById.get(id) ?? '');
    return state && isShown(state) ? state : undefined;
  }

  /** All that have a record. */
  namespaces(): ShownState[] {
    return [...this.#states.values()].filter(isShown);
  }

  /** Ids of all infras that have a record. */
  infraIds(): Iterable<string> {
    return this.#infraHomes.keys();
  }

  infra(id: string): InfraEntry | undefined {
    return this.#infraHomes.get(id)?.infras.get(id);
  }

  connection(nameOrId: string): ConnectionRecord | undefined {
    return this.connections.get(this.#connectionIds.get(nameOrId) ?? nameOrId);
  }

  /** Running and waiting tasks per id of a namespace; returns the ids of those whose count changed. */
  setOpenOperations(counts: ReadonlyMap<string, number>, withoutNamespace: number): string[] {
    this.openOperationsWithoutNamespace = withoutNamespace;
    const changed: string[] = [];
    for (const state of this.namespaces()) {
      const count = counts.get(state.record.id) ?? 0;
      if (count === state.openOperations) continue;
      state.openOperations = count;
      state.version++;
      changed.push(state.record.id);
    }
    return changed;
  }

  #remove(removed: Change['removed'], work: Work): void {
    for (const id of removed.nodes) this.#dropNode(id, work);
    for (const id of removed.infras) this.#dropInfra(id, work);
    for (const id of removed.connections) this.#dropConnection(id, work);
    for (const id of removed.namespaces) this.#dropNamespace(id, work);
  }

  #stateFor(nameOrId: string): NamespaceState {
    const name = this.#namesById.get(nameOrId) ?? nameOrId;
    const known = this.#states.get(nameOrId) ?? this.#states.get(name);
    if (known) return known;
    const state = new NamespaceState(name);
    this.#states.set(name, state);
    return state;
  }

  #putNamespace(record: NamespaceRecord, work: Work): void {
    const holder = this.#states.get(record.name)?.record;
    // A namewise successor inherits nothing.
    if (holder && holder.id !== record.id) this.#dropNamespace(holder.id, work);
    const state = this.#stateFor(record.name);
    const isNew = state.record === undefined;
    state.record = record;
    this.#namesById.set(record.id, record.name);
    this.namespacesVersion++;
    const delta = work.delta.of(record.id);
    delta.described = true;
    if (!isNew) return;
    for (const entry of state.nodes) delta.nodes.put(entry.id);
    for (const entry of state.infras.values()) if (entry.alive) delta.infras.put(entry.id);
    for (const connection of this.connections.values()) {
      if (isUsableIn(connection, record)) delta.connections.put(connection.id);
    }
    work.states.add(state);
  }

  #dropNamespace(id: string, work: Work): void {
    const state = this.namespaceById(id);
    if (!state) return;
    for (const entry of [...state.nodes]) this.#dropNode(entry.id, work);
    for (const entry of [...state.infras.values()]) this.#dropInfra(entry.id, work);
    work.delta.of(id).described = true;
    work.delta.removedNamespaces.push(state.record);
    this.#namesById.delete(id);
    this.#states.delete(state.name);
    this.namespacesVersion++;
  }

  #putConnection(record: ConnectionRecord, work: Work): void {
    const before = this.connections.get(record.id);
    if (before && before.name !== record.name) this.#connectionIds.delete(before.name);
    this.connections.set(record.id, record);
    this.#connectionIds.set(record.name, record.id);
    if (!before || countsDiffer(before, record)) this.connectionsVersion++;
    work.delta.connections.put(record.id);
    for (const { record: namespace } of this.namespaces()) {
      if (isUsableIn(record, namespace)) work.delta.of(namespace.id).connections.put(record.id);
      else if (before && isUsableIn(before, namespace)) work.delta.of(namespace.id).connections.remove(record.id);
    }
  }

  #dropConnection(id: string, work: Work): void {
    const record = this.connections.get(id);
    if (!record) return;
    this.connections.delete(id);
    if (this.#connectionIds.get(record.name) === id) this.#connectionIds.delete(record.name);
    this.connectionsVersion++;
    work.delta.connections.remove(id);
    for (const { record: namespace } of this.namespaces()) {
      if (isUsableIn(record, namespace)) work.delta.of(namespace.id).connections.remove(id);
    }
  }

  #putInfra(record: InfraRecord, work: Work): void {
    const state = this.#stateFor(record.ns);
    const home = this.#infraHomes.get(record.id);
    if (home && home !== state) this.#dropInfra(record.id, work);
    const entry = state.infraFor(record.id);
    state.putInfra(entry, record);
    this.#infraHomes.set(record.id, state);
    this.#touchInfra(state, entry, work);
  }

  /** Its servers go with it: none lives outside an infra. */
  #dropInfra(id: string, work: Work): void {
    const state = this.#infraHomes.get(id);
    const entry = state?.infras.get(id);
    if (!state || !entry) return;
    for (const node of [...entry.nodes]) this.#dropNode(node.id, work);
    state.dropInfra(entry);
    this.#infraHomes.delete(id);
    work.infras.delete(entry);
    work.states.add(state);
    if (state.record) work.delta.of(state.record.id).infras.remove(id);
  }

  #putNode(node: Node, work: Work): void {
    const state = this.#stateFor(node.ns);
    const known = this.nodes.get(node.id);
    if (known && staysInPlace(known, node, state)) {
      state.replaceNode(known, node);
      this.#touchNode(known, work);
      return;
    }
    if (known) this.#dropNode(node.id, work);
    const entry = new NodeEntry(node, state, state.infraFor(node.infraId));
    this.nodes.set(node.id, entry);
    state.addNode(entry);
    this.#touchConnection(state, node.connection, work);
    this.#touchNode(entry, work);
  }

  #dropNode(id: string, work: Work): void {
    const entry = this.nodes.get(id);
    if (!entry) return;
    this.nodes.delete(id);
    entry.home.removeNode(entry);
    this.#touchConnection(entry.home, entry.node.connection, work);
    this.#touchInfra(entry.home, entry.infra, work);
    entry.home.forgetUnused(entry.infra);
    if (entry.home.record) work.delta.of(entry.home.record.id).nodes.remove(id);
  }

  #touchNode(entry: NodeEntry, work: Work): void {
    this.#touchInfra(entry.home, entry.infra, work);
    if (entry.home.record) work.delta.of(entry.home.record.id).nodes.put(entry.id);
  }

  #touchInfra(state: NamespaceState, entry: InfraEntry, work: Work): void {
    work.states.add(state);
    if (!entry.alive) return;
    work.infras.set(entry, state);
    if (state.record) work.delta.of(state.record.id).infras.put(entry.id);
  }

  /** The number of servers of a connection changed in a namespace. */
  #touchConnection(state: NamespaceState, name: string, work: Work): void {
    const connection = this.connection(name);
    if (!connection) return;
    work.delta.connections.put(connection.id);
    if (state.record && isUsableIn(connection, state.record)) {
      work.delta.of(state.record.id).connections.put(connection.id);
    }
  }

  #finish(work: Work): void {
    for (const [entry, state] of work.infras) state.recount(entry);
    for (const state of work.states) {
      state.version++;
      if (state.isEmpty && this.#states.get(state.name) === state) this.#states.delete(state.name);
    }
  }
}

const isShown = (state: NamespaceState): state is ShownState => state.record !== undefined;

const staysInPlace = ({ node: before, home }: NodeEntry, node: Node, state: NamespaceState): boolean =>
  home === state &&
  before.infraId === node.infraId &&
  before.nodeGroup === node.nodeGroup &&
  before.name === node.name &&
  before.connection === node.connection;

const countsDiffer = (before: ConnectionRecord, after: ConnectionRecord): boolean =>
  before.state !== after.state ||
  before.provider !== after.provider ||
  JSON.stringify(before.namespaces) !== JSON.stringify(after.namespaces);
