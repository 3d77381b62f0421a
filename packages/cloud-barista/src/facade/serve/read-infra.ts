import type { Infra, Node } from '@waterstrider/contract';
import { param, type FacadeConsole, type FacadeHandler } from '../console.ts';
import { missing } from '../facade-error.ts';
import { allOf } from '../read/all-pages.ts';
import { filterByQuery } from '../read/list-options.ts';
import { orUndefined } from '../read/or-undefined.ts';
import { connectionsOf, surroundingsOf } from '../read/surroundings.ts';
import { toClusters } from '../write/cluster.ts';
import { toInfraInfo, toInfraStatusInfo, toNodeInfo } from '../write/infra.ts';
import { orNull } from '../write/texts.ts';

const byName = (left: Node, right: Node): number => left.name.localeCompare(right.name, 'en', { numeric: true });

/** An infra with its servers in order. Throws 404. */
export async function readInfra(
  console: FacadeConsole,
  ns: string,
  id: string,
): Promise<{ infra: Infra; nodes: Node[] }> {
  const infra = await orUndefined(console.call('getInfra', { params: { ns, infra: id } }));
  if (infra === undefined) throw missing('infra', id);
  return { infra, nodes: await readNodes(console, ns, infra.name) };
}

export async function readNodes(console: FacadeConsole, ns: string, infra: string): Promise<Node[]> {
  return (await allOf(console, 'listNodes', { params: { ns }, query: { filter: `infra:${infra}` } })).sort(byName);
}

/** A server by its name in the infra. Throws 404. */
export async function readNode(console: FacadeConsole, ns: string, infra: string, name: string): Promise<Node> {
  const { nodes } = await readInfra(console, ns, infra);
  const node = nodes.find((candidate) => candidate.name === name || candidate.id === name);
  if (node === undefined) throw missing('node', name);
  return node;
}

/** The whole form of an infra, as most calls answer it. */
export async function showInfra(
  console: FacadeConsole,
  ns: string,
  id: string,
  more: { newNodes?: readonly string[]; creationErrors?: Record<string, unknown> | undefined } = {},
) {
  const { infra, nodes } = await readInfra(console, ns, id);
  const aroundOf = await surroundingsOf(console, ns, nodes);
  return toInfraInfo(infra, nodes, { ...more, aroundOf });
}

function groupByInfra(nodes: readonly Node[]): (infra: Infra) => Node[] {
  const groups = new Map<string, Node[]>();
  for (const node of nodes) {
    const group = groups.get(node.infraId);
    if (group === undefined) groups.set(node.infraId, [node]);
    else group.push(node);
  }
  return ({ id }) => groups.get(id) ?? [];
}

export const listInfra: FacadeHandler = async ({ console, request }) => {
  const ns = param(request, 'nsId');
  const { option = '' } = request.query;
  const infras = await allOf(console, 'listInfra', { params: { ns } });
  if (option === 'id') return { output: orNull(infras.map(({ name }) => name)) };
  const nodes = (await allOf(console, 'listNodes', { params: { ns } })).sort(byName);
  const nodesOf = groupByInfra(nodes);
  if (option === 'status') {
    const connectionOf = await connectionsOf(console, nodes);
    return { infra: orNull(infras.map((infra) => toInfraStatusInfo(infra, nodesOf(infra), connectionOf))) };
  }
  const aroundOf = await surroundingsOf(console, ns, nodes);
  return { infra: infras.map((infra) => toInfraInfo(infra, nodesOf(infra), { aroundOf })) };
};

export const getInfra: FacadeHandler = async ({ console, request }) => {
  const ns = param(request, 'nsId');
  const id = param(request, 'infraId');
  const { option = '' } = request.query;
  if (option === 'id') {
    const { nodes } = await readInfra(console, ns, id);
    return {
      output: orNull(
        filterByQuery(
          nodes.map((node) => ({ ...node, id: node.name })),
          request.query,
        ).map((node) => node.name),
      ),
    };
  }
  if (option === 'status') {
    const { infra, nodes } = await readInfra(console, ns, id);
    return { status: toInfraStatusInfo(infra, nodes, await connectionsOf(console, nodes)) };
  }
  return option === 'accessinfo' ? accessInfo(console, ns, id) : showInfra(console, ns, id);
};

/** Which address each server has; keys are never handed out. */
async function accessInfo(console: FacadeConsole, ns: string, id: string) {
  const { infra, nodes } = await readInfra(console, ns, id);
  const aroundOf = await surroundingsOf(console, ns, nodes);
  return {
    InfraId: infra.name,
    InfraNodeGroupAccessInfo: orNull(
      infra.nodeGroups.map(({ name }) => ({
        NodeGroupId: name,
        BastionNodeId: '',
        NodeAccessInfo: orNull(
          nodes.filter(({ nodeGroup }) => nodeGroup === name).map((node) => toAccess(toNodeInfo(node, aroundOf(node)))),
        ),
      })),
    ),
  };
}

const toAccess = ({ id, publicIP, privateIP, sshPort, nodeUserName, connectionConfig }: Record<string, unknown>) => ({
  nodeId: id,
  publicIP,
  privateIP,
  sshPort,
  nodeUserName,
  connectionConfig,
});

/** With `option=id` the names only. */
export const listClusters: FacadeHandler = async ({ console, request }) => {
  const cluster = await clustersOf(console, param(request, 'nsId'), param(request, 'infraId'));
  return request.query.option === 'id' ? { output: orNull(cluster.map(({ id }) => id)) } : { cluster };
};

export const getCluster: FacadeHandler = async ({ console, request }) => {
  const id = param(request, 'clusterId');
  const clusters = await clustersOf(console, param(request, 'nsId'), param(request, 'infraId'));
  const found = clusters.find((cluster) => cluster.id === id);
  if (found === undefined) throw missing('cluster', id);
  return found;
};

async function clustersOf(console: FacadeConsole, ns: string, id: string) {
  const { infra, nodes } = await readInfra(console, ns, id);
  return toClusters(infra.name, nodes, await surroundingsOf(console, ns, nodes));
}

export const checkInfra: FacadeHandler = async ({ console, request }) => {
  const params = { ns: param(request, 'nsId'), infra: param(request, 'infraId') };
  return { exists: (await orUndefined(console.call('getInfra', { params }))) !== undefined };
};
