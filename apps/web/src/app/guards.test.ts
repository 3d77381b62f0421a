import { describe, expect, it } from 'vitest';
import { activeKey, pathInNamespace } from './frame/navigation.ts';
import { safeNext } from './guards.ts';

describe('safeNext', () => {
  it('stays on this site', () => {
    expect(safeNext('/ns/shop/servers?sort=name')).toBe('/ns/shop/servers?sort=name');
    for (const bad of [
      '//evil.org',
      '/\\evil.org',
      'https://evil.org',
      '/\t/evil.org',
      'x',
      undefined,
      ['/a'],
      '/login?next=/a',
    ])
      expect(safeNext(bad)).toBe('/');
  });
});

describe('navigation', () => {
  it('marks the entry whose address fits best', () => {
    expect(activeKey('/ns/shop', 'shop')).toBe('dashboardNamespace');
    expect(activeKey('/ns/shop/mcis/web', 'shop')).toBe('mcis');
    expect(activeKey('/ns/shop/mcis/new', 'shop')).toBe('newMcis');
    expect(activeKey('/account', 'shop')).toBeUndefined();
  });

  it('keeps the page in another namespace, but not the object', () => {
    expect(pathInNamespace('/ns/shop/servers/n1', 'lab')).toBe('/ns/lab/servers');
    expect(pathInNamespace('/ns/shop/mcis/new', 'lab')).toBe('/ns/lab/mcis/new');
    expect(pathInNamespace('/ns/shop', 'lab')).toBe('/ns/lab');
    expect(pathInNamespace('/settings/users', 'lab')).toBe('/ns/lab');
  });
});
