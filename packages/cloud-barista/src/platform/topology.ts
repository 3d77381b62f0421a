import { randomUUID } from 'node:crypto';
import type { Adapter } from './adapter.ts';
import type { AnsweredForMs } from './apply-list.ts';
import { settleConnectionCalls } from './settle-connections.ts';
import type { MirrorTransaction } from '../ports/index.ts';
import {
  credentialNameOf,
  readClouds,
  readConnections,
  readNamespaces,
  type WireConnection,
} from '../wire/tumblebug-clouds.ts';
import type { WireNamespace } from '../wire/tumblebug-clouds.ts';

export const cloudsDocument = 'clouds';
/** Holds upstream's shared catalogue and templates; nobody works in it. */
const hiddenNamespace = 'system';

/** Namespaces, credentials and connections, as upstream has them. Throws `UpstreamError`. */
export async function readTopology({ tumblebug }: Adapter, signal: AbortSignal): Promise<Topology> {
  const namespaces = readNamespaces(await tumblebug.call({ method: 'GET', path: '/ns', signal }));
  const connections = readConnections(
    await tumblebug.call({ method: 'GET', path: '/connConfig', query: { filterVerified: false }, signal }),
  );
  return { namespaces: namespaces.filter(({ name }) => name !== hiddenNamespace), connections };
}

export type Topology = { namespaces: WireNamespace[]; connections: WireConnection[] };

/** Reads the list of clouds and keeps it for the replicas and the next start. */
export async function refreshClouds({ tumblebug, directory, mirror }: Adapter, signal: AbortSignal): Promise<void> {
  const answer = await tumblebug.call({ method: 'GET', path: '/cloudInfo', signal, timeoutMs: 60_000 });
  const clouds = readClouds(answer);
  directory.replace(clouds);
  await mirror.writeDocument(cloudsDocument, clouds);
}

/** Returns the ids of the namespaces that upstream has. */
export async function applyTopology(
  { mirror }: Pick<Adapter, 'mirror'>,
  topology: Topology,
  answeredForMs: AnsweredForMs,
): Promise<string[]> {
  return mirror.transaction(async (tx) => {
    await applyConnections(tx, topology.connections);
    await settleConnectionCalls(tx, answeredForMs);
    return applyNamespaces(tx, topology.namespaces);
  });
}

async function applyNamespaces(tx: MirrorTransaction, seen: WireNamespace[]): Promise<string[]> {
  const held = new Map((await tx.namespaces()).map((namespace) => [namespace.name.toLowerCase(), namespace]));
  const ids: string[] = [];
  for (const { name, description } of seen) {
    const known = held.get(name.toLowerCase());
    held.delete(name.toLowerCase());
    const id = known?.id ?? randomUUID();
    if (known === undefined) await tx.insertNamespace({ id, name, description });
    else if (known.description !== description) await tx.updateNamespace(id, description);
    ids.push(id);
  }
  for (const { id } of held.values()) await tx.dropNamespace(id);
  return ids;
}

async function applyConnections(tx: MirrorTransaction, seen: WireConnection[]): Promise<void> {
  const credentials = new Map((await tx.credentials()).map((credential) => [credential.name, credential]));
  const fresh = new Map<
    string,
    { id: string; name: string; provider: string; valueKeys: string[]; regions: string[] }
  >();
  for (const { holder, provider } of seen) {
    const name = credentialNameOf(holder, provider);
    if (credentials.has(name) || fresh.has(name)) continue;
    fresh.set(name, { id: randomUUID(), name, provider, valueKeys: [], regions: [] });
  }
  await tx.putCredentials([...fresh.values()]);
  const held = new Map((await tx.connections()).map((connection) => [connection.name, connection]));
  const wanted = seen.filter(({ holder, provider, region }) => {
    const regions = credentials.get(credentialNameOf(holder, provider))?.regions ?? [];
    return regions.length === 0 || regions.includes(region);
  });
  const isChanged = (row: { name: string; state: string; zones: string[] }): boolean => {
    const known = held.get(row.name);
    return (
      known === undefined || !known.reachable || known.state !== row.state || known.zones.join() !== row.zones.join()
    );
  };
  const rows = wanted
    .map((wire) => {
      const name = credentialNameOf(wire.holder, wire.provider);
      const credentialId = credentials.get(name)?.id ?? fresh.get(name)?.id ?? '';
      const message = wire.verifiedMessage ?? 'CB-Tumblebug could not verify it with its credential.';
      return {
        id: held.get(wire.name)?.id ?? randomUUID(),
        name: wire.name,
        credentialId,
        provider: wire.provider,
        region: wire.region,
        zones: wire.zones,
        reachable: true,
        state: wire.verified ? ('Verified' as const) : ('Failed' as const),
        ...(wire.verified ? {} : { error: { code: 'notVerified', message } }),
      };
    })
    .filter(isChanged);
  await tx.putConnections(rows);
  await tx.markConnectionsObserved();
  const names = new Set(wanted.map(({ name }) => name));
  await tx.dropUnusedConnections([...held.values()].filter(({ name }) => !names.has(name)).map(({ id }) => id));
}
