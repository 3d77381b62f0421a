import { DomainError, type ListQuery, type Page } from '@waterstrider/contract';
import { decodeCursor, encodeCursor, type CursorPosition, type CursorScope } from './cursor.ts';

/** What a list can be sorted and filtered by. */
export type ListRules<SortKey extends string, FilterKey extends string> = {
  /** Name of the row; part of the cursor. */
  list: string;
  sortKeys: readonly SortKey[];
  filterKeys: readonly FilterKey[];
  /** `name`, or `-startedAt` for the newest first. */
  defaultSort: SortKey | `-${SortKey}`;
  /** What else decides which items are in it: platform kind, namespace id, other query fields. A cursor of another scope is stale. */
  scope?: readonly unknown[];
};

export type ListRequest<SortKey extends string = string, FilterKey extends string = string> = {
  /** Lower case, trimmed; absent when empty. */
  search?: string;
  /** *Or* within a key, *and* between keys. */
  filters: ReadonlyMap<FilterKey, ReadonlySet<string>>;
  sortKey: SortKey;
  isDescending: boolean;
  limit: number;
  /** Exclusive: the last item of the page before. */
  after?: CursorPosition;
  /** The cursor of the page that ends at this position. */
  cursorAt(position: CursorPosition): string;
};

/** Checks and reads the query of a list. Throws `invalid`, naming the valid keys, for an unknown filter or sort key or a stale cursor. */
export function parseListQuery<SortKey extends string, FilterKey extends string>(
  query: ListQuery,
  rules: ListRules<SortKey, FilterKey>,
): ListRequest<SortKey, FilterKey> {
  const sort = query.sort ?? rules.defaultSort;
  const sortKey = parseSort(sort, rules.sortKeys);
  const filters = parseFilters(query.filter ?? [], rules.filterKeys);
  const search = query.search?.trim().toLowerCase() ?? '';
  const sorted = [...filters].map(([key, values]) => [key, [...values].sort()]).sort();
  const scope: CursorScope = { list: rules.list, sort, filter: [search, sorted, rules.scope ?? []] };
  return {
    ...(search === '' ? {} : { search }),
    filters,
    sortKey,
    isDescending: sort.startsWith('-'),
    limit: query.limit,
    ...(query.cursor === undefined ? {} : { after: decodeCursor(scope, query.cursor) }),
    cursorAt: (position) => encodeCursor(scope, position),
  };
}

function parseSort<SortKey extends string>(sort: string, keys: readonly SortKey[]): SortKey {
  const wanted = sort.replace(/^-/, '');
  const key = keys.find((candidate) => candidate === wanted);
  if (key === undefined) throw unknownKey('query.sort', 'sort by', wanted, keys);
  return key;
}

function parseFilters<FilterKey extends string>(
  filters: readonly string[],
  keys: readonly FilterKey[],
): Map<FilterKey, Set<string>> {
  const parsed = new Map<FilterKey, Set<string>>();
  for (const filter of filters) {
    const colon = filter.indexOf(':');
    if (colon < 1 || colon === filter.length - 1) {
      throw invalidField('query.filter', `A filter reads key:value. Keys: ${listKeys(keys)}.`);
    }
    const wanted = filter.slice(0, colon);
    const key = keys.find((candidate) => candidate === wanted);
    if (key === undefined) throw unknownKey('query.filter', 'filter by', wanted, keys);
    const values = parsed.get(key) ?? new Set();
    parsed.set(key, values.add(filter.slice(colon + 1)));
  }
  return parsed;
}

const listKeys = (keys: readonly string[]): string => (keys.length === 0 ? 'none' : keys.join(', '));

function unknownKey(field: string, verb: string, key: string, keys: readonly string[]): DomainError {
  return invalidField(field, `This list can not ${verb} "${key}". Keys: ${listKeys(keys)}.`);
}

function invalidField(field: string, reason: string): DomainError {
  return new DomainError('invalid', { reason, issues: [{ field, reason }] });
}

/** How an item is found, filtered and ordered in memory. */
export type ListView<Item, SortKey extends string, FilterKey extends string> = {
  id(item: Item): string;
  /** Texts that a search looks into. */
  texts(item: Item): readonly (string | undefined)[];
  filterValues(item: Item, key: FilterKey): string | readonly string[] | undefined;
  sortValue(item: Item, key: SortKey): string | number | undefined;
};

/** Filters, sorts and cuts a page out of items held in memory. Items without the sort value come last in either direction. */
export function pageInMemory<Item, SortKey extends string, FilterKey extends string>(
  items: readonly Item[],
  request: ListRequest<SortKey, FilterKey>,
  view: ListView<Item, SortKey, FilterKey>,
): Page<Item> {
  const position = (item: Item): CursorPosition => ({
    value: view.sortValue(item, request.sortKey) ?? null,
    id: view.id(item),
  });
  const placed = items
    .filter((item) => matches(item, request, view))
    .map((item) => ({ item, at: position(item) }))
    .sort((left, right) => comparePositions(left.at, right.at, request.isDescending));
  const { after } = request;
  const start = after === undefined ? 0 : firstAfter(placed, after, request.isDescending);
  const shown = placed.slice(start, start + request.limit);
  const last = shown.at(-1);
  const hasMore = last !== undefined && start + request.limit < placed.length;
  return {
    items: shown.map((entry) => entry.item),
    total: placed.length,
    ...(hasMore ? { next: request.cursorAt(last.at) } : {}),
  };
}

/** The index of the first item behind a position, by halving. */
function firstAfter(placed: readonly { at: CursorPosition }[], after: CursorPosition, isDescending: boolean): number {
  let low = 0;
  let high = placed.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const entry = placed[middle];
    if (entry !== undefined && comparePositions(entry.at, after, isDescending) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Does the item pass the search and the filters? */
export function matches<Item, SortKey extends string, FilterKey extends string>(
  item: Item,
  request: Pick<ListRequest<SortKey, FilterKey>, 'search' | 'filters'>,
  view: Pick<ListView<Item, SortKey, FilterKey>, 'texts' | 'filterValues'>,
): boolean {
  for (const [key, wanted] of request.filters) {
    const values = view.filterValues(item, key);
    const list = values === undefined || typeof values === 'string' ? [values] : values;
    if (!list.some((value) => value !== undefined && wanted.has(value))) return false;
  }
  const { search } = request;
  return search === undefined || view.texts(item).some((text) => text?.toLowerCase().includes(search) === true);
}

/** The order of a page: by value, absent values last in either direction, ties by id. Text as in `COLLATE "C"`. */
export function comparePositions(left: CursorPosition, right: CursorPosition, isDescending: boolean): number {
  if (left.value === null || right.value === null) {
    if (left.value !== right.value) return left.value === null ? 1 : -1;
  } else {
    const byValue = compareValues(left.value, right.value);
    if (byValue !== 0) return isDescending ? -byValue : byValue;
  }
  const byId = compareValues(left.id, right.id);
  return isDescending ? -byId : byId;
}

function compareValues(left: string | number, right: string | number): number {
  if (typeof left !== typeof right) return typeof left === 'number' ? -1 : 1;
  return left < right ? -1 : left > right ? 1 : 0;
}
