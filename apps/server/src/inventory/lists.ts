import {
  infraFilterKeys,
  infraSortKeys,
  nodeFilterKeys,
  nodeSortKeys,
  type ListQuery,
  type Node,
} from '@waterstrider/contract';
import type { CursorPosition } from '../http/cursor.ts';
import { comparePositions, matches, parseListQuery, type ListRequest, type ListView } from '../http/list-query.ts';
import type { InfraEntry } from './infra-entry.ts';
import { infraPosition, nodePosition, type InfraSortKey, type NamespaceState } from './namespace-state.ts';
import type { NodeEntry, NodeSortKey } from './node-entry.ts';
import { firstBehind } from './sorted-index.ts';

type NodeFilterKey = (typeof nodeFilterKeys)[number];
type InfraFilterKey = (typeof infraFilterKeys)[number];

const labelValues = (labels: Record<string, string>): string[] =>
  Object.entries(labels).flatMap(([key, value]) => [key, `${key}=${value}`]);

type NodeRequest = Pick<ListRequest<NodeSortKey, NodeFilterKey>, 'search' | 'filters'>;

/** Made once per request, as it is asked of thousands of servers. */
function nodeMatcher({ search, filters }: NodeRequest): (entry: NodeEntry) => boolean {
  const checks = [...filters].map(([key, wanted]) => nodeCheck(key, wanted));
  return (entry) =>
    checks.every((check) => check(entry.node)) && (search === undefined || entry.searchText().includes(search));
}

function nodeCheck(key: NodeFilterKey, wanted: ReadonlySet<string>): (node: Node) => boolean {
  if (key === 'infra') return (node) => wanted.has(node.infra) || wanted.has(node.infraId);
  if (key === 'label') return labelCheck(wanted);
  return (node) => {
    const value = node[key];
    return value !== undefined && wanted.has(value);
  };
}

/** `key`, or `key=value`; a key holds no equals sign. */
function labelCheck(wanted: ReadonlySet<string>): (node: Node) => boolean {
  const pairs = [...wanted].map((text) => {
    const equals = text.indexOf('=');
    return equals < 0 ? { key: text, value: undefined } : { key: text.slice(0, equals), value: text.slice(equals + 1) };
  });
  return ({ labels }) =>
    pairs.some(({ key, value }) => Object.hasOwn(labels, key) && (value === undefined || labels[key] === value));
}

const infraFiltering: Pick<ListView<InfraEntry, never, InfraFilterKey>, 'texts' | 'filterValues'> = {
  texts: ({ record }) => [record?.name, record?.id, record?.description, ...labelValues(record?.labels ?? {})],
  filterValues: (entry, key) => {
    const groups = entry.record?.nodeGroups ?? [];
    if (key === 'status') return entry.status;
    return key === 'label' ? labelValues(entry.record?.labels ?? {}) : groups.map((group) => group[key]);
  },
};

/** The scope of a list's cursors: the platform, and the id of the namespace. */
export type ListScope = readonly string[];

/** A page of the servers of a namespace, as JSON. */
export function listNodes(state: NamespaceState, query: ListQuery, scope: ListScope): string {
  const request = parseListQuery<NodeSortKey, NodeFilterKey>(query, {
    list: 'listNodes',
    sortKeys: nodeSortKeys,
    filterKeys: nodeFilterKeys,
    defaultSort: 'name',
    scope,
  });
  const sorted = state.sortedNodes(request.sortKey, request.isDescending);
  return joinPage(sorted, request, nodeMatcher(request), (entry) => nodePosition(entry, request.sortKey));
}

/** A page of the infras of a namespace, as JSON. */
export function listInfras(state: NamespaceState, query: ListQuery, scope: ListScope): string {
  const request = parseListQuery<InfraSortKey, InfraFilterKey>(query, {
    list: 'listInfra',
    sortKeys: infraSortKeys,
    filterKeys: infraFilterKeys,
    defaultSort: 'name',
    scope,
  });
  const sorted = state.sortedInfras(request.sortKey, request.isDescending);
  const isFound = (entry: InfraEntry) => matches(entry, request, infraFiltering);
  return joinPage(sorted, request, isFound, (entry) => infraPosition(entry, request.sortKey));
}

function joinPage<Entry extends { text(): string }, SortKey extends string, FilterKey extends string>(
  sorted: readonly Entry[],
  request: ListRequest<SortKey, FilterKey>,
  isFound: (entry: Entry) => boolean,
  position: (entry: Entry) => CursorPosition,
): string {
  const isWhole = request.search === undefined && request.filters.size === 0;
  const found = isWhole ? sorted : sorted.filter(isFound);
  const { after, isDescending } = request;
  const isBehind = (entry: Entry) => after === undefined || comparePositions(position(entry), after, isDescending) > 0;
  const start = firstBehind(found, isBehind);
  const shown = found.slice(start, start + request.limit);
  const last = shown.at(-1);
  const next =
    last !== undefined && start + shown.length < found.length
      ? `,"next":${JSON.stringify(request.cursorAt(position(last)))}`
      : '';
  return `{"items":[${shown.map((entry) => entry.text()).join(',')}],"total":${found.length}${next}}`;
}
