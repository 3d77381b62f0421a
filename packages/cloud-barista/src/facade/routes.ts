import { document } from './document.ts';
import { route, type FacadeRoute } from './route.ts';
import { associatedResources, configCopy } from './serve/associated.ts';
import * as catalogue from './serve/catalogue.ts';
import * as clouds from './serve/clouds.ts';
import * as connections from './serve/connections.ts';
import { controlInfra, controlNode } from './serve/control.ts';
import { createInfraDynamic } from './serve/create-infra.ts';
import { getPublicKey, registerCredential } from './serve/credentials.ts';
import { deleteInfra, deleteInfras } from './serve/delete-infra.ts';
import * as health from './serve/health.ts';
import * as labels from './serve/labels.ts';
import * as namespaces from './serve/namespaces.ts';
import * as nodeGroups from './serve/node-groups.ts';
import * as nodes from './serve/nodes.ts';
import * as infra from './serve/read-infra.ts';
import { recommendSpec, recommendSpecOptions } from './serve/recommend.ts';
import * as requests from './serve/requests.ts';
import * as resources from './serve/resources.ts';
import * as review from './serve/review.ts';
import { availableZones } from './serve/zones.ts';
import { unbuiltRoutes } from './unbuilt.ts';

const isOpen = { permission: 'public' } as const;
const isAdmin = { permission: 'admin' } as const;
const isRead = { effect: 'read' } as const;
const asks = { effect: 'read', permission: 'user' } as const;
const isShared = { isShared: true, permission: 'viewer', effect: 'read' } as const;
const isOperate = { permission: 'operator', effect: 'operate' } as const;
const isWrite = { permission: 'admin', effect: 'write' } as const;
/** Over namespaces: upstream would show everybody everything. */
const overAll = { permission: 'user', forwardPermission: 'admin' } as const;

const ns = '/ns/:nsId';
const one = `${ns}/infra/:infraId`;

