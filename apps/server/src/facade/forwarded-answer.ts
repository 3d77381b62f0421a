import type { FacadeConsole } from '@waterstrider/cloud-barista/facade';
import { visibleNamespaces } from '../inventory/visibility.ts';
import type { Actor } from '../pipeline/context.ts';
import type { Services } from '../services.ts';

const secretKeys = new Set([
  'privatekey',
  'nodeuserpassword',
  'vmuserpassword',
  'kubeconfig',
  'token',
  'password',
  'secret',
]);

/** The same JSON with every private key, password and token blank. */
export function withoutSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]: [string, unknown]) => [
      key,
      secretKeys.has(key.toLowerCase()) && typeof inner === 'string' ? '' : withoutSecrets(inner),
    ]),
  );
}

type Viewer = { services: Services; actor: Actor; console: FacadeConsole };

/** Takes namespaces and connections that the caller may not see out of the lists that hold them. */
export async function onlyVisible(
  path: string,
  value: unknown,
  { services, actor, console }: Viewer,
): Promise<unknown> {
  if (actor.admin || typeof value !== 'object' || value === null) return value;
  if (path === '/ns') {
    const names = new Set(visibleNamespaces(services.inventory.model, actor).map(({ name }) => name));
    return filterLists(value, (item) => names.has(typeof item === 'string' ? item : nameOf(item, 'id')));
  }
  if (path !== '/connConfig') return value;
  const kept = new Set<string>();
  for (let cursor: string | undefined, isFirst = true; isFirst || cursor !== undefined; isFirst = false) {
    const page = await console.call('listConnections', {
      query: { limit: 500, ...(cursor === undefined ? {} : { cursor }) },
    });
    for (const { name } of page.items) kept.add(name);
    cursor = page.next;
  }
  return filterLists(value, (item) => kept.has(nameOf(item, 'configName')));
}

const nameOf = (item: unknown, key: string): string =>
  typeof item === 'object' && item !== null ? String(Reflect.get(item, key) ?? '') : '';

const filterLists = (value: object, keep: (item: unknown) => boolean): unknown =>
  Object.fromEntries(
    Object.entries(value).map(([key, list]: [string, unknown]) => [
      key,
      Array.isArray(list) ? list.filter(keep) : list,
    ]),
  );
