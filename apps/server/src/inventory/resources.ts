import type { ListQuery, Page, Resource } from '@waterstrider/contract';
import { pageInMemory, parseListQuery } from '../http/list-query.ts';
import type { ListScope } from './lists.ts';

const sortKeys = ['name', 'kind', 'provider', 'region', 'connection', 'state', 'createdAt'] as const;
const filterKeys = ['kind', 'provider', 'region', 'connection', 'state', 'usedBy'] as const;

/** A page of the networks, firewalls and keys of a namespace. */
export function listResources(resources: readonly Resource[], query: ListQuery, scope: ListScope): Page<Resource> {
  const request = parseListQuery(query, { list: 'listResources', sortKeys, filterKeys, defaultSort: 'name', scope });
  return pageInMemory(resources, request, {
    id: (item) => item.id,
    texts: (item) => [item.name, item.id, item.cspResourceId, item.summary, item.connection],
    filterValues: (item, key) => item[key],
    sortValue: (item, key) => item[key],
  });
}
