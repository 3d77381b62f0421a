import type { Connection, Image, Infra, Node, Operation, Resource, Spec } from '@waterstrider/contract';
import { cspSpecName, toImageSummary, toSpecSummary } from './catalogue.ts';
import { toClusters } from './cluster.ts';
import { toConnConfig, toLocation } from './connection.ts';
import { toInfraTarget, toNodeTarget, toStatusCount, toStatusText } from './status.ts';
import { orNull, toWallTime } from './texts.ts';

type Json = Record<string, unknown>;
export const sshPort = 22;

/** What belongs to a server and is kept elsewhere. */
export type NodeSurroundings = {
  connection: Connection;
  driverName: string;
  spec: Spec | undefined;
  image: Image | undefined;
  /** Of its connection, by kind. */
  resources: Partial<Record<Resource['kind'], Resource>>;
};

const placeOf = ({ regionName, latitude, longitude }: Connection) => ({ name: regionName, latitude, longitude });
const identity = (node: Node): Json => ({
  id: node.name,
  uid: node.id,
  cspResourceName: node.name,
  ...(node.cspResourceId === undefined ? {} : { cspResourceId: node.cspResourceId }),
  name: node.name,
});
const messageOf = ({ error, drift }: Node): string =>
  error === undefined ? (drift === undefined ? '' : `The server was changed outside: ${drift}.`) : error.message;

export function toNodeInfo(node: Node, around: NodeSurroundings): Json {
  const { connection, resources, spec, image } = around;
  const { vNet, subnet, securityGroup, sshKey } = resources;
  const imageName = image?.cspImageId ?? node.image;
  return {
    resourceType: 'node',
    ...identity(node),
    nodeGroupId: node.nodeGroup,
    location: toLocation(placeOf(connection)),
    status: node.status,
    ...toNodeTarget(node),
    monAgentStatus: 'notInstalled',
    networkAgentStatus: 'notInstalled',
    systemMessage: messageOf(node),
    createdTime: toWallTime(node.createdAt),
    label: Object.keys(node.labels).length === 0 ? null : node.labels,
    description: '',
    region: { region: node.region, ...(node.zone === undefined ? {} : { zone: node.zone }) },
    publicIP: node.publicIp ?? '',
    sshPort,
    publicDNS: '',
    privateIP: node.privateIp ?? '',
    privateDNS: '',
    rootDiskType: node.rootDiskType ?? '',
    rootDiskSize: node.rootDiskSizeGiB ?? 0,
    RootDeviceName: '',
    connectionName: node.connection,
    connectionConfig: toConnConfig(connection, around.driverName),
    specId: node.spec,
    cspSpecName: spec?.name ?? cspSpecName(node.spec),
    spec: toSpecSummary(spec, node),
    imageId: imageName,
    cspImageName: imageName,
    image: toImageSummary(image, node.os),
    vNetId: vNet?.name ?? '',
    cspVNetId: vNet?.cspResourceId ?? '',
    subnetId: subnet?.name ?? '',
    cspSubnetId: subnet?.cspResourceId ?? '',
    networkInterface: '',
    securityGroupIds: securityGroup === undefined ? null : [securityGroup.name],
    dataDiskIds: null,
    sshKeyId: sshKey?.name ?? '',
    cspSshKeyId: sshKey?.cspResourceId ?? '',
    ...(image === undefined ? {} : { nodeUserName: image.defaultUser }),
  };
}

export const toNodeStatusInfo = (node: Node, connection: Connection): Json => ({
  ...identity(node),
  status: node.status,
  ...toNodeTarget(node),
  nativeStatus: node.status,
  monAgentStatus: 'notInstalled',
  systemMessage: messageOf(node),
  createdTime: toWallTime(node.createdAt),
  publicIp: node.publicIp ?? '',
  privateIp: node.privateIp ?? '',
  sshPort,
  location: toLocation(placeOf(connection)),
});

const head = (infra: Infra, nodes: readonly Node[]): Json => ({
  status: toStatusText(infra, nodes),
  statusCount: toStatusCount(nodes),
  ...toInfraTarget(infra, nodes),
  installMonAgent: 'no',
});

export const toInfraStatusInfo = (
  infra: Infra,
  nodes: readonly Node[],
  connectionOf: (node: Node) => Connection,
): Json => {
  const master = nodes.find(({ status }) => status === 'Running');
  return {
    id: infra.name,
    name: infra.name,
    ...head(infra, nodes),
    masterNodeId: master?.name ?? '',
    masterIp: master?.publicIp ?? '',
    masterSSHPort: master === undefined ? 0 : sshPort,
    label: infra.labels,
    systemLabel: '',
    node: orNull(nodes.map((node) => toNodeStatusInfo(node, connectionOf(node)))),
  };
};

/** `newNodes`: those that the answered call made. */
export const toInfraInfo = (
  infra: Infra,
  nodes: readonly Node[],
  options: {
    aroundOf: (node: Node) => NodeSurroundings;
    newNodes?: readonly string[];
    creationErrors?: Json | undefined;
  },
): Json => ({
  resourceType: 'infra',
  id: infra.name,
  uid: infra.id,
  name: infra.name,
  ...head(infra, nodes),
  configureCloudAdaptiveNetwork: 'no',
  label: infra.labels,
  systemLabel: '',
  systemMessage: null,
  description: infra.description,
  node: orNull(nodes.map((node) => toNodeInfo(node, options.aroundOf(node)))),
  ...(nodes.length === 0 ? {} : { cluster: toClusters(infra.name, nodes, options.aroundOf) }),
  newNodeList: orNull(options.newNodes ?? []),
  ...(options.creationErrors === undefined ? {} : { creationErrors: options.creationErrors }),
});

/** What failed while servers were made; undefined when nothing did. */
export function toCreationErrors(operation: Operation, policy: string): Json | undefined {
  const failed = operation.items.filter(
    ({ target, state }) => target.kind === 'node' && (state === 'failed' || state === 'unknown'),
  );
  if (failed.length === 0) return undefined;
  const all = operation.items.filter(({ target }) => target.kind === 'node');
  return {
    nodeCreationErrors: failed.map(({ target, error, finishedAt }) => ({
      nodeName: target.name,
      error: error?.message ?? 'The outcome in the cloud is not clear.',
      phase: 'vm_creation',
      timestamp: finishedAt ?? operation.startedAt,
    })),
    totalNodeCount: all.length,
    successfulNodeCount: all.length - failed.length,
    failedNodeCount: failed.length,
    failureHandlingStrategy: policy,
  };
}
