import type { ConsoleHandlers } from '../pipeline/handlers.ts';
import { rawJson } from '../pipeline/handlers.ts';
import type { Services } from '../services.ts';
import { getConnection, getCredential, listConnections, listCredentials } from './connections.ts';
import { listInfras, listNodes } from './lists.ts';
import { listNamespaces, toNamespace } from './namespaces.ts';
import type { NodeEntry } from './node-entry.ts';
import type { ShownState } from './namespace-state.ts';
import { listResources } from './resources.ts';
import { reviewInfra } from './review-infra.ts';
import { notFound, stateOfPath, visibleStates } from './visibility.ts';

export type InventoryHandlers = Pick<
  ConsoleHandlers,
  | 'listNamespaces'
  | 'getNamespace'
  | 'listCredentials'
  | 'getCredential'
  | 'listConnections'
  | 'getConnection'
  | 'listInfra'
  | 'getInfra'
  | 'listNodes'
  | 'getNode'
  | 'getNodeHistory'
  | 'listResources'
  | 'reviewInfra'
  | 'getOverview'
  | 'getNsOverview'
>;

/** Every read of namespaces, connections, infras and servers. */
export function createInventoryHandlers({ inventory, platform }: Services): InventoryHandlers {
  const { model, overviews } = inventory;
  const scope = (...parts: string[]) => [platform.kind, ...parts];
  return {
    listNamespaces: async ({ query }, { actor }) => listNamespaces(model, actor, query, scope()),
    getNamespace: async (_input, context) => toNamespace(stateOfPath(model, context), context.actor),

    listCredentials: async ({ query }, { actor }) =>
      listCredentials(model, actor, await platform.credentials(), query, scope()),
    getCredential: async ({ params }, { actor }) =>
      getCredential(model, actor, await platform.credentials(), params.credential),
    listConnections: async ({ query }, { actor }) => listConnections(model, actor, query, scope()),
    getConnection: async ({ params }, { actor }) => getConnection(model, actor, params.connection),

    listInfra: async ({ query }, context) => {
      const state = stateOfPath(model, context);
      return rawJson(listInfras(state, query, scope(state.record.id)));
    },
    getInfra: async ({ params }, context) => {
      const state = stateOfPath(model, context);
      const entry = state.infrasByName.get(params.infra) ?? state.infras.get(params.infra);
      if (!entry?.alive) throw notFound();
      return rawJson(entry.text());
    },
    reviewInfra: async ({ body }, context) => reviewInfra(platform, model, stateOfPath(model, context).record, body),
    listResources: async ({ query }, context) => {
      const { record } = stateOfPath(model, context);
      return listResources(await platform.resources(record.name), query, scope(record.id));
    },

    listNodes: async ({ query }, context) => {
      const state = stateOfPath(model, context);
      return rawJson(listNodes(state, query, scope(state.record.id)));
    },
    getNode: async ({ params }, context) => rawJson(nodeIn(stateOfPath(model, context), params.node).text()),
    getNodeHistory: async ({ params, query }, context) => {
      const state = stateOfPath(model, context);
      const { id } = nodeIn(state, params.node);
      return { items: await platform.nodeHistory(state.record.name, id, query.limit) };
    },

    getOverview: async (_input, { actor }) => rawJson(overviews.over(visibleStates(model, actor), actor.admin)),
    getNsOverview: async (_input, context) => rawJson(overviews.ofNamespace(stateOfPath(model, context))),
  };

  /** A server of another namespace is not found. */
  function nodeIn(state: ShownState, id: string): NodeEntry {
    const entry = model.nodes.get(id);
    if (entry?.home !== state) throw notFound();
    return entry;
  }
}
