import type { QueryClient } from '@tanstack/react-query';
import { hashKey } from '@tanstack/react-query';
import type { About, ChangeEvent, Operation, RowName } from '@waterstrider/contract';
import { addPending } from './pending.ts';
import { parseFilters, parseSort } from './list-search.ts';
import { keyOf } from './query.ts';
import type { RowKey } from './query.ts';

interface Thing {
  id: string;
  name?: string;
  ns?: string | undefined;
  createdAt?: string;
  startedAt?: string;
}

interface Page {
  items: Thing[];
  total?: number;
  next?: string;
}

/** Which rows show a kind of thing: as a list, and alone under which path parameter. */
interface Kind {
  list: RowName;
  one: RowName;
  param: string;
}

const kinds = {
  nodes: { list: 'listNodes', one: 'getNode', param: 'node' },
  infras: { list: 'listInfra', one: 'getInfra', param: 'infra' },
  operations: { list: 'listOperations', one: 'getOperation', param: 'operation' },
  connections: { list: 'listConnections', one: 'getConnection', param: 'connection' },
} as const satisfies Record<string, Kind>;

type KindName = keyof typeof kinds;
const kindNames = Object.keys(kinds) as KindName[]; // the keys of a constant object

const isKey = (key: readonly unknown[]): key is RowKey => typeof key[0] === 'string' && key.length >= 3;

const nsOf = (key: RowKey): unknown => key[1].ns ?? key[2].ns;

const belongs = (key: RowKey, thing: Thing): boolean => {
  const ns = nsOf(key);
  return ns === undefined || thing.ns === undefined || thing.ns === ns;
};

/** Puts what a `change` event says into every cached answer, in place: no reload, no jump. */
export function applyChange(client: QueryClient, change: ChangeEvent): void {
  for (const kind of kindNames) {
    const things: Thing[] = change[kind] ?? [];
    const removed = kind === 'operations' ? [] : (change.removed?.[kind] ?? []);
    if (things.length === 0 && removed.length === 0) continue;
    patchLists(client, kinds[kind], things, new Set(removed));
    patchSingles(client, kinds[kind], things, new Set(removed));
  }
  patchOverview(client, change);
  suspectPlatform(client, change);
  if (change.namespaces || change.removed?.namespaces?.length) {
    void client.invalidateQueries({ queryKey: ['listNamespaces'] });
    void client.invalidateQueries({ queryKey: ['getNamespace'] });
  }
}

/** A connection that is not reached any more, or is again: only the server knows whether it is the whole platform. */
function suspectPlatform(client: QueryClient, { connections = [] }: ChangeEvent): void {
  const known = client.getQueryData<About>(keyOf('getAbout'));
  if (known === undefined || connections.every(({ reachable }) => reachable === known.healthy)) return;
  if (client.isFetching({ queryKey: ['getAbout'] }) === 0) void client.invalidateQueries({ queryKey: ['getAbout'] });
}

function patchLists(client: QueryClient, kind: Kind, things: Thing[], removed: Set<string>): void {
  for (const query of client.getQueryCache().findAll({ queryKey: [kind.list] })) {
    const { queryKey: key, state } = query;
    if (!isKey(key) || state.data === undefined) continue;
    const mine = new Map(things.filter((thing) => belongs(key, thing)).map((thing) => [thing.id, thing]));
    if (mine.size === 0 && removed.size === 0) continue;
    const report: Report = { found: new Set(), moved: new Set(), gone: 0 };
    const data = mapPages(state.data, (page) => patchPage(page, mine, removed, moves(key), report));
    if (data !== state.data) client.setQueryData(key, data, { updatedAt: state.dataUpdatedAt });
    const added = [...mine.values()].filter((thing) => !report.found.has(thing.id));
    addPending(hashKey(key), countNew(state, key, added), report.moved);
  }
}

interface Report {
  found: Set<string>;
  moved: Set<string>;
  gone: number;
}

type Moves = (before: Thing, after: Thing) => boolean;

