import { DomainError, listQuery } from '@waterstrider/contract';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pageInMemory, parseListQuery, type ListView } from './list-query.ts';

type Item = { id: string; name: string; cost?: number };
const rules = {
  list: 'test',
  sortKeys: ['name', 'cost'],
  filterKeys: ['name'],
  defaultSort: 'name',
} as const;
const view: ListView<Item, 'name' | 'cost', 'name'> = {
  id: (item) => item.id,
  texts: (item) => [item.name],
  filterValues: (item) => item.name,
  sortValue: (item, key) => item[key],
};
const parse = (query: object) => parseListQuery(listQuery.parse(query), rules);
const items = fc.uniqueArray(
  fc.record(
    { id: fc.uuid(), name: fc.string({ maxLength: 3 }), cost: fc.integer({ min: 0, max: 3 }) },
    { requiredKeys: ['id', 'name'] },
  ),
  { selector: (item) => item.id, maxLength: 40 },
);

describe('lists', () => {
  test('the pages together are the whole list, in order, each item once', () => {
    fc.assert(
      fc.property(
        items,
        fc.constantFrom('name', '-name', 'cost', '-cost'),
        fc.integer({ min: 1, max: 7 }),
        (all, sort, limit) => {
          const whole = pageInMemory(all, parse({ sort, limit: 500 }), view);
          const seen: Item[] = [];
          let cursor: string | undefined;
          do {
            const page = pageInMemory(all, parse({ sort, limit, ...(cursor === undefined ? {} : { cursor }) }), view);
            expect(page.total).toBe(all.length);
            seen.push(...page.items);
            cursor = page.next;
          } while (cursor !== undefined);
          expect(seen).toEqual(whole.items);
          expect(new Set(seen).size).toBe(all.length);
        },
      ),
    );
  });

  test('unknown values come last in either direction', () => {
    const all = [
      { id: '1', name: 'a' },
      { id: '2', name: 'b', cost: 2 },
      { id: '3', name: 'c', cost: 1 },
    ];
    const ids = (sort: string) => pageInMemory(all, parse({ sort }), view).items.map(({ id }) => id);
    expect(ids('cost')).toEqual(['3', '2', '1']);
    expect(ids('-cost')).toEqual(['2', '3', '1']);
  });

  test('filters: or within a key; search without regard to case', () => {
    const all = ['Ada', 'Bob', 'Cyd'].map((name) => ({ id: name, name }));
    const names = (query: object) => pageInMemory(all, parse(query), view).items.map(({ name }) => name);
    expect(names({ filter: ['name:Ada', 'name:Cyd'] })).toEqual(['Ada', 'Cyd']);
    expect(names({ search: 'BO' })).toEqual(['Bob']);
  });

  test('a cursor of another sort, search or filter, and whatever is none, is refused', () => {
    const all = ['Ada', 'Bob', 'Cyd'].map((name) => ({ id: name, name }));
    const { next } = pageInMemory(all, parse({ limit: 1 }), view);
    for (const query of [{ sort: '-name' }, { search: 'a' }, { filter: 'name:Ada' }]) {
      expect(() => parse({ ...query, cursor: next })).toThrow(/belongs to another list/);
    }
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        for (const cursor of [text, Buffer.from(text).toString('base64url')]) {
          expect(() => parse({ cursor })).toThrow(DomainError);
        }
      }),
    );
  });

  test('unknown keys are refused with the valid ones', () => {
    expect(() => parse({ sort: 'colour' })).toThrow('This list can not sort by "colour". Keys: name, cost.');
    expect(() => parse({ filter: 'colour:red' })).toThrow('This list can not filter by "colour". Keys: name.');
  });
});
