import {
  connectionFilterKeys,
  connectionSortKeys,
  type Connection,
  type ConnectionRecord,
  type Credential,
  type ListQuery,
  type NamespaceRecord,
  type Page,
} from '@waterstrider/contract';
import { pageInMemory, parseListQuery } from '../http/list-query.ts';
import type { Actor } from '../pipeline/context.ts';
import { isUsableIn, shownNamespaces, toConnection } from './connection-use.ts';
import type { InventoryModel } from './inventory-model.ts';
import type { ListScope } from './lists.ts';
import { notFound, visibleNamespaces, visibleState } from './visibility.ts';

type Restricted = Pick<ConnectionRecord, 'namespaces'>;

/** Administrators see all; others what may be used in a namespace they are a member of. */
const isVisible = (item: Restricted, actor: Actor, visible: readonly NamespaceRecord[]): boolean =>
  actor.admin || visible.some((namespace) => isUsableIn(item, namespace));

const namespaceReferences = (item: Restricted, visible: readonly NamespaceRecord[]): string[] =>
  visible.filter((namespace) => isUsableIn(item, namespace)).flatMap(({ id, name }) => [name, id]);

export function listConnections(
  model: InventoryModel,
  actor: Actor,
  query: ListQuery & { ns?: string | undefined },
  scope: ListScope,
): Page<Connection> {
  const inside = query.ns === undefined ? undefined : visibleState(model, actor, query.ns).record;
  const visible = inside ? [inside] : visibleNamespaces(model, actor);
  const request = parseListQuery(query, {
    list: 'listConnections',
    sortKeys: connectionSortKeys,
    filterKeys: connectionFilterKeys,
    defaultSort: 'name',
    scope: [...scope, inside?.id ?? ''],
  });
  const known = [...model.connections.values()].filter((record) =>
    inside ? isUsableIn(record, inside) : isVisible(record, actor, visible),
  );
  const shown = known.map((record) => toConnection(model, record, visible));
  return pageInMemory(shown, request, {
    id: (item) => item.id,
    texts: (item) => [item.name, item.id, item.credential, item.provider, item.region, item.regionName],
    filterValues: (item, key) => (key === 'ns' ? namespaceReferences(item, visible) : item[key]),
    sortValue: (item, key) => item[key],
  });
}

export function getConnection(model: InventoryModel, actor: Actor, nameOrId: string): Connection {
  const visible = visibleNamespaces(model, actor);
  const record = model.connection(nameOrId);
  if (!record || !isVisible(record, actor, visible)) throw notFound();
  return toConnection(model, record, visible);
}

const credentialSortKeys = ['name', 'provider', 'connections', 'createdAt'] as const;
const credentialFilterKeys = ['provider', 'region', 'ns'] as const;

export function listCredentials(
  model: InventoryModel,
  actor: Actor,
  credentials: readonly Credential[],
  query: ListQuery,
  scope: ListScope,
): Page<Credential> {
  const visible = visibleNamespaces(model, actor);
  const request = parseListQuery(query, {
    list: 'listCredentials',
    sortKeys: credentialSortKeys,
    filterKeys: credentialFilterKeys,
    defaultSort: 'name',
    scope,
  });
  const shown = credentials.filter((item) => isVisible(item, actor, visible)).map((item) => showTo(item, visible));
  return pageInMemory(shown, request, {
    id: (item) => item.id,
    texts: (item) => [item.name, item.id, item.provider, ...item.regions],
    filterValues: (item, key) => {
      if (key === 'ns') return namespaceReferences(item, visible);
      return key === 'region' ? item.regions : item.provider;
    },
    sortValue: (item, key) => item[key],
  });
}

export function getCredential(
  model: InventoryModel,
  actor: Actor,
  credentials: readonly Credential[],
  nameOrId: string,
): Credential {
  const visible = visibleNamespaces(model, actor);
  const named = credentials.find(({ name }) => name === nameOrId) ?? credentials.find(({ id }) => id === nameOrId);
  if (!named || !isVisible(named, actor, visible)) throw notFound();
  return showTo(named, visible);
}

function showTo(credential: Credential, visible: readonly NamespaceRecord[]): Credential {
  const shown = { ...credential };
  delete shown.namespaces;
  return { ...shown, ...shownNamespaces(credential, visible) };
}
