import type { NamespaceRecord, Operation } from '@waterstrider/contract';
import { toConnection } from '../inventory/connection-use.ts';
import { NamespaceDelta, type IdChanges } from '../inventory/delta.ts';
import type { Inventory } from '../inventory/inventory.ts';
import { formatSequence, type Sequence } from './sequence.ts';

type Sources = Pick<Inventory, 'model' | 'overviews'>;

/** Changes that wait for the next frame of one namespace, or of those who see all. */
export class PendingFrame {
  readonly delta = new NamespaceDelta();
  readonly operations = new Map<string, Operation>();
  readonly removedNamespaces: NamespaceRecord[] = [];
}

/** The data of a frame that everybody in the namespace may see. Connections count its own servers and name no other namespace. */
export function namespaceFrame({ model, overviews }: Sources, id: string, pending: PendingFrame, at: string): string {
  const { delta } = pending;
  const state = model.namespaceById(id);
  const [gone] = pending.removedNamespaces;
  const connections = state
    ? present(delta.connections, (key) => model.connections.get(key)).map((record) =>
        JSON.stringify(toConnection(model, record, [state.record])),
      )
    : [];
  return joinFields([
    ['ns', JSON.stringify(state?.record.name ?? gone?.name ?? id)],
    ['at', JSON.stringify(at)],
    ['nodes', list(present(delta.nodes, (key) => model.nodes.get(key)).map((entry) => entry.text()))],
    ['infras', list(present(delta.infras, (key) => model.infra(key)).map((entry) => entry.text()))],
    ['operations', list(operationTexts(pending))],
    ['connections', list(connections)],
    ['removed', removedText(delta, state ? [] : pending.removedNamespaces)],
    ['namespaces', delta.described ? 'true' : undefined],
    ['overview', state && overviews.ofNamespace(state)],
  ]);
}

/** The data of a frame for those who see all: what belongs to no namespace, connections with their servers everywhere. */
export function generalFrame({ model }: Sources, pending: PendingFrame, at: string): string {
  const { delta } = pending;
  const namespaces = model.namespaces().map(({ record }) => record);
  const connections = present(delta.connections, (key) => model.connections.get(key));
  return joinFields([
    ['at', JSON.stringify(at)],
    ['operations', list(operationTexts(pending))],
    ['connections', list(connections.map((record) => JSON.stringify(toConnection(model, record, namespaces))))],
    ['removed', removedText(delta, pending.removedNamespaces)],
    ['namespaces', delta.described ? 'true' : undefined],
  ]);
}

/** One server-sent event. JSON has no line breaks, so one data line holds it. */
export const toEvent = (event: 'hello' | 'change' | 'reset', sequence: Sequence, data: string): Buffer =>
  Buffer.from(`event: ${event}\nid: ${formatSequence(sequence)}\ndata: ${data}\n\n`);

function present<Item>({ changed }: IdChanges, find: (id: string) => Item | undefined): Item[] {
  return [...changed].map(find).filter((item) => item !== undefined);
}

const operationTexts = ({ operations }: PendingFrame): string[] =>
  [...operations.values()].map((operation) => JSON.stringify(operation));

function removedText(delta: NamespaceDelta, namespaces: readonly NamespaceRecord[]): string | undefined {
  const removed = Object.entries({
    nodes: [...delta.nodes.removed],
    infras: [...delta.infras.removed],
    connections: [...delta.connections.removed],
    namespaces: namespaces.map(({ id }) => id),
  }).filter(([, ids]) => ids.length > 0);
  return removed.length > 0 ? JSON.stringify(Object.fromEntries(removed)) : undefined;
}

const list = (texts: string[]): string | undefined => (texts.length > 0 ? `[${texts.join(',')}]` : undefined);

const joinFields = (fields: [name: string, text: string | undefined][]): string =>
  `{${fields.flatMap(([name, text]) => (text === undefined ? [] : [`"${name}":${text}`])).join(',')}}`;
