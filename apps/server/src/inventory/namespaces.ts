import type { ListQuery, Namespace, Page } from '@waterstrider/contract';
import { pageInMemory, parseListQuery } from '../http/list-query.ts';
import { roleIn, type Actor } from '../pipeline/context.ts';
import type { InventoryModel } from './inventory-model.ts';
import type { ListScope } from './lists.ts';
import type { ShownState } from './namespace-state.ts';
import { notFound, visibleStates } from './visibility.ts';

const sortKeys = ['name', 'infras', 'nodes', 'createdAt'] as const;
const filterKeys = ['role'] as const;

/** Namespaces one is a member of, with counts and one's own role. */
export function listNamespaces(
  model: InventoryModel,
  actor: Actor,
  query: ListQuery,
  scope: ListScope,
): Page<Namespace> {
  const request = parseListQuery(query, { list: 'listNamespaces', sortKeys, filterKeys, defaultSort: 'name', scope });
  const shown = visibleStates(model, actor).map((state) => toNamespace(state, actor));
  return pageInMemory(shown, request, {
    id: (item) => item.id,
    texts: (item) => [item.name, item.id, item.description],
    filterValues: (item, key) => item[key],
    sortValue: (item, key) => item[key],
  });
}

/** Throws `not_found` for whoever is no member. */
export function toNamespace(state: ShownState, actor: Actor): Namespace {
  const role = roleIn(actor, state.record.id);
  if (role === undefined) throw notFound();
  let infras = 0;
  for (const count of state.infraStatuses.values()) infras += count;
  return { ...state.record, role, infras, nodes: state.nodes.size };
}
