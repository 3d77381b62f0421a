import { entriesOf, templateOf, type Json } from './recordings.ts';
import type { InfraModel, NamespaceModel, NodeModel, World } from './world.ts';

const statuses = ['Creating', 'Running', 'Failed', 'Suspended', 'Rebooting', 'Terminated', 'Suspending', 'Resuming'];
const counted = [...statuses, 'Terminating', 'Registering', 'Reconciling', 'Undefined'];

/** `Partial-Failed:1 (R:1/2)`, as upstream sums its servers up; without servers the bare word. */
export function statusText({ nodes, isCreating }: InfraModel): string {
  if (nodes.length === 0) return isCreating ? 'Creating' : 'Empty';
  const counts = new Map<string, number>();
  for (const { status } of nodes) counts.set(status, (counts.get(status) ?? 0) + 1);
  const troubled = (status: string): number => (status === 'Running' ? 0 : 1);
  const [first] = [...counts].sort(([left, a], [right, b]) => b - a || troubled(right) - troubled(left));
  const [status, count] = first ?? ['Undefined', 0];
  const running = counts.get('Running') ?? 0;
  const prefix = count === nodes.length ? '' : 'Partial-';
  return `${prefix}${status}:${String(count)} (R:${String(running)}/${String(nodes.length)})`;
}

/** `InfraInfo`, in the form of the recorded list. */
export function describeInfra(world: World, namespace: NamespaceModel, infra: InfraModel): Json {
  const [template] = entriesOf('infra-list', 'infra');
  const { id, uid, description, label, nodes } = infra;
  const count = (status: string): number => nodes.filter((node) => node.status === status).length;
  const statusCount = {
    countTotal: nodes.length,
    ...Object.fromEntries(counted.map((status) => [`count${status}`, count(status)])),
  };
  return {
    ...template,
    id,
    uid,
    name: id,
    status: statusText(infra),
    statusCount,
    targetStatus: infra.isCreating ? 'Running' : 'None',
    targetAction: infra.isCreating ? 'Create' : 'None',
    label: { ...label, ...systemLabels({ id, uid, description, ns: namespace.id, type: 'infra' }) },
    description,
    node: nodes.map((node) => describeNode(world, { namespace, infra, node })),
  };
}

const systemLabels = (of: { id: string; uid: string; description: string; ns: string; type: string }): Json => ({
  'sys.description': of.description,
  'sys.id': of.id,
  'sys.labelType': of.type,
  'sys.manager': 'cb-tumblebug',
  'sys.name': of.id,
  'sys.namespace': of.ns,
  'sys.uid': of.uid,
});

const nodeTemplates = {
  creating: () => entriesOf('infra-list-creating', 'infra')[0]?.node as Json[], // recorded with servers
  made: () => entriesOf('infra-list', 'infra')[0]?.node as Json[], // the same
};
const parsed = new Map<string, Json>();

/** `NodeInfo`: a server that was never made tells less of itself. */
function describeNode(
  world: World,
  { namespace, infra, node }: { namespace: NamespaceModel; infra: InfraModel; node: NodeModel },
): Json {
  const isMade = node.status !== 'Creating' && node.status !== 'Failed';
  const key = isMade ? 'made' : 'creating';
  const template = parsed.get(key) ?? nodeTemplates[key]()[0] ?? {};
  parsed.set(key, template);
  const { id, uid, group, connection, spec, image, zone, status, targetStatus, targetAction, systemMessage } = node;
  const network = `${namespace.id}-shared-${connection}`;
  const config = world.connections.get(connection);
  const specName = spec.split('+')[2] ?? spec;
  const region = (config?.regionDetail as Json | undefined)?.regionName; // every recorded connection has one
  return {
    ...template,
    id,
    uid,
    name: id,
    nodeGroupId: group,
    status,
    targetStatus,
    targetAction,
    systemMessage,
    connectionName: connection,
    connectionConfig: config ?? template.connectionConfig,
    specId: spec,
    imageId: image,
    cspImageName: image,
    vNetId: network,
    subnetId: network,
    securityGroupIds: [`${infra.id}-${group}`],
    sshKeyId: `${infra.id}-${connection}`,
    ...(isMade
      ? {
          cspResourceName: uid,
          cspResourceId: `${uid}-csp`,
          cspSpecName: specName,
          region: { region, ...(zone === undefined ? {} : { zone }) },
          label: systemLabels({ id, uid, description: '', ns: namespace.id, type: 'node' }),
        }
      : {}),
  };
}

const sharedTemplates = {
  vNet: 'resources-vNet-list',
  securityGroup: 'resources-securityGroup-list',
  sshKey: 'resources-sshKey-list',
} as const;

/** `{vNet: […]}` and the like. */
export function describeShared(namespace: NamespaceModel, kind: keyof typeof sharedTemplates): Json {
  const [template] = entriesOf(sharedTemplates[kind], kind);
  const list = namespace.shared.filter((shared) => shared.kind === kind);
  return {
    [kind]: list.map(({ id, connection }) => ({
      ...template,
      id,
      name: id,
      uid: `tb-${namespace.id}-${id}`,
      connectionName: connection,
      ...(kind === 'vNet' ? { subnetInfoList: subnetsOf(template, id, connection) } : {}),
    })),
  };
}

function subnetsOf(template: Json | undefined, id: string, connection: string): Json[] {
  const subnets = (template?.subnetInfoList ?? []) as Json[]; // recorded as a list of objects
  return subnets
    .slice(0, 1)
    .map((subnet) => ({ ...subnet, id, name: id, uid: `tb-${id}-0`, connectionName: connection }));
}

/** `InfraReview`: the recorded verdict of a group that can be made, for each of the groups. */
export function describeReview(
  groups: { name: string; nodeGroupSize: number; specId: string; imageId: string; connection: string }[],
  name: string,
): Json {
  const review = templateOf('infraDynamicReview-ok');
  const [verdict] = review.nodeReviews as Json[]; // recorded with groups
  const nodeReviews = groups.map(({ name: nodeName, nodeGroupSize, specId, imageId, connection }) => ({
    ...verdict,
    nodeName,
    nodeGroupSize,
    connectionName: connection,
    specValidation: { ...(verdict?.specValidation as Json), resourceId: specId }, // an object, as recorded
    imageValidation: { ...(verdict?.imageValidation as Json), resourceId: imageId }, // the same
  }));
  return { ...review, infraName: name, totalNodeCount: groups.length, nodeReviews };
}
