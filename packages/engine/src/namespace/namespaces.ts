import { randomUUID } from 'node:crypto';
import { DomainError, type Namespace, type NamespaceRecord, type Verb } from '@waterstrider/contract';
import { invalidField, notFound, type EngineContext } from '../context.ts';

/** Role and counts belong to whoever asks: the console fills them. */
const toNamespace = (record: NamespaceRecord): Namespace => ({ ...record, role: 'admin', infras: 0, nodes: 0 });

export const createNamespace =
  (engine: EngineContext): Verb<'createNamespace'> =>
  async ({ body }) => {
    const id = randomUUID();
    return engine.store.transaction(async (tx) => {
      const outcome = await tx.insertNamespace({ id, name: body.name, description: body.description });
      if (outcome === 'exists')
        throw new DomainError('exists', { reason: `A namespace "${body.name}" exists already. Choose another name.` });
      const record = await tx.namespaceByName(id);
      if (!record) throw notFound('namespace', body.name);
      return toNamespace(record);
    });
  };

export const updateNamespace =
  (engine: EngineContext): Verb<'updateNamespace'> =>
  async ({ params, body }) =>
    engine.store.transaction(async (tx) => {
      const record = await tx.namespaceByName(params.ns);
      if (!record) throw notFound('namespace', params.ns);
      if (body.name !== undefined && body.name !== record.name)
        throw invalidField('body.name', 'A namespace keeps its name.');
      await tx.updateNamespace(record.id, body.description);
      return toNamespace({ ...record, description: body.description });
    });

export const deleteNamespace =
  (engine: EngineContext): Verb<'deleteNamespace'> =>
  async ({ params }) =>
    engine.store.transaction(async (tx) => {
      const record = await tx.namespaceByName(params.ns);
      if (!record) throw notFound('namespace', params.ns);
      const contains = await tx.namespaceContents(record.id);
      if (contains.length > 0) {
        throw new DomainError('in_use', {
          reason: `The namespace "${record.name}" is not empty. Delete what is in it first.`,
          contains,
        });
      }
      await tx.deleteNamespace(record.id);
      return undefined;
    });
