import { randomUUID } from 'node:crypto';
import { DomainError, type Namespace, type Verb } from '@waterstrider/contract';
import { pathPart, requireNamespace, type Adapter } from '../adapter.ts';
import { toDomainError } from '../../wire/to-domain-error.ts';

const longestDeletionMs = 10 * 60_000;

/** Counts and the role are the console's to add. */
const toShown = (record: { id: string; name: string; description: string; createdAt?: string }): Namespace => ({
  role: 'admin',
  infras: 0,
  nodes: 0,
  createdAt: new Date().toISOString(),
  ...record,
});

export const createNamespace =
  (adapter: Adapter): Verb<'createNamespace'> =>
  async ({ body: { name, description } }) => {
    const known = await adapter.mirror.transaction((tx) => tx.namespaceByName(name));
    if (known !== undefined) throw new DomainError('exists', { reason: `There is a namespace "${name}" already.` });
    await asDomainError(() => adapter.tumblebug.call({ method: 'POST', path: '/ns', body: { name, description } }));
    const id = randomUUID();
    const record = await adapter.mirror.transaction(async (tx) => {
      await tx.insertNamespace({ id, name, description });
      return tx.namespaceByName(name);
    });
    adapter.hurry('topology');
    return toShown(record ?? { id, name, description });
  };

export const updateNamespace =
  (adapter: Adapter): Verb<'updateNamespace'> =>
  async ({ params, body: { description } }) => {
    const namespace = await adapter.mirror.transaction((tx) => requireNamespace(tx, params.ns));
    const body = { name: namespace.name, description };
    await asDomainError(() => adapter.tumblebug.call({ method: 'PUT', path: `/ns/${pathPart(namespace.name)}`, body }));
    await adapter.mirror.transaction((tx) => tx.updateNamespace(namespace.id, description));
    return toShown({ ...namespace, description });
  };

export const deleteNamespace =
  (adapter: Adapter): Verb<'deleteNamespace'> =>
  async ({ params }) => {
    const namespace = await adapter.mirror.transaction((tx) => requireNamespace(tx, params.ns));
    const contains = await adapter.mirror.transaction((tx) => tx.namespaceContents(namespace.id));
    if (contains.length > 0) throw new DomainError('in_use', { contains });
    const path = `/ns/${pathPart(namespace.name)}`;
    // Networks, firewalls and keys that upstream made by itself outlive the last MCIS; nobody else can use them.
    await asDomainError(() =>
      adapter.tumblebug.call({ method: 'DELETE', path: `${path}/sharedResources`, timeoutMs: longestDeletionMs }),
    );
    await asDomainError(() => adapter.tumblebug.call({ method: 'DELETE', path }));
    await adapter.mirror.transaction((tx) => tx.dropNamespace(namespace.id));
    adapter.hurry('topology');
    return undefined;
  };

/** Upstream refuses a namespace that still has shared networks or keys: that is "in use", in its words. */
async function asDomainError(call: () => Promise<unknown>): Promise<void> {
  try {
    await call();
  } catch (error) {
    const known = toDomainError(error);
    if (
      known instanceof DomainError &&
      known.code === 'cloud_failure' &&
      /not empty|still|exist in/i.test(known.message)
    ) {
      throw new DomainError('in_use', { reason: known.details.cloud?.message ?? known.message }, { cause: error });
    }
    throw known;
  }
}