/** Does a change take a row to another place of the list, or out of it? Only the sorted and filtered fields can. */
function moves(key: RowKey): Moves {
  const query = key[2] as { sort?: string; filter?: string | string[] }; // made by useListState or a page
  const fields = new Set(Object.keys(parseFilters(query.filter)));
  const sort = parseSort(query.sort);
  if (sort) fields.add(sort.key);
  const read = (thing: Thing, field: string): unknown => (thing as unknown as Record<string, unknown>)[field]; // fields by name
  return (before, after) =>
    [...fields].some((field) => JSON.stringify(read(before, field)) !== JSON.stringify(read(after, field)));
}

function patchPage(page: Page, things: Map<string, Thing>, removed: Set<string>, isMoved: Moves, report: Report): Page {
  const before = page.items;
  const items = before.flatMap((item) => {
    if (removed.has(item.id)) return [];
    const next = things.get(item.id);
    if (!next) return [item];
    report.found.add(item.id);
    if (isMoved(item, next)) report.moved.add(item.id);
    return [keepItems(item, next)];
  });
  const gone = before.length - items.length;
  report.gone += gone;
  if (gone === 0 && items.every((item, index) => item === before[index])) return page;
  return { ...page, items };
}

/** Events carry tasks without their items; those already loaded stay until the task itself is loaded again. */
function keepItems(before: Thing, after: Thing): Thing {
  const known = before as Partial<Operation>; // only tasks have items
  const next = after as Partial<Operation>;
  return known.items?.length && next.items?.length === 0 ? ({ ...after, items: known.items } as Thing) : after;
}

const isPage = (data: unknown): data is Page =>
  typeof data === 'object' && data !== null && 'items' in data && Array.isArray(data.items);

const isPaged = (data: unknown): data is { pages: Page[] } =>
  typeof data === 'object' && data !== null && 'pages' in data && Array.isArray(data.pages);

/** Runs over the pages of an infinite list, or the one page of a plain one, and takes what vanished off the totals. */
function mapPages(data: unknown, patch: (page: Page) => Page): unknown {
  const pages = isPaged(data) ? data.pages : isPage(data) ? [data] : [];
  const next = pages.map(patch);
  if (next.every((page, index) => page === pages[index])) return data;
  const gone = pages.reduce((sum, page, index) => sum + page.items.length - (next[index]?.items.length ?? 0), 0);
  const counted = gone === 0 ? next : next.map((page) => withTotal(page, gone));
  return isPaged(data) ? { ...data, pages: counted } : counted[0];
}

const withTotal = (page: Page, gone: number): Page =>
  page.total === undefined ? page : { ...page, total: Math.max(0, page.total - gone) };

/** Unknown things are new to a list that is loaded to its end; to a longer one only if they are younger than it. */
function countNew(state: { data: unknown; dataUpdatedAt: number }, key: RowKey, things: Thing[]): number {
  if (things.length === 0) return 0;
  const last = isPaged(state.data) ? state.data.pages.at(-1) : isPage(state.data) ? state.data : undefined;
  const complete = last !== undefined && last.next === undefined;
  const limited = !isPaged(state.data) && typeof last?.total === 'number' && last.total > last.items.length;
  if (complete && !limited) return things.length;
  const filtered = key[2].filter !== undefined || key[2].search !== undefined;
  const isYoung = (thing: Thing) => Date.parse(thing.createdAt ?? thing.startedAt ?? '') > state.dataUpdatedAt - 10_000;
  return filtered || limited ? things.length : things.filter(isYoung).length;
}

function patchSingles(client: QueryClient, kind: Kind, things: Thing[], removed: Set<string>): void {
  for (const query of client.getQueryCache().findAll({ queryKey: [kind.one] })) {
    const { queryKey: key, state } = query;
    const shown = state.data as Thing | undefined; // single rows answer the thing itself
    if (!isKey(key) || !shown) continue;
    const next = things.find((thing) => thing.id === shown.id);
    if (next) client.setQueryData(key, keepItems(shown, next));
    if (removed.has(shown.id) || (next && kind.one === 'getOperation'))
      void client.invalidateQueries({ queryKey: key });
  }
}

function patchOverview(client: QueryClient, { overview }: ChangeEvent): void {
  if (!overview) return;
  client.setQueriesData({ queryKey: ['getNsOverview', { ns: overview.ns }] }, (before) => before && overview);
  void client.invalidateQueries({ queryKey: ['getOverview'] });
}