const builtRoutes: readonly FacadeRoute[] = [
  route('GET', '/livez', ['Is it alive?', health.livez], isOpen),
  route('GET', '/readyz', ['Is it ready?', health.readyz], isOpen),
  route('PUT', '/readyz/init', ['It is initialised from the start', health.readyz], isWrite),
  route('GET', '/httpVersion', ['Version of HTTP', health.httpVersion], isOpen),
  route('GET', '/api/doc.json', ['This document', async () => document(facadeRoutes)], isOpen),

  route('GET', '/ns', ['Namespaces', namespaces.listNamespaces]),
  route('POST', '/ns', ['Make a namespace', namespaces.createNamespace], isWrite),
  route('DELETE', '/ns', ['Delete all namespaces', namespaces.deleteNamespaces], isWrite),
  route('GET', ns, ['One namespace', namespaces.getNamespace], isShared),
  route('PUT', ns, ['Describe a namespace', namespaces.updateNamespace], isWrite),
  route('DELETE', ns, ['Delete an empty namespace', namespaces.deleteNamespace], isWrite),
  // Not `:nsId`: who is no member is answered as if it did not exist, not refused.
  route('GET', '/checkNs/:ns', ['Does a namespace exist?', namespaces.checkNamespace]),

  route('GET', '/cloudInfo', ['Providers with their regions', clouds.getCloudInfo]),
  route('GET', '/provider', ['Names of providers', clouds.listProviders]),
  route('GET', '/provider/:providerName/region', ['Regions of a provider', clouds.listRegions]),
  route('GET', '/provider/:providerName/region/:regionName', ['One region', clouds.getRegion]),
  route('GET', '/connConfig', ['Connections', connections.listConnConfigs]),
  route('GET', '/connConfig/:connConfigName', ['One connection', connections.getConnConfig]),
  route('GET', '/credentialHolder', ['Holders of credentials', connections.listHolders]),
  route('GET', '/credentialHolder/:holderId', ['One holder', connections.getHolder]),
  route('GET', '/credential/publicKey', ['A key to encrypt one credential with', getPublicKey], isAdmin),
  route('GET', '/credential/openbaoStatus', ['OpenBao, which is not used', health.openbaoStatus]),
  route('POST', '/credential', ['Add or replace a credential', registerCredential], isAdmin),

  route('POST', '/recommendSpec', ['Specs by filter and priority', recommendSpec], asks),
  route('GET', '/recommendSpecOptions', ['What a recommendation can ask for', recommendSpecOptions]),
  route('POST', '/specImagePairReview', ['Do a spec and an image go together?', review.reviewPair], asks),
  route('GET', '/availableZonesForSpec', ['Zones that offer a spec', availableZones]),
  route('POST', `${ns}/resources/filterSpecsByRange`, ['Specs by range', catalogue.filterSpecsByRange], isShared),
  route('POST', `${ns}/resources/searchImage`, ['Search images', catalogue.searchImage], isShared),
  route(
    'GET',
    `${ns}/resources/searchImageOptions`,
    ['What a search can ask for', catalogue.searchImageOptions],
    isShared,
  ),
  route('GET', `${ns}/resources/spec/:specId`, ['One spec', catalogue.getSpec], isShared),
  route('GET', `${ns}/resources/image`, ['Images', catalogue.listImages], isShared),
  route('GET', `${ns}/resources/image/:imageId`, ['One image', catalogue.getImage], isShared),

  route('POST', `${ns}/infraDynamicReview`, ['Review a request', review.reviewInfraDynamic], isRead),
  route('POST', `${ns}/infraDynamic`, ['Create an infra', createInfraDynamic]),
  route('GET', `${ns}/infra`, ['Infras', infra.listInfra]),
  route('DELETE', `${ns}/infra`, ['Delete all infras', deleteInfras]),
  route('GET', one, ['One infra', infra.getInfra]),
  route('DELETE', one, ['Delete an infra', deleteInfra]),
  route('GET', `${ns}/checkInfra/:infraId`, ['Does an infra exist?', infra.checkInfra]),
  route('GET', `${one}/associatedResources`, ['What an infra uses', associatedResources]),
  route('GET', `${one}/configCopy`, ['The request that makes such an infra', configCopy]),
  route('GET', `${one}/cluster`, ['Nodes that share a network', infra.listClusters]),
  route('GET', `${one}/cluster/:clusterId`, ['One of these', infra.getCluster]),
  route('GET', `${one}/nodegroup`, ['Names of node groups', nodeGroups.listNodeGroups]),
  route('GET', `${one}/nodegroup/:nodegroupId`, ['Names of the nodes of a group', nodeGroups.getNodeGroup]),
  route('POST', `${one}/nodegroup/:nodegroupId`, ['Scale a group out', nodeGroups.scaleOut]),
  route('POST', `${one}/nodeGroupDynamic`, ['Add a node group', nodeGroups.addNodeGroup]),
  route('POST', `${one}/nodeGroupDynamicReview`, ['Review a node group', review.reviewNodeGroupDynamic], isRead),
  route('GET', `${one}/node/:nodeId`, ['One node', nodes.getNode]),
  route('DELETE', `${one}/node/:nodeId`, ['Delete a node', nodes.deleteNode]),
  route('GET', `${one}/checkNode/:nodeId`, ['Does a node exist?', nodes.checkNode]),
  route('GET', `${ns}/resources/node`, ['Nodes of a namespace', nodes.listNodesInNs]),
  route(
    'GET',
    `${ns}/control/infra/:infraId`,
    ['Suspend, resume, reboot, terminate, refine …', controlInfra],
    isOperate,
  ),
  route('GET', `${ns}/control/infra/:infraId/node/:nodeId`, ['The same for a node', controlNode], isOperate),

  route('GET', `${ns}/resources/vNet`, ['Networks', resources.listResources('vNet')]),
  route('GET', `${ns}/resources/vNet/:vNetId`, ['One network', resources.getResource('vNet', 'vNetId')]),
  route('GET', `${ns}/resources/vNet/:vNetId/subnet`, ['Its subnets', resources.listSubnets]),
  route('GET', `${ns}/resources/vNet/:vNetId/subnet/:subnetId`, [
    'One subnet',
    resources.getResource('subnet', 'subnetId'),
  ]),
  route('GET', `${ns}/resources/securityGroup`, ['Firewalls', resources.listResources('securityGroup')]),
  route('GET', `${ns}/resources/securityGroup/:resourceId`, [
    'One firewall',
    resources.getResource('securityGroup', 'resourceId'),
  ]),
  route('GET', `${ns}/resources/sshKey`, ['Keys', resources.listResources('sshKey')]),
  route('GET', `${ns}/resources/sshKey/:resourceId`, ['One key', resources.getResource('sshKey', 'resourceId')]),
  route(
    'GET',
    `${ns}/checkResource/:resourceType/:resourceId`,
    ['Does a resource exist?', resources.checkResource],
    isShared,
  ),
  route('DELETE', `${ns}/sharedResources`, ['Release what is shared and unused', resources.releaseShared]),

  route('GET', '/request/:reqId', ['One call and its progress', requests.getRequest], overAll),
  route('GET', '/requests', ['Calls of the last hour', requests.listRequests], overAll),
  route('DELETE', '/request/:reqId', ['Forget a call', requests.deleteRequest], { ...overAll, effect: 'write' }),
  route('DELETE', '/requests', ['Forget calls', requests.deleteRequests], { ...overAll, effect: 'write' }),

  route('GET', '/labelInfo', ['Kinds of labels', labels.labelInfo]),
  route('GET', '/label/:labelType/:uid', ['Labels of an object', labels.getLabels], overAll),
  route('PUT', '/label/:labelType/:uid', ['Set labels', labels.putLabels], { ...overAll, effect: 'write' }),
  route('DELETE', '/label/:labelType/:uid/:key', ['Remove a label', labels.deleteLabel], {
    ...overAll,
    effect: 'write',
  }),
  route('GET', '/resources/:labelType', ['Objects by labels', labels.listByLabel], overAll),
];

/** Every known operation of Tumblebug v0.13. */
export const facadeRoutes: readonly FacadeRoute[] = [...builtRoutes, ...unbuiltRoutes];
