import { expect, test } from 'vitest';
import { localSource } from './local-source.ts';

const rows = [
  { name: 'b', kind: 'real', count: 10 },
  { name: 'a', kind: 'simulated', count: 9 },
];
const list = {
  rows,
  texts: (row: (typeof rows)[number]) => [row.name],
  value: (row: (typeof rows)[number], key: string) => row[key as keyof typeof row],
  loading: false,
  error: undefined,
  retry: () => undefined,
};

test('searches, filters and sorts, numbers as numbers', () => {
  const none = { search: '', filters: {}, sort: undefined };
  expect(localSource(list, none).rows.map(({ name }) => name)).toEqual(['b', 'a']);
  expect(localSource(list, { ...none, search: ' A ' }).total).toBe(1);
  expect(localSource(list, { ...none, filters: { kind: ['real'] } }).rows[0]?.name).toBe('b');
  expect(localSource(list, { ...none, sort: { key: 'count', descending: false } }).rows[0]?.count).toBe(9);
  expect(localSource(list, { ...none, sort: { key: 'name', descending: true } }).rows[0]?.name).toBe('b');
});
