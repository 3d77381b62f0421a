export type UnbuiltPart = { what: string; reason: string; routes: string };

/**
 * What Tumblebug has and the console does not. A line reads `ANSWER METHOD[,METHOD] PATH`; ANSWER is `[key]` for an empty list under this
 * key, `none` for 404, `no` for 501. A fourth word changes
 * the right, or says that a GET changes something: `operate` for operators, `change` for administrators. `ns` stands for `/ns/:nsId`, `infra` for `ns/infra/:infraId`.
 */
export const unbuiltParts: readonly UnbuiltPart[] = [
  {
    what: 'Load balancers',
    reason: 'load balancers can not be made by this platform',
    routes: `
      [nlb] GET infra/nlb
      no POST,DELETE infra/nlb
      none GET infra/nlb/:nlbId
      no DELETE infra/nlb/:nlbId
      none GET infra/nlb/:nlbId/healthz
      no POST,DELETE infra/nlb/:nlbId/node
      [nlb] GET ns/resources/nlb
      no GET /nlb/support
      no POST infra/mcSwNlb`,
  },
  {
    what: 'Remote commands and files',
    reason: 'this platform does not run commands on servers or move files',
    routes: `
      no POST ns/cmd/infra/:infraId
      [tasks] GET ns/cmd/infra/:infraId/task
      none GET ns/cmd/infra/:infraId/task/:taskId
      no POST ns/cmd/infra/:infraId/task/:taskId/cancel
      no GET ns/stream/cmd/infra/:infraId
      no POST ns/transferFile/infra/:infraId
      no POST ns/transferFileAndCmd/infra/:infraId
      no POST ns/downloadFile/infra/:infraId/node/:nodeId
      [commands] GET infra/node/:nodeId/commandStatus
      no DELETE infra/node/:nodeId/commandStatus
      none GET infra/node/:nodeId/commandStatus/:index
      no DELETE infra/node/:nodeId/commandStatus/:index
      no DELETE infra/node/:nodeId/commandStatusAll
      no GET infra/handlingCount
      no GET infra/node/:nodeId/handlingCount
      none GET infra/node/:nodeId/sshHostKey
      no DELETE infra/node/:nodeId/sshHostKey
      no GET infra/node/:targetNodeId/bastion
      no PUT infra/node/:targetNodeId/bastion/:bastionNodeId
      no PUT infra/node/:targetNodeId/bastion/:bastionInfraId/:bastionNodeId
      no PUT infra/node/:targetNodeId/bastion/:bastionNsId/:bastionInfraId/:bastionNodeId admin
      no DELETE infra/bastion/:bastionNodeId
      no DELETE infra/bastion/:bastionInfraId/:bastionNodeId
      no DELETE infra/bastion/:bastionNsId/:bastionInfraId/:bastionNodeId admin`,
  },
  {
    what: 'Disks and custom images',
    reason: 'disks and images of servers can not be made by this platform',
    routes: `
      [dataDisk] GET ns/resources/dataDisk
      no POST,DELETE ns/resources/dataDisk
      none GET ns/resources/dataDisk/:resourceId
      no PUT,DELETE ns/resources/dataDisk/:resourceId
      no PUT ns/resources/dataDisk/:resourceId/restore
      [dataDisk] GET infra/node/:nodeId/dataDisk
      no PUT,POST infra/node/:nodeId/dataDisk
      [customImage] GET ns/resources/customImage
      no POST,DELETE ns/resources/customImage
      none GET ns/resources/customImage/:resourceId
      no DELETE ns/resources/customImage/:resourceId
      no POST infra/snapshot
      no POST infra/node/:nodeId/snapshot
      no POST ns/buildAgnosticImage`,
  },
  {
    what: 'Single networks, firewalls and keys',
    reason:
      'networks, firewalls and keys are made, shared and removed by the platform together with the infras that use them',
    routes: `
      no POST ns/infra
      no POST infra/node
      no POST,DELETE ns/resources/vNet
      no DELETE ns/resources/vNet/:vNetId
      no PUT ns/resources/vNet/:vNetId/restore
      no PUT ns/resources/vNet/reconcile
      no PUT ns/resources/vNet/:vNetId/reconcile
      no POST ns/resources/vNet/reconcile/prune
      no POST ns/resources/vNet/:vNetId/subnet
      no DELETE ns/resources/vNet/:vNetId/subnet/:subnetId
      no POST,DELETE ns/resources/securityGroup
      no PUT,DELETE ns/resources/securityGroup/:resourceId
      no PUT ns/resources/securityGroup/:resourceId/restore
      no POST,DELETE ns/resources/securityGroup/:resourceId/rules
      no PUT infra/associatedSecurityGroups
      no POST,DELETE ns/resources/sshKey
      no PUT,DELETE ns/resources/sshKey/:resourceId
      no PUT ns/resources/sshKey/:resourceId/complement
      no PUT ns/resources/sshKey/:resourceId/restore
      no POST ns/sharedResource
      no POST ns/sharedResources/recoverDependencies`,
  },
  {
    what: 'The catalogue by hand',
    reason: 'specs and images come from the clouds by themselves',
    routes: `
      no POST ns/resources/spec
      no PUT,DELETE ns/resources/spec/:specId
      no POST,DELETE ns/resources/image
      no PUT,DELETE ns/resources/image/:imageId
      no POST /lookupSpec
      no POST /lookupSpecs
      no POST /lookupImage
      no POST /lookupImages
      no GET /loadAssets change
      no GET /assetsSummary
      no POST /fetchSpecs
      no POST /fetchImages
      no POST /fetchImagesAsync
      no GET /fetchImagesResult
      no POST /fetchPrice
      no POST /updateImagesFromAsset
      no POST /availableRegionZonesForSpec
      no POST /availableRegionZonesForSpecList
      no POST ns/updateExistingSpecListByAvailableRegionZones
      no POST /recommendAlternativeNodeConfig user
      no POST /infraDynamicCheckRequest user
      no GET /regionFromCsp
      no POST,DELETE /cloudInfo/:providerName`,
  },
  {
    what: 'Templates',
    reason: 'templates can not be kept through this interface',
    routes: ['infra', 'vNet', 'securityGroup', 'k8sCluster']
      .map(
        (kind) => `
      [templates] GET ns/template/${kind}
      no POST,DELETE ns/template/${kind}
      none GET ns/template/${kind}/:templateId
      no PUT,DELETE ns/template/${kind}/:templateId`,
      )
      .concat(
        `
      no POST ns/infra/template/:templateId
      no POST ns/resources/vNet/template/:templateId
      no POST ns/resources/securityGroup/template/:templateId
      no POST ns/k8sCluster/template/:templateId`,
      )
      .join(''),
  },
  {
    what: 'Kubernetes',
    reason: 'Kubernetes clusters can not be made by this platform',
    routes: `
      [K8sClusterInfo] GET ns/k8sCluster
      no POST,DELETE ns/k8sCluster
      none GET ns/k8sCluster/:k8sClusterId
      no DELETE ns/k8sCluster/:k8sClusterId
      no POST ns/k8sCluster/:k8sClusterId/extractTemplate
      no POST ns/k8sCluster/:k8sClusterId/k8sNodeGroup
      no DELETE ns/k8sCluster/:k8sClusterId/k8sNodeGroup/:k8sNodeGroupName
      no PUT ns/k8sCluster/:k8sClusterId/k8sNodeGroup/:k8sNodeGroupName/autoscaleSize
      no PUT ns/k8sCluster/:k8sClusterId/k8sNodeGroup/:k8sNodeGroupName/onAutoscaling
      no POST ns/k8sCluster/:k8sClusterId/k8sNodeGroupDynamic
      none GET ns/k8sCluster/:k8sClusterId/kubeconfig operator
      none GET ns/k8sCluster/:k8sClusterId/token operator
      no PUT ns/k8sCluster/:k8sClusterId/upgrade
      no POST ns/k8sClusterDynamic
      no POST ns/k8sMultiClusterDynamic
      no GET ns/control/k8sCluster/:k8sClusterId operate
      no POST ns/cmd/k8sCluster/:k8sClusterId
      no POST ns/transferFile/k8sCluster/:k8sClusterId
      no GET /k8sClusterInfo
      no GET /availableK8sVersion
      no GET /availableK8sNodeImage
      no GET /requiredK8sSubnetCount
      no GET /checkK8sNodeGroupsOnK8sCreation
      no GET /checkK8sNodeImageDesignation
      no POST /k8sClusterRecommendNode user
      no POST /k8sClusterDynamicCheckRequest user`,
  },
  {
    what: 'What exists in the clouds beside',
    reason: 'servers and resources that were made outside are not taken over by this platform',
    routes: `
      no POST /inspectResources
      no GET /inspectResourcesOverview admin
      no POST /registerCspResources
      no POST /registerCspResourcesAll
      [jobs] GET /registerCspResources/schedule admin
      no POST,DELETE /registerCspResources/schedule
      none GET /registerCspResources/schedule/:jobId admin
      no PUT,DELETE /registerCspResources/schedule/:jobId
      no PUT /registerCspResources/schedule/:jobId/pause
      no PUT /registerCspResources/schedule/:jobId/resume
      no POST ns/registerCspNode
      no POST ns/registerCspResource/vNet
      no POST ns/registerCspResource/vNet/:vNetId/subnet
      no DELETE ns/deregisterResource/vNet/:vNetId
      no DELETE ns/deregisterResource/vNet/:vNetId/subnet/:subnetId
      no DELETE ns/deregisterResource/securityGroup/:resourceId
      no DELETE ns/deregisterResource/sshKey/:resourceId
      no DELETE ns/deregisterResource/dataDisk/:resourceId
      no DELETE ns/deregisterResource/customImage/:resourceId
      no DELETE ns/deregisterResource/infra/:infraId/node/:nodeId`,
  },
  {
    what: 'VPN, object storage, databases, DNS',
    reason: 'this platform does not have it',
    routes: `
      [vpn] GET infra/vpn
      no POST infra/vpn
      none GET infra/vpn/:vpnId
      no DELETE infra/vpn/:vpnId
      no POST infra/vpn/:vpnId/health
      none GET infra/vpn/:vpnId/request/:requestId
      no GET infra/site
      [objectStorage] GET ns/resources/objectStorage
      no PUT ns/resources/objectStorage
      no PUT ns/resources/objectStorage/reconcile
      no POST ns/resources/objectStorage/reconcile/prune
      none GET ns/resources/objectStorage/:osId
      no DELETE ns/resources/objectStorage/:osId
      none GET ns/resources/objectStorage/:osId/cors
      no PUT,DELETE ns/resources/objectStorage/:osId/cors
      none GET ns/resources/objectStorage/:osId/location
      none GET ns/resources/objectStorage/:osId/object
      no DELETE ns/resources/objectStorage/:osId/object/:objectKey
      no POST ns/resources/objectStorage/:osId/object/:objectKey/presignedUrl
      no PUT ns/resources/objectStorage/:osId/reconcile
      none GET ns/resources/objectStorage/:osId/versioning
      no PUT ns/resources/objectStorage/:osId/versioning
      none GET ns/resources/objectStorage/:osId/versions
      no DELETE ns/resources/objectStorage/:osId/versions/:objectKey
      no GET /objectStorage/support
      [rdbms] GET ns/resources/rdbms
      no POST ns/resources/rdbms
      no PUT ns/resources/rdbms/reconcile
      no POST ns/resources/rdbms/reconcile/prune
      no POST ns/resources/rdbms/validate
      none GET ns/resources/rdbms/:rdbmsId
      no DELETE ns/resources/rdbms/:rdbmsId
      none GET ns/resources/rdbms/:rdbmsId/database
      no POST ns/resources/rdbms/:rdbmsId/database
      no DELETE ns/resources/rdbms/:rdbmsId/database/:dbName
      no PUT ns/resources/rdbms/:rdbmsId/reconcile
      no GET /rdbms/support
      no GET /rdbms/capability
      no GET /resources/globalDns/hostedZone admin
      no GET /resources/globalDns/record admin
      no PUT,DELETE /resources/globalDns/record
      no DELETE /resources/globalDns/records`,
  },
  {
    what: 'Monitoring, policies, benchmarks, autopilot',
    reason: 'this platform does not have it',
    routes: `
      no GET ns/monitoring/infra/:infraId/metric/:metric
      no POST ns/monitoring/install/infra/:infraId
      no PUT ns/monitoring/status/infra/:infraId/node/:nodeId
      [infraPolicy] GET ns/policy/infra
      no DELETE ns/policy/infra
      none GET ns/policy/infra/:infraId
      no POST,PUT,DELETE ns/policy/infra/:infraId
      no POST ns/installBenchmarkAgent/infra/:infraId
      no POST ns/benchmark/infra/:infraId
      no POST ns/benchmarkAll/infra/:infraId
      no GET ns/benchmarkLatency/infra/:infraId operate
      no POST ns/infraAutopilot
      no POST ns/infraAutopilotReview
      none GET ns/infraAutopilot/:infraId/status
      none GET /provisioning/log/:specId
      no DELETE /provisioning/log/:specId
      none GET /provisioning/risk/:specId
      none GET /provisioning/risk/detailed
      no POST /provisioning/event`,
  },
  {
    what: "The server's own inside",
    reason: 'the console has no such inside',
    routes: `
      [config] GET /config admin
      no POST,DELETE /config
      none GET /config/:configId admin
      no DELETE /config/:configId
      none GET /object admin
      no DELETE /object
      none GET /objects admin
      no DELETE /objects
      no POST /forward/*
      no DELETE /readyz/init
      no POST /systemInfra
      no PUT /mergeCSPLabel/:labelType/:uid
      no POST /util/net/design user
      no POST /util/net/validate user
      no POST /util/vNet/design user`,
  },
];
