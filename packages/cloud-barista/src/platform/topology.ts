import { randomUUID } from 'node:crypto';
import type { Adapter } from './adapter.ts';
import { finishTasks, type AnsweredForMs } from './apply-list.ts';
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
  const connections = readConnections(
    await tumblebug.call({ method: 'GET', path: '/connConfig', query: { filterVerified: false }, signal }),
  );
  const namespaces = readNamespaces(await tumblebug.call({ method: 'GET', path: '/ns', signal }));
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
  look: Look,
): Promise<string[]> {
  return mirror.transaction(async (tx) => {
    await applyConnections(tx, topology.connections, look);
    await settleConnectionCalls(tx, look.answeredForMs);
    return applyNamespaces(tx, topology.namespaces, look);
  });
}

export type Look = {
  answeredForMs: AnsweredForMs;
  /** Milliseconds: what was made since is not expected in it. */
  startedAt: number;
  /** Ids that the look before did not show; changed by this one. */
  missing: Set<string>;
};

/** Those that two looks in a row did not show: one answer that is not whole makes nothing vanish. */
function goneOf<Row extends { id: string }>(rows: readonly Row[], missing: Set<string>): Row[] {
  const gone = rows.filter(({ id }) => missing.has(id));
  for (const { id } of rows) missing.add(id);
  for (const { id } of gone) missing.delete(id);
  return gone;
}

async function applyNamespaces(
  tx: MirrorTransaction,
  seen: WireNamespace[],
  { startedAt, missing }: Look,
): Promise<string[]> {
  const held = new Map((await tx.namespaces()).map((namespace) => [namespace.name.toLowerCase(), namespace]));
  const ids: string[] = [];
  for (const { name, description } of seen) {
    const known = held.get(name.toLowerCase());
    held.delete(name.toLowerCase());
    const id = known?.id ?? randomUUID();
    missing.delete(id);
    if (known === undefined) await tx.insertNamespace({ id, name, description });
    else if (known.description !== description) await tx.updateNamespace(id, description);
    ids.push(id);
  }
  const expected = [...held.values()].filter(({ createdAt }) => Date.parse(createdAt) < startedAt);
  const gone = goneOf(expected, missing);
  for (const { id } of gone) {
    await endCallsOf(tx, id);
    await tx.dropNamespace(id);
  }
  const left = [...held.values()].filter((namespace) => !gone.includes(namespace)).map(({ id }) => id);
  return [...ids, ...left];
}

/** Nobody will look at the namespace again: what its tasks wait for has happened, or never will. */
async function endCallsOf(tx: MirrorTransaction, namespaceId: string): Promise<void> {
  const calls = (await tx.openCalls()).filter((call) => call.namespaceId === namespaceId);
  const error = { code: 'namespaceGone', message: 'The namespace was deleted in CB-Tumblebug.' };
  for (const call of calls) {
    const isMeant = call.goal === 'remove' || call.goal === 'terminate';
    const outcome = isMeant ? { state: 'succeeded' as const } : { state: 'failed' as const, error };
    await tx.moveItems(
      call.operationId,
      call.items.map((targetId) => ({ targetId, ...outcome })),
    );
    await tx.writeCall(call.id, { state: 'settled' });
  }
  await finishTasks(tx, [...new Set(calls.map(({ operationId }) => operationId))]);
}

async function applyConnections(
  tx: MirrorTransaction,
  seen: WireConnection[],
  { missing, answeredForMs }: Look,
): Promise<void> {
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
  const registering = new Set(
    (await tx.openCalls())
      .filter((call) => call.goal === 'credential' && answeredForMs(call) === undefined)
      .flatMap(({ items }) => items),
  );
  // Upstream says "not verified" until it has tried; the task's own word counts until then.
  const isPending = (wire: WireConnection): boolean => !wire.verified && registering.has(held.get(wire.name)?.id ?? '');
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
        state: wire.verified ? ('Verified' as const) : isPending(wire) ? ('Verifying' as const) : ('Failed' as const),
        ...(wire.verified || isPending(wire) ? {} : { error: { code: 'notVerified', message } }),
      };
    })
    .filter(isChanged);
  await tx.putConnections(rows);
  await tx.markConnectionsObserved();
  const names = new Set(wanted.map(({ name }) => name));
  for (const { id, name } of held.values()) if (names.has(name)) missing.delete(id);
  const hidden = new Set(seen.filter((wire) => !wanted.includes(wire)).map(({ name }) => name));
  const unseen = [...held.values()].filter(({ id, name }) => !names.has(name) && !registering.has(id));
  const gone = goneOf(
    unseen.filter(({ name }) => !hidden.has(name)),
    missing,
  );
  await tx.dropUnusedConnections([...unseen.filter(({ name }) => hidden.has(name)), ...gone].map(({ id }) => id));
}
