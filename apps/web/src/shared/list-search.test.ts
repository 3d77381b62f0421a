import { describe, expect, it } from 'vitest';
import { formatFilters, formatSort, nextSort, parseFilters, parseSort } from './list-search.ts';
import { parseSearch, stringifySearch } from './search-params.ts';

describe('list state', () => {
  it('turns a header: up, down, off', () => {
    const up = nextSort(undefined, 'name');
    const down = nextSort(up, 'name');
    expect([formatSort(up), formatSort(down), formatSort(nextSort(down, 'name'))]).toEqual([
      'name',
      '-name',
      undefined,
    ]);
    expect(formatSort(nextSort(down, 'status'))).toBe('status');
    expect(parseSort('-startedAt')).toEqual({ key: 'startedAt', descending: true });
  });

  it('keeps colons in values, drops what is no filter, never repeats a value', () => {
    const filters = parseFilters(['label:env:prod', 'status:Running', 'status:Running', 'nonsense', ':x', 'empty:']);
    expect(filters).toEqual({ label: ['env:prod'], status: ['Running'] });
    expect(formatFilters(filters)).toEqual(['label:env:prod', 'status:Running']);
    expect(formatFilters({ status: [] })).toBeUndefined();
  });
});

describe('search of the URL', () => {
  it('is readable and survives a round trip', () => {
    const search = { search: 'a b&c', filter: ['status:Running', 'provider:sim-aws'], sort: '-name', drawer: 'tasks' };
    const text = stringifySearch({ ...search, next: undefined, tab: '' });
    expect(text).toBe('?search=a+b%26c&filter=status:Running&filter=provider:sim-aws&sort=-name&drawer=tasks');
    expect(parseSearch(text)).toEqual(search);
  });

  it('leaves numbers and JSON as the text they are', () => {
    expect(parseSearch('?search=12&tab={"a":1}')).toEqual({ search: '12', tab: '{"a":1}' });
    expect(stringifySearch({})).toBe('');
  });
});
