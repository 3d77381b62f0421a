import { describeInfra, statusText } from './describe-infra.ts';
import { replyAs, type Json, type Reply } from './recordings.ts';
import {
  ghostImage,
  newInfra,
  settled,
  type GroupRequest,
  type InfraModel,
  type NamespaceModel,
  type NodeModel,
  type World,
} from './world.ts';

export type InfraRequest = {
  name: string;
  description?: string;
  label?: Record<string, string>;
  nodeGroups: GroupRequest[];
};
type Place = { namespace: NamespaceModel; infra: InfraModel };

const ghostWords = `${ghostImage} image does not exist!! (from 127.0.0.1:11024/spider/vm (500 Internal Server Error))`;

/** `POST infraDynamic`: answers when all servers are there; meanwhile they are seen as they come. */
export async function createInfra(
  world: World,
  namespace: NamespaceModel,
  request: InfraRequest & { isHeld: boolean; note(title: string): void },
): Promise<Reply> {
  const { name, nodeGroups, isHeld, note } = request;
  if (namespace.infras.has(name)) return replyAs('infraDynamic-existing-name', { i1: name });
  const refusal = refuseGroups(world, name, nodeGroups);
  if (refusal !== undefined) return refusal;
  await world.steps(0.5);
  const infra = newInfra(name, request);
  namespace.infras.set(name, infra);
  for (const group of nodeGroups) shareResources(world, { namespace, infra, group });
  note(`Prepared ${String(nodeGroups.length)} resources for provisioning Infra: ${name}`);
  note('Start instance provisioning');
  if (isHeld) {
    const verdict = await heldBack(world, infra);
    if (verdict === 'withdraw') {
      namespace.infras.delete(name);
      return replyAs('infraDynamic-hold-withdraw', { i5: name });
    }
  }
  infra.nodes.push(...nodeGroups.flatMap((group) => world.newNodes(infra, group, group.nodeGroupSize)));
  await makeNodes(world, infra.nodes);
  infra.isCreating = false;
  const [failed] = infra.nodes.filter(({ status }) => status === 'Failed');
  if (failed !== undefined && infra.nodes.every(({ status }) => status === 'Failed')) {
    const count = String(infra.nodes.length);
    return replyAs('infraDynamic-all-failed', { 'p-all': name, 'bad-1': failed.id, 'all 1 VMs': `all ${count} VMs` });
  }
  return { status: 200, body: { ...describeInfra(world, namespace, infra), newNodeList: null } };
}

/** Words of the recordings, for the first group that names what is not there. */
function refuseGroups(world: World, name: string, groups: GroupRequest[]): Reply | undefined {
  const specs = new Set(world.specs().map(({ id }) => id));
  for (const group of groups) {
    const connection = world.connections.get(world.connectionOf(group));
    if (!specs.has(group.specId) || connection === undefined) {
      return replyAs('infraDynamic-bad-spec', { 'p-spec': name, nope: group.specId });
    }
    if (!world.images(String(connection.providerName)).some(({ id }) => id === group.imageId)) {
      return replyAs('infraDynamic-bad-image', { 'p-img': name, nope: group.imageId });
    }
  }
  return undefined;
}

function shareResources(world: World, { namespace, infra, group }: Place & { group: GroupRequest }): void {
  const connection = world.connectionOf(group);
  const wanted = [
    { kind: 'vNet', id: `${namespace.id}-shared-${connection}`, connection },
    { kind: 'sshKey', id: `${infra.id}-${connection}`, connection },
    { kind: 'securityGroup', id: `${infra.id}-${group.name}`, connection },
  ] as const;
  for (const shared of wanted) {
    if (!namespace.shared.some(({ kind, id }) => kind === shared.kind && id === shared.id))
      namespace.shared.push(shared);
  }
}

async function heldBack(world: World, infra: InfraModel): Promise<'continue' | 'withdraw'> {
  const verdict = await new Promise<'continue' | 'withdraw'>((resolve) => {
    infra.gate = resolve;
  });
  delete infra.gate;
  await world.steps(1);
  return verdict;
}

async function makeNodes(world: World, nodes: NodeModel[]): Promise<void> {
  const make = async (node: NodeModel, index: number): Promise<void> => {
    await world.steps(1 + (index % 3));
    if (node.image !== ghostImage) {
      settled(node, 'Running');
      return;
    }
    Object.assign(node, { status: 'Failed', targetStatus: '', targetAction: 'None', systemMessage: ghostWords });
  };
  await Promise.all(nodes.map(make));
}

