import { DomainError, type NamespaceRecord } from '@waterstrider/contract';
import { roleIn, type Actor, type RequestContext } from '../pipeline/context.ts';
import type { InventoryModel } from './inventory-model.ts';
import type { ShownState } from './namespace-state.ts';

export const notFound = (): DomainError => new DomainError('not_found');

/** Namespaces the actor is a member of; all of them for an administrator. */
export const visibleStates = (model: InventoryModel, actor: Actor): ShownState[] =>
  model.namespaces().filter(({ record }) => roleIn(actor, record.id) !== undefined);

export const visibleNamespaces = (model: InventoryModel, actor: Actor): NamespaceRecord[] =>
  visibleStates(model, actor).map(({ record }) => record);

/** A namespace named in a query. Throws `not_found`, also when the actor is no member of it. */
export function visibleState(model: InventoryModel, actor: Actor, nameOrId: string): ShownState {
  const state = model.namespace(nameOrId);
  if (!state || roleIn(actor, state.record.id) === undefined) throw notFound();
  return state;
}

/** The namespace of the path; it may have gone since the call was let in. */
export function stateOfPath(model: InventoryModel, context: RequestContext): ShownState {
  const state = context.namespace && model.namespaceById(context.namespace.id);
  if (!state) throw notFound();
  return state;
}
