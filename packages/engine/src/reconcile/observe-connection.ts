import type { EngineContext } from '../context.ts';
import { CloudError, type CloudServer, type ConnectionRow, type NodeRow } from '../ports/index.ts';
import type { CloudCall } from './call-cloud.ts';
import { interpretObservation } from './interpret.ts';
import type { ResultWriter } from './result-writer.ts';

type Observation = {
  engine: EngineContext;
  connection: ConnectionRow;
  call: CloudCall;
  writer: ResultWriter;
  isBusy: (nodeId: string) => boolean;
};

/** Compares what we know of a connection with what its cloud has: the cloud wins. Errors of the cloud are shown, not thrown. */
export async function observeConnection(observation: Observation): Promise<void> {
  const { engine, connection, call } = observation;
  const observeDueAt = new Date(call.now().getTime() + engine.observeIntervalMs);
  const fence = { connectionId: connection.id, owner: engine.owner };
  try {
    // Read before the cloud is asked: a server made meanwhile is then not taken for a stranger or for gone.
    const nodes = await engine.store.madeNodes(connection.id);
    const servers = await call.gate(() => call.session.compute.listServers(call.signal));
    await compare(observation, nodes, servers);
    const ours = new Set(nodes.flatMap((node) => (node.cspId === undefined ? [] : [node.cspId])));
    const unknownServers = servers.filter(
      (server) => server.state !== 'deleted' && isStranger(call, ours, server),
    ).length;
    await engine.store.transaction(
      (tx) =>
        tx.writeConnection(connection.id, {
          reachable: true,
          observed: true,
          unknownServers,
          observeDueAt,
          ...(connection.reachable ? {} : { error: null }),
        }),
      fence,
    );
  } catch (error) {
    if (!(error instanceof CloudError)) throw error;
    const lost = error.kind === 'unreachable' || error.kind === 'auth';
    const words = { code: error.cloudCode, message: error.cloudMessage };
    await engine.store.transaction(
      (tx) => tx.writeConnection(connection.id, { observeDueAt, ...(lost && { reachable: false, error: words }) }),
      fence,
    );
  }
}

/** Not ours; one with our tag too, once it is too old to be a create whose answer is still on its way. */
function isStranger(call: CloudCall, ours: ReadonlySet<string>, server: CloudServer): boolean {
  if (ours.has(server.id)) return false;
  const age = call.now().getTime() - Date.parse(server.createdAt);
  return server.tag === undefined || age > call.limits.createMs * 2 + call.limits.consistencyWindowMs;
}

async function compare(observation: Observation, nodes: NodeRow[], servers: CloudServer[]): Promise<void> {
  const { call, writer, isBusy } = observation;
  const byId = new Map(servers.map((server) => [server.id, server]));
  const quiet = nodes.filter((node) => node.targetAction === undefined && !isBusy(node.id));
  const missing = quiet.filter(
    (node) => node.cspId !== undefined && !byId.has(node.cspId) && node.status !== 'Terminated',
  );
  // The list may lag: only a fresh look by id says that a server is gone.
  const found = new Map((await lookUp(call, missing)).map((server) => [server.id, server]));
  const now = call.now();
  const results = quiet.flatMap((node) => {
    const server = byId.get(node.cspId ?? '') ?? found.get(node.cspId ?? '');
    const result = interpretObservation(node, server, now, server === undefined);
    return result ? [writer.write(node, result)] : [];
  });
  await Promise.all(results);
}

async function lookUp(call: CloudCall, nodes: NodeRow[]): Promise<CloudServer[]> {
  const ids = nodes.flatMap((node) => (node.cspId === undefined ? [] : [node.cspId]));
  const found: CloudServer[] = [];
  for (let start = 0; start < ids.length; start += 100) {
    found.push(...(await call.gate(() => call.session.compute.getServers(ids.slice(start, start + 100), call.signal))));
  }
  return found;
}
