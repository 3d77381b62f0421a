/** What a list keeps in the URL. */
export interface ListSearch {
  search?: string | undefined;
  sort?: string | undefined;
  filter?: string | string[] | undefined;
}

export interface Sort {
  key: string;
  descending: boolean;
}

/** `-name` is by name, last first. */
export const parseSort = (text: string | undefined): Sort | undefined =>
  text ? { key: text.replace(/^-/, ''), descending: text.startsWith('-') } : undefined;

export const formatSort = (sort: Sort | undefined): string | undefined =>
  sort ? `${sort.descending ? '-' : ''}${sort.key}` : undefined;

/** A header click: by this column, then the other way round, then back to the list's own order. */
export function nextSort(current: Sort | undefined, key: string): Sort | undefined {
  if (current?.key !== key) return { key, descending: false };
  return current.descending ? undefined : { key, descending: true };
}

export type Filters = Record<string, string[]>;

/** `provider:sim-aws` may repeat; a value may hold colons (labels do). */
export function parseFilters(given: string | string[] | undefined): Filters {
  const filters: Filters = {};
  for (const text of given === undefined ? [] : [given].flat()) {
    const colon = text.indexOf(':');
    if (colon < 1 || colon === text.length - 1) continue;
    const key = text.slice(0, colon);
    const values = filters[key] ?? [];
    const value = text.slice(colon + 1);
    if (!values.includes(value)) filters[key] = [...values, value];
  }
  return filters;
}

export function formatFilters(filters: Filters): string[] | undefined {
  const texts = Object.entries(filters).flatMap(([key, values]) => values.map((value) => `${key}:${value}`));
  return texts.length > 0 ? texts : undefined;
}
