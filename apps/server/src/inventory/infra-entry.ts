import {
  isTransitional,
  toInfraStatus,
  type Infra,
  type InfraRecord,
  type InfraStatus,
  type Node,
  type NodeStatus,
} from '@waterstrider/contract';
import { toUsd } from './billing.ts';
import type { NodeEntry } from './node-entry.ts';
import { NodeTotals } from './node-totals.ts';
import { compareText } from './sorted-index.ts';
import { addTo, toRecord, type Tally } from './tally.ts';

/** Squares of a server group on a card. */
const maxSquares = 40;

type Group = { counts: Tally; nodes: Set<NodeEntry>; ordered: NodeEntry[] | undefined };
type RecordGroup = InfraRecord['nodeGroups'][number];

/** An infra in memory with the servers that belong to it. Without a record it is not shown: its servers came first, or it went before them. */
export class InfraEntry {
  readonly id: string;
  readonly totals = new NodeTotals();
  readonly nodes = new Set<NodeEntry>();
  record: InfraRecord | undefined;
  alive = false;
  /** The status that its namespace counts it under. */
  countedStatus: InfraStatus | undefined;
  readonly #groups = new Map<string, Group>();
  #view: Infra | undefined;
  #text: string | undefined;

  constructor(id: string) {
    this.id = id;
  }

  get status(): InfraStatus {
    return toInfraStatus(toRecord(this.totals.byStatus), this.record?.phase);
  }

  /** Forgets what was derived. */
  touch(): void {
    this.#view = undefined;
    this.#text = undefined;
  }

  addNode(entry: NodeEntry): void {
    this.nodes.add(entry);
    this.totals.add(entry.node);
    const group = this.#groupOf(entry.node);
    group.nodes.add(entry);
    group.ordered = undefined;
    addTo(group.counts, entry.node.status, 1);
    this.touch();
  }

  removeNode(entry: NodeEntry): void {
    this.nodes.delete(entry);
    this.totals.remove(entry.node);
    const group = this.#groupOf(entry.node);
    group.nodes.delete(entry);
    group.ordered = undefined;
    addTo(group.counts, entry.node.status, -1);
    if (group.nodes.size === 0) this.#groups.delete(entry.node.nodeGroup);
    this.touch();
  }

  /** Called before the entry takes the node in. */
  replaceNode(entry: NodeEntry, node: Node): void {
    this.totals.remove(entry.node);
    this.totals.add(node);
    const group = this.#groupOf(node);
    addTo(group.counts, entry.node.status, -1);
    addTo(group.counts, node.status, 1);
    this.touch();
  }

  /** What an answer shows; undefined without a record. */
  view(): Infra | undefined {
    return this.record && (this.#view ??= this.#toInfra(this.record));
  }

  text(): string {
    return (this.#text ??= JSON.stringify(this.view()));
  }

  #groupOf(node: Node): Group {
    const known = this.#groups.get(node.nodeGroup);
    if (known) return known;
    const group: Group = { counts: new Map(), nodes: new Set(), ordered: undefined };
    this.#groups.set(node.nodeGroup, group);
    return group;
  }

  #toInfra(record: InfraRecord): Infra {
    const { nodeGroups, ...shown } = record;
    delete shown.phase;
    return {
      ...shown,
      status: this.status,
      statusCounts: toRecord(this.totals.byStatus),
      nodes: this.nodes.size,
      providers: distinct(nodeGroups.map((group) => group.provider)),
      regions: distinct(nodeGroups.map((group) => group.region)),
      nodeGroups: nodeGroups.map((group) => ({ ...group, ...this.#groupCounts(group) })),
      costPerHourUsd: toUsd(this.totals.nanoUsd),
      unpriced: this.totals.unpriced,
      squares: nodeGroups.map((group) => this.#squaresOf(group)),
    };
  }

  #groupCounts({ name }: RecordGroup): { nodes: number; statusCounts: Record<string, number> } {
    const group = this.#groups.get(name);
    return { nodes: group?.nodes.size ?? 0, statusCounts: group ? toRecord(group.counts) : {} };
  }

  #squaresOf({ name, provider }: RecordGroup): Infra['squares'][number] {
    const group = this.#groups.get(name);
    if (!group) return { group: name, provider, squares: '', more: 0 };
    group.ordered ??= [...group.nodes].sort(byNumber);
    const shown = group.ordered.slice(0, maxSquares);
    const squares = shown.map((entry) => toSquare(entry.node.status)).join('');
    return { group: name, provider, squares, more: group.nodes.size - shown.length };
  }
}

/** Names of a group differ in their number only: the shorter comes first. */
const byNumber = (left: NodeEntry, right: NodeEntry): number =>
  left.node.name.length - right.node.name.length ||
  compareText(left.node.name, right.node.name) ||
  compareText(left.id, right.id);

const distinct = (values: string[]): string[] => [...new Set(values)].sort(compareText);

const squares: Partial<Record<NodeStatus, string>> = {
  Running: 'R',
  Suspended: 'S',
  Failed: 'F',
  Undefined: 'U',
  Terminated: 'T',
};
const toSquare = (status: NodeStatus): string => squares[status] ?? (isTransitional(status) ? 'M' : 'U');
