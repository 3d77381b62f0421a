import type { Node } from '@waterstrider/contract';
import { param, type FacadeConsole, type FacadeHandler } from '../console.ts';
import { FacadeError } from '../facade-error.ts';
import { allOf } from '../read/all-pages.ts';
import { filterByQuery } from '../read/list-options.ts';
import { connectionsOf, surroundingsOf } from '../read/surroundings.ts';
import { toNodeInfo, toNodeStatusInfo } from '../write/infra.ts';
import { orNull } from '../write/texts.ts';
import { readNode } from './read-infra.ts';

export const getNode: FacadeHandler = async ({ console, request }) => {
  const ns = param(request, 'nsId');
  const node = await readNode(console, ns, param(request, 'infraId'), param(request, 'nodeId'));
  const { option = '' } = request.query;
  if (option === 'status') return { status: toNodeStatusInfo(node, (await connectionsOf(console, [node]))(node)) };
  if (option === 'idsInDetail') {
    const cspId = node.cspResourceId ?? '';
    return { idInTb: node.name, idInSp: node.name, idInCsp: cspId, nameInCsp: node.name };
  }
  const info = toNodeInfo(node, (await surroundingsOf(console, ns, [node]))(node));
  if (option !== 'accessinfo') return info;
  const { id, publicIP, privateIP, sshPort, nodeUserName, connectionConfig } = info;
  return { nodeId: id, publicIP, privateIP, sshPort, nodeUserName, connectionConfig };
};

export const checkNode: FacadeHandler = async ({ console, request }) => {
  try {
    await readNode(console, param(request, 'nsId'), param(request, 'infraId'), param(request, 'nodeId'));
    return { exists: true };
  } catch (error) {
    if (error instanceof FacadeError && error.status === 404) return { exists: false };
    throw error;
  }
};

/** Over all infras of a namespace; with `option=id` as `infra/node`. */
export const listNodesInNs: FacadeHandler = async ({ console, request }) => {
  const ns = param(request, 'nsId');
  const nodes = await allOf(console, 'listNodes', { params: { ns } });
  if (request.query.option === 'id') return { output: orNull(nodes.map(({ infra, name }) => `${infra}/${name}`)) };
  const aroundOf = await surroundingsOf(console, ns, nodes);
  const shown = nodes.map((node) => ({ infraId: node.infra, ...toNodeInfo(node, aroundOf(node)) }));
  return { node: filterByQuery(shown, request.query) };
};

/** Ends the server, if it lives, and takes it out of its group. The last of a group can only go with its infra. */
export const deleteNode: FacadeHandler = async ({ console, request }) => {
  const ns = param(request, 'nsId');
  const infra = param(request, 'infraId');
  const node = await readNode(console, ns, infra, param(request, 'nodeId'));
  await removeNode(console, node);
  return { message: `Deleted the Node info` };
};

const isGone = ({ status }: Node): boolean => status === 'Terminated' || status === 'Failed' || status === 'Undefined';

async function removeNode(console: FacadeConsole, node: Node): Promise<void> {
  const { ns, infra, name, nodeGroup } = node;
  const others = (await allOf(console, 'listNodes', { params: { ns }, query: { filter: [`infra:${infra}`] } })).filter(
    ({ id }) => id !== node.id,
  );
  const living = others.filter((other) => other.nodeGroup === nodeGroup && other.status !== 'Terminated');
  if (node.status !== 'Terminated' && living.length > 0) {
    const { operation } = await console.call('scaleNodeGroup', {
      params: { ns, infra, nodeGroup },
      body: { size: living.length, nodes: [name] },
    });
    await requireSuccess(console, operation.id, `The node ${name}`);
    return;
  }
  // Only a refinement forgets a server that is not scaled in: it would take all that have failed or ended.
  const alsoRefined = others.filter(isGone);
  if (alsoRefined.length > 0 && node.status !== 'Terminated') {
    throw new FacadeError(
      409,
      `The node ${name} is the last of its node group, and other nodes would be refined with it. Refine the infra.`,
    );
  }
  if (!isGone(node)) {
    const { operation } = await console.call('actOnInfra', {
      params: { ns, infra },
      body: { action: 'terminate', nodes: [name] },
    });
    await requireSuccess(console, operation.id, `The node ${name}`);
  }
  const { operation } = await console.call('actOnInfra', { params: { ns, infra }, body: { action: 'refine' } });
  await requireSuccess(console, operation.id, `The node ${name}`);
}

/** Waits for a task. Throws 500 with the first reason when it did not succeed wholly. */
export async function requireSuccess(console: FacadeConsole, id: string, what: string): Promise<void> {
  const { state, items, error } = await console.waitForOperation(id);
  if (state === 'succeeded') return;
  const reason =
    items.find((item) => item.error !== undefined)?.error?.message ?? error?.message ?? `the task ${state}`;
  throw new FacadeError(500, `${what}: ${reason}`);
}
