import type { Node, NsOverview } from '@waterstrider/contract';
import { hoursPerMonth, isBilled, toNanoUsd, toUsd } from './billing.ts';
import { compareText } from './sorted-index.ts';
import { addAll, addTo, toRecord, type Tally } from './tally.ts';

type Place = { provider: string; region: string; nodes: number; byStatus: Tally };

/** Counts and cost over servers, kept up to date by adding and taking away single servers. */
export class NodeTotals {
  nodes = 0;
  unpriced = 0;
  nanoUsd = 0;
  readonly byStatus: Tally = new Map();
  readonly nanoUsdByProvider: Tally = new Map();
  readonly providers = new Map<string, Place>();
  readonly regions = new Map<string, Place>();

  add(node: Node): void {
    this.#change(node, 1);
  }

  remove(node: Node): void {
    this.#change(node, -1);
  }

  addTotals(other: NodeTotals): void {
    this.nodes += other.nodes;
    this.unpriced += other.unpriced;
    this.nanoUsd += other.nanoUsd;
    addAll(this.byStatus, other.byStatus);
    addAll(this.nanoUsdByProvider, other.nanoUsdByProvider);
    for (const [key, place] of other.providers) addPlace(this.providers, key, place);
    for (const [key, place] of other.regions) addPlace(this.regions, key, place);
  }

  #change(node: Node, delta: 1 | -1): void {
    const { provider, region, status } = node;
    const one = { provider, region, nodes: delta, byStatus: new Map([[status as string, delta]]) };
    this.nodes += delta;
    addTo(this.byStatus, status, delta);
    addPlace(this.providers, provider, one);
    addPlace(this.regions, `${provider}\n${region}`, one);
    if (isBilled(node)) this.#charge(node, delta);
  }

  #charge({ costPerHourUsd, provider }: Node, delta: 1 | -1): void {
    if (costPerHourUsd === undefined) {
      this.unpriced += delta;
      return;
    }
    const nanoUsd = delta * toNanoUsd(costPerHourUsd);
    this.nanoUsd += nanoUsd;
    addTo(this.nanoUsdByProvider, provider, nanoUsd);
  }
}

function addPlace(places: Map<string, Place>, key: string, added: Place): void {
  const { provider, region } = added;
  const place = places.get(key) ?? { provider, region, nodes: 0, byStatus: new Map() };
  place.nodes += added.nodes;
  addAll(place.byStatus, added.byStatus);
  if (place.nodes === 0) places.delete(key);
  else places.set(key, place);
}

/** The part of an overview that follows from the servers. */
export function toNodeOverview(totals: NodeTotals): Pick<NsOverview, 'nodes' | 'providers' | 'regions' | 'cost'> {
  const perHourUsd = toUsd(totals.nanoUsd);
  const costs = [...totals.nanoUsdByProvider].map(([provider, nanoUsd]) => [provider, toUsd(nanoUsd)] as const);
  return {
    nodes: { total: totals.nodes, byStatus: toRecord(totals.byStatus) },
    providers: sorted(totals.providers).map(({ provider, nodes, byStatus }) => ({
      provider,
      nodes,
      byStatus: toRecord(byStatus),
    })),
    regions: sorted(totals.regions).map((place) => ({ ...place, byStatus: toRecord(place.byStatus) })),
    cost: {
      perHourUsd,
      perMonthUsd: toUsd(totals.nanoUsd * hoursPerMonth),
      unpriced: totals.unpriced,
      byProvider: Object.fromEntries(costs),
    },
  };
}

const sorted = (places: Map<string, Place>): Place[] =>
  [...places].sort(([left], [right]) => compareText(left, right)).map(([, place]) => place);
