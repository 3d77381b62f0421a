import type { InputOf, NamespaceRecord, OperationKind, PlatformRowName, Target } from '@waterstrider/contract';
import type { InventoryModel } from '../inventory/inventory-model.ts';

/** Rows that begin a task; `retryOperation` and `cancelOperation` act on one that exists. */
export type BeginningRow =
  | 'createInfra'
  | 'addNodeGroup'
  | 'scaleNodeGroup'
  | 'deleteInfra'
  | 'actOnInfra'
  | 'actOnMany'
  | 'createCredential'
  | 'updateCredential'
  | 'verifyConnection'
  | 'trySimulatedClouds';

export type Description = { kind: OperationKind; target: Target };
type Place = { model: InventoryModel; namespace: NamespaceRecord | undefined };

/** What a task is called and what it is about, by row. Where an id is not known, the name stands for it. */
export const describeOperation: { [Name in BeginningRow]: (input: InputOf<Name>, place: Place) => Description } = {
  createInfra: ({ body }) => ({ kind: 'createInfra', target: { kind: 'infra', id: body.name, name: body.name } }),
  addNodeGroup: ({ params }, place) => ({ kind: 'addNodeGroup', target: infraTarget(place, params.infra) }),
  scaleNodeGroup: ({ params }, place) => ({ kind: 'scaleNodeGroup', target: infraTarget(place, params.infra) }),
  deleteInfra: ({ params }, place) => ({ kind: 'deleteInfra', target: infraTarget(place, params.infra) }),
  actOnInfra: ({ params, body }, place) => ({ kind: body.action, target: infraTarget(place, params.infra) }),
  actOnMany: ({ body }, place) => ({ kind: body.action, target: manyTarget(place, body) }),
  createCredential: ({ body }) => ({
    kind: 'createCredential',
    target: { kind: 'credential', id: body.name, name: body.name },
  }),
  updateCredential: ({ params }) => ({
    kind: 'updateCredential',
    target: { kind: 'credential', id: params.credential, name: params.credential },
  }),
  verifyConnection: ({ params }, { model }) => {
    const { id, name } = model.connection(params.connection) ?? { id: params.connection, name: params.connection };
    return { kind: 'verifyConnection', target: { kind: 'connection', id, name } };
  },
  trySimulatedClouds: () => ({
    kind: 'trySimulatedClouds',
    target: { kind: 'platform', id: 'simulated-clouds', name: 'simulated-clouds' },
  }),
};

export const isBeginningRow = (row: PlatformRowName): row is BeginningRow => row in describeOperation;

function infraTarget({ model, namespace }: Place, reference: string): Target {
  const state = namespace && model.namespaceById(namespace.id);
  const entry = state?.infrasByName.get(reference) ?? state?.infras.get(reference);
  return { kind: 'infra', id: entry?.id ?? reference, name: entry?.record?.name ?? reference };
}

function manyTarget(place: Place, { infras = [], nodes = [] }: InputOf<'actOnMany'>['body']): Target {
  const [infra] = infras;
  const [node] = nodes;
  if (infras.length === 1 && infra !== undefined && nodes.length === 0) return infraTarget(place, infra);
  if (nodes.length === 1 && node !== undefined && infras.length === 0) return nodeTarget(place, node);
  const { namespace } = place;
  return { kind: 'namespace', id: namespace?.id ?? '', name: namespace?.name ?? '' };
}

function nodeTarget({ model, namespace }: Place, id: string): Target {
  const entry = model.nodes.get(id);
  const isOurs = namespace !== undefined && entry?.home.record?.id === namespace.id;
  return { kind: 'node', id, name: isOurs ? entry.node.name : id };
}