/** Scale out and a new group: the answer names what came. */
export async function addNodes(world: World, place: Place, group: GroupRequest): Promise<Reply> {
  const { namespace, infra } = place;
  const { specId, imageId } = group;
  const refusal = refuseGroups(world, infra.id, [{ ...group, specId, imageId }]);
  if (refusal !== undefined) return refusal;
  await world.steps(0.5);
  shareResources(world, { ...place, group });
  const nodes = world.newNodes(infra, group, group.nodeGroupSize);
  infra.nodes.push(...nodes);
  await makeNodes(world, nodes);
  return { status: 200, body: { ...describeInfra(world, namespace, infra), newNodeList: nodes.map(({ id }) => id) } };
}

const passing = {
  suspend: { from: 'Running', through: 'Suspending', to: 'Suspended', targetAction: 'Suspend' },
  resume: { from: 'Suspended', through: 'Resuming', to: 'Running', targetAction: 'Resume' },
} as const;

/** Answers at once and goes on; only terminating is waited for. A reboot is over before anybody sees it. */
export async function actOnNodes(world: World, nodes: NodeModel[], action: string): Promise<void> {
  if (action === 'terminate') return terminate(world, nodes);
  const way = action === 'suspend' || action === 'resume' ? passing[action] : undefined;
  if (way === undefined) return;
  const fit = nodes.filter(({ status }) => status === way.from);
  for (const node of fit) {
    Object.assign(node, { status: way.through, targetStatus: way.to, targetAction: way.targetAction });
  }
  void world
    .steps(2)
    .then(() => {
      for (const node of fit) if (node.status === way.through) settled(node, way.to);
    })
    .catch(() => undefined);
}

async function terminate(world: World, nodes: NodeModel[]): Promise<void> {
  const living = nodes.filter(({ status }) => status !== 'Terminated');
  for (const node of living.filter(({ status }) => status === 'Failed')) {
    settled(node, 'Terminated').systemMessage = 'terminated (VM was never created at CSP)';
  }
  for (const node of living.filter(({ status }) => status !== 'Terminated')) {
    Object.assign(node, { status: 'Terminating', targetStatus: 'Terminated', targetAction: 'Terminate' });
  }
  await world.steps(2);
  for (const node of living) settled(node, 'Terminated');
}

const gone = new Set(['Failed', 'Undefined', 'Terminated']);

export function refine(infra: InfraModel): void {
  infra.nodes = infra.nodes.filter(({ status }) => !gone.has(status));
}

/** After a restart: servers whose making was forgotten are marked as failed. */
export function reconcile(infra: InfraModel): Reply {
  const stuck = infra.nodes.filter(({ status }) => status === 'Creating');
  for (const node of stuck) settled(node, 'Failed');
  infra.isCreating = false;
  return replyAs('spider-restarted-reconcile', {
    o1: infra.id,
    'marked-failed=0': `marked-failed=${String(stuck.length)}`,
  });
}

export async function abort(world: World, infra: InfraModel): Promise<Reply> {
  const stuck = infra.nodes.filter(({ status }) => status === 'Creating');
  for (const node of stuck) settled(node, 'Failed');
  infra.isCreating = false;
  refine(infra);
  await terminate(world, infra.nodes);
  return replyAs('spider-restarted-abort', {
    o3: infra.id,
    'terminate-requested=4': `terminate-requested=${String(infra.nodes.length)}`,
    'marked-failed=3, refine-cleaned=3': `marked-failed=${String(stuck.length)}, refine-cleaned=${String(stuck.length)}`,
  });
}

const deletable = /^(Terminated|Undefined|Failed|Preparing|Prepared|Empty)\b/;

export async function deleteInfra(world: World, { namespace, infra }: Place, option: string | null): Promise<Reply> {
  if (option === 'terminate') {
    refine(infra);
    await terminate(
      world,
      infra.nodes.filter(({ status }) => status !== 'Creating'),
    );
  }
  if (option !== 'force' && (infra.isCreating || !deletable.test(statusText(infra)))) {
    return replyAs('infra-delete-wrong-state', {
      'Infra i1': `Infra ${infra.id}`,
      'Running:5 (R:5/5)': statusText(infra),
    });
  }
  namespace.infras.delete(infra.id);
  const groups = [...new Set(infra.nodes.map(({ group }) => group))];
  const output: Json['output'] = [
    ...infra.nodes.map(({ id }) => `[Done] Node: ${id}`),
    ...groups.map((group) => `[Done] NodeGroup: ${group}`),
    `[Done] Infra: ${infra.id}`,
  ];
  return { status: 200, body: { output } };
}

export async function deleteNode(world: World, infra: InfraModel, node: NodeModel): Promise<Reply> {
  await terminate(world, [node]);
  infra.nodes = infra.nodes.filter((other) => other !== node);
  return replyAs('node-delete-terminated');
}
