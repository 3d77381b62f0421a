import type { ConnectionRecord, NsOverview } from '@waterstrider/contract';
import { isUsableIn, usableConnections } from './connection-use.ts';
import type { InventoryModel } from './inventory-model.ts';
import type { NamespaceState, ShownState } from './namespace-state.ts';
import { NodeTotals, toNodeOverview } from './node-totals.ts';
import { addAll, addTo, toRecord, type Tally } from './tally.ts';

type Kept = { version: string; text: string };

const maxKept = 64;

/**
 * Overviews as JSON texts, each written once per version of what it shows. The time of the last observation is put in at the end, as
 * it moves without anything else moving.
 */
export class Overviews {
  readonly #model: InventoryModel;
  readonly #ofNamespaces = new WeakMap<NamespaceState, Kept>();
  readonly #totals = new Map<string, Kept>();

  constructor(model: InventoryModel) {
    this.#model = model;
  }

  /** `nsOverview` of one namespace. */
  ofNamespace(state: ShownState): string {
    return this.#close(this.#openOf(state));
  }

  /** `overview` over the given namespaces. `withOwnTasks`: tasks that belong to no namespace count too. */
  over(states: readonly ShownState[], withOwnTasks: boolean): string {
    const namespaces = states.map((state) => this.ofNamespace(state)).join(',');
    return `{"namespaces":[${namespaces}],"total":${this.#close(this.#openTotal(states, withOwnTasks))}}`;
  }

  #close(open: string): string {
    return `${open},"observedAt":${JSON.stringify(this.#model.observedAt)}}`;
  }

  #openOf(state: ShownState): string {
    const version = `${state.version} ${this.#model.connectionsVersion}`;
    const kept = this.#ofNamespaces.get(state);
    if (kept?.version === version) return kept.text;
    const shown = {
      ns: state.record.name,
      ...countInfras(state.infraStatuses),
      ...toNodeOverview(state.totals),
      connections: countConnections(usableConnections(this.#model, state.record)),
      runningOperations: state.openOperations,
    };
    const text = withoutEnd(shown);
    this.#ofNamespaces.set(state, { version, text });
    return text;
  }

  #openTotal(states: readonly ShownState[], withOwnTasks: boolean): string {
    const own = withOwnTasks ? this.#model.openOperationsWithoutNamespace : 0;
    const key = `${withOwnTasks} ${states.map((state) => state.record.id).join(' ')}`;
    const versions = states.map((state) => state.version).join(' ');
    const version = `${this.#model.connectionsVersion} ${own} ${versions}`;
    const kept = this.#totals.get(key);
    if (kept?.version === version) return kept.text;
    const text = withoutEnd(sumUp(this.#model, states, own, withOwnTasks));
    this.#totals.delete(key);
    this.#totals.set(key, { version, text });
    for (const oldest of this.#totals.keys()) {
      if (this.#totals.size <= maxKept) break;
      this.#totals.delete(oldest);
    }
    return text;
  }
}

function sumUp(
  model: InventoryModel,
  states: readonly ShownState[],
  ownTasks: number,
  seesAll: boolean,
): Omit<NsOverview, 'ns' | 'observedAt'> {
  const totals = new NodeTotals();
  const infraStatuses: Tally = new Map();
  let runningOperations = ownTasks;
  for (const state of states) {
    totals.addTotals(state.totals);
    addAll(infraStatuses, state.infraStatuses);
    runningOperations += state.openOperations;
  }
  const connections = [...model.connections.values()].filter(
    (connection) => seesAll || states.some((state) => isUsableIn(connection, state.record)),
  );
  return {
    ...countInfras(infraStatuses),
    ...toNodeOverview(totals),
    connections: countConnections(connections),
    runningOperations,
  };
}

function countInfras(statuses: Tally): Pick<NsOverview, 'infras'> {
  let total = 0;
  for (const count of statuses.values()) total += count;
  return { infras: { total, byStatus: toRecord(statuses) } };
}

function countConnections(connections: ConnectionRecord[]): NsOverview['connections'] {
  const byState: Tally = new Map();
  for (const { state } of connections) addTo(byState, state, 1);
  const providers = new Set(connections.map(({ provider }) => provider));
  return { total: connections.length, byState: toRecord(byState), providers: providers.size };
}

const withoutEnd = (shown: object): string => JSON.stringify(shown).slice(0, -1);
