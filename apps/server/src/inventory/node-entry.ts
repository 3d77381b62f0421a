import type { Node, nodeSortKeys } from '@waterstrider/contract';
import type { InfraEntry } from './infra-entry.ts';
import type { NamespaceState } from './namespace-state.ts';

export type NodeSortKey = (typeof nodeSortKeys)[number];

/** A server in memory; its JSON is written once per version. */
export class NodeEntry {
  readonly id: string;
  readonly home: NamespaceState;
  readonly infra: InfraEntry;
  alive = true;
  #node: Node;
  #text: string | undefined;
  #searchText: string | undefined;

  constructor(node: Node, home: NamespaceState, infra: InfraEntry) {
    this.id = node.id;
    this.home = home;
    this.infra = infra;
    this.#node = node;
  }

  get node(): Node {
    return this.#node;
  }

  set node(node: Node) {
    this.#node = node;
    this.#text = undefined;
    this.#searchText = undefined;
  }

  text(): string {
    return (this.#text ??= JSON.stringify(this.#node));
  }

  /** What a search looks into, in lower case: name, id, addresses and labels. */
  searchText(): string {
    return (this.#searchText ??= [
      this.#node.name,
      this.#node.id,
      this.#node.publicIp ?? '',
      this.#node.privateIp ?? '',
      ...Object.entries(this.#node.labels).map(([key, value]) => `${key}=${value}`),
    ]
      .join('\n')
      .toLowerCase());
  }
}

export const nodeSortValue = (node: Node, key: NodeSortKey): string | number | undefined => node[key];
