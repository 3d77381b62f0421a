import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { formatFilters, formatSort, nextSort, parseFilters, parseSort } from './list-search.ts';
import type { Filters, ListSearch, Sort } from './list-search.ts';

/** Search, filters and sort of a list, kept in the URL; hand it to `DataTable` as its state. */
export interface ListState {
  search: string;
  filters: Filters;
  sort: Sort | undefined;
  /** As the server takes it; a stable object as long as nothing changed. */
  query: { search?: string; filter?: string[]; sort?: string };
  setSearch: (text: string) => void;
  /** Values of one key; an empty array removes the filter. */
  setFilter: (key: string, values: string[]) => void;
  toggleSort: (key: string) => void;
  /** Removes search and filters. */
  clear: () => void;
  isFiltered: boolean;
}

interface ListDefaults {
  /** Used while the URL names no sort: `-startedAt`. */
  sort?: string;
  /** Filters that always hold and are not shown as chips: `infra:web`. */
  fixed?: string[];
}

const first = (value: string | string[] | undefined): string =>
  Array.isArray(value) ? (value[0] ?? '') : (value ?? '');

/** Reads and writes `?search=&filter=&sort=` of the page's address. */
export function useListState(defaults: ListDefaults = {}): ListState {
  const found: ListSearch = useSearch({ strict: false });
  const navigate = useNavigate();
  const search = first(found.search);
  const sortText = first(found.sort) || defaults.sort || '';
  const filterKey = JSON.stringify([found.filter ?? [], defaults.fixed ?? []]);
  const filters = useMemo(
    () => parseFilters(found.filter),
    // the text stands for the array, which is new on each render
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [filterKey],
  );
  const write = useCallback(
    (change: ListSearch) => {
      void navigate({ to: '.', search: (previous) => ({ ...previous, ...change }), replace: true, resetScroll: false });
    },
    [navigate],
  );
  const query = useMemo(() => {
    const filter = [...(defaults.fixed ?? []), ...(formatFilters(filters) ?? [])];
    return {
      ...(search ? { search } : {}),
      ...(filter.length > 0 ? { filter } : {}),
      ...(sortText ? { sort: sortText } : {}),
    };
    // filterKey stands for the fixed filters
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [search, filters, sortText, filterKey]);
  const sort = useMemo(() => parseSort(sortText), [sortText]);
  return {
    search,
    filters,
    sort,
    query,
    setSearch: (text) => write({ search: text || undefined }),
    setFilter: (key, values) => write({ filter: formatFilters({ ...filters, [key]: values }) }),
    toggleSort: (key) => write({ sort: formatSort(nextSort(sort, key)) }),
    clear: () => write({ search: undefined, filter: undefined }),
    isFiltered: search !== '' || Object.keys(filters).length > 0,
  };
}
