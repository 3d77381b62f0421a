import { expect, test } from 'vitest';
import { facadeRoutes } from './routes.ts';
import { document } from './document.ts';
import { toHolder } from './write/connection.ts';

test('each operation is there once, and whoever may call it is told', () => {
  const keys = facadeRoutes.map(({ method, path }) => `${method} ${path.replace(/:\w+/g, ':')}`);
  expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  expect(keys.length).toBeGreaterThan(300);
  for (const { method, path, permission, effect } of facadeRoutes) {
    if (permission === 'viewer' || permission === 'operator') expect(path).toContain('/:nsId');
    if (path.includes('/control/')) expect([method, permission, effect]).toEqual(['GET', 'operator', 'operate']);
    if (path.startsWith('/ns/:nsId') && method !== 'GET') expect(permission).not.toBe('user');
  }
});

test('the document names every path', () => {
  const { paths } = document(facadeRoutes) as { paths: Record<string, object> }; // made by the function
  expect(Object.keys(paths)).toContain('/ns/{nsId}/infra/{infraId}');
  expect(Object.values(paths).flatMap((path) => Object.keys(path))).toHaveLength(facadeRoutes.length);
});

test.each([
  ['aws', 'admin'],
  ['team-aws', 'team'],
  ['my own', 'admin'],
  ['A_b-aws', 'a_b'],
])('the credential %s of aws belongs to %s', (credential, holder) => {
  expect(toHolder({ credential, provider: 'aws' })).toBe(holder);
});
