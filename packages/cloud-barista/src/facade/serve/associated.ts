import type { Node } from '@waterstrider/contract';
import { param, type FacadeHandler } from '../console.ts';
import { surroundingsOf } from '../read/surroundings.ts';
import type { NodeSurroundings } from '../write/infra.ts';
import { distinct } from '../write/texts.ts';
import { readInfra } from './read-infra.ts';

/** Names of everything that an infra uses. */
export const associatedResources: FacadeHandler = async ({ console, request }) => {
  const ns = param(request, 'nsId');
  const { infra, nodes } = await readInfra(console, ns, param(request, 'infraId'));
  const aroundOf = await surroundingsOf(console, ns, nodes);
  const of = (pick: (node: Node, around: NodeSurroundings) => string | undefined): string[] =>
    distinct(nodes.map((node) => pick(node, aroundOf(node))));
  return {
    connectionNames: of(({ connection }) => connection),
    providerNames: of(({ provider }) => provider),
    nodeGroupIds: infra.nodeGroups.map(({ name }) => name),
    nodeIds: nodes.map(({ name }) => name),
    cspNodeNames: nodes.map(({ name }) => name),
    cspNodeIds: of(({ cspResourceId }) => cspResourceId),
    imageIds: of(({ image }, around) => around.image?.cspImageId ?? image),
    specIds: of(({ spec }) => spec),
    vNetIds: of((_node, { resources }) => resources.vNet?.name),
    cspVNetIds: of((_node, { resources }) => resources.vNet?.cspResourceId),
    subnetIds: of((_node, { resources }) => resources.subnet?.name),
    cspSubnetIds: of((_node, { resources }) => resources.subnet?.cspResourceId),
    securityGroupIds: of((_node, { resources }) => resources.securityGroup?.name),
    dataDiskIds: [],
    sshKeyIds: of((_node, { resources }) => resources.sshKey?.name),
  };
};

/** The request that would make an infra like this one. */
export const configCopy: FacadeHandler = async ({ console, request }) => {
  const ns = param(request, 'nsId');
  const { infra, nodes } = await readInfra(console, ns, param(request, 'infraId'));
  const aroundOf = await surroundingsOf(console, ns, nodes);
  return {
    name: infra.name,
    policyOnPartialFailure: infra.policyOnPartialFailure,
    installMonAgent: 'no',
    systemLabel: '',
    description: infra.description,
    label: infra.labels,
    nodeGroups: infra.nodeGroups.map((group) => {
      const node = nodes.find(({ nodeGroup }) => nodeGroup === group.name);
      return {
        name: group.name,
        nodeGroupSize: group.size,
        label: group.labels,
        description: '',
        specId: group.spec,
        imageId: (node && aroundOf(node).image?.cspImageId) ?? group.image,
        ...(group.rootDiskType === undefined ? {} : { rootDiskType: group.rootDiskType }),
        ...(group.rootDiskSizeGiB === undefined ? {} : { rootDiskSize: group.rootDiskSizeGiB }),
        connectionName: group.connection,
        ...(group.zone === undefined ? {} : { zone: group.zone }),
      };
    }),
  };
};
