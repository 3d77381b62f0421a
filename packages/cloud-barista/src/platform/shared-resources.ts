import type { Resource } from '@waterstrider/contract';
import { pathPart, requireNamespace, type Adapter } from './adapter.ts';
import { toDomainError } from '../wire/to-domain-error.ts';
import { readResources, type WireResource } from '../wire/tumblebug-resources.ts';

/** Networks, firewalls and keys of the namespace, as upstream has them now; their secrets are never read. */
export async function readSharedResources(adapter: Adapter, ns: string): Promise<Resource[]> {
  const { namespace, connections, groups, infras } = await adapter.mirror.transaction(async (tx) => {
    const found = await requireNamespace(tx, ns);
    return {
      namespace: found,
      connections: await tx.connections(),
      groups: await tx.groupsIn(found.id),
      infras: await tx.infras(found.id),
    };
  });
  const kinds = ['vNet', 'securityGroup', 'sshKey'] as const;
  const lists = await Promise.all(
    kinds.map(async (kind) => {
      const path = `/ns/${pathPart(namespace.name)}/resources/${kind}`;
      const answer = await adapter.tumblebug.call({ method: 'GET', path }).catch((error: unknown) => {
        throw toDomainError(error);
      });
      return readResources(answer, kind);
    }),
  );
  const byName = new Map(connections.map((connection) => [connection.name, connection]));
  const usersOf = (connectionId: string | undefined): string[] => {
    const ids = new Set(groups.filter((group) => group.connectionId === connectionId).map(({ infraId }) => infraId));
    return infras
      .filter(({ id }) => ids.has(id))
      .map(({ name }) => name)
      .sort();
  };
  return lists.flat().map((wire) => {
    const connection = byName.get(wire.connection);
    return toResource(wire, {
      provider: connection?.provider ?? '',
      region: connection?.region ?? '',
      usedBy: usersOf(connection?.id),
      createdAt: namespace.createdAt,
    });
  });
}

const toResource = (
  { uid, message, ...wire }: WireResource,
  place: Pick<Resource, 'provider' | 'region' | 'usedBy' | 'createdAt'>,
): Resource => ({
  ...wire,
  ...place,
  id: uid,
  ...(wire.state === 'Failed' && message !== undefined ? { error: { code: 'tumblebug', message } } : {}),
});
