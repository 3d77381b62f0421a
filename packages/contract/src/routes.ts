/**
 * Name -> method and path of every row. Free of zod: the web app's client is made from this table alone.
 * `:x` are path parameters.
 */
export const routes = {
  getSetup: ['GET', '/api/setup'],
  completeSetup: ['POST', '/api/setup'],
  createSession: ['POST', '/api/session'],
  getSession: ['GET', '/api/session'],
  deleteSession: ['DELETE', '/api/session'],
  changePassword: ['PUT', '/api/account/password'],
  listApiTokens: ['GET', '/api/account/tokens'],
  createApiToken: ['POST', '/api/account/tokens'],
  deleteApiToken: ['DELETE', '/api/account/tokens/:token'],
  listUsers: ['GET', '/api/users'],
  createUser: ['POST', '/api/users'],
  updateUser: ['PUT', '/api/users/:user'],
  resetPassword: ['PUT', '/api/users/:user/password'],
  deleteUser: ['DELETE', '/api/users/:user'],
  listAudit: ['GET', '/api/audit'],

  listNamespaces: ['GET', '/api/ns'],
  createNamespace: ['POST', '/api/ns'],
  getNamespace: ['GET', '/api/ns/:ns'],
  updateNamespace: ['PUT', '/api/ns/:ns'],
  deleteNamespace: ['DELETE', '/api/ns/:ns'],

  listClouds: ['GET', '/api/clouds'],
  listDrivers: ['GET', '/api/drivers'],
  trySimulatedClouds: ['POST', '/api/simulated-clouds'],
  listCredentials: ['GET', '/api/credentials'],
  createCredential: ['POST', '/api/credentials'],
  getCredential: ['GET', '/api/credentials/:credential'],
  updateCredential: ['PUT', '/api/credentials/:credential'],
  deleteCredential: ['DELETE', '/api/credentials/:credential'],
  listConnections: ['GET', '/api/connections'],
  getConnection: ['GET', '/api/connections/:connection'],
  verifyConnection: ['POST', '/api/connections/:connection/verify'],
  disableConnection: ['POST', '/api/connections/:connection/disable'],
  enableConnection: ['POST', '/api/connections/:connection/enable'],
  deleteConnection: ['DELETE', '/api/connections/:connection'],

  listSpecs: ['GET', '/api/specs'],
  listImages: ['GET', '/api/images'],

  reviewInfra: ['POST', '/api/ns/:ns/infra/review'],
  createInfra: ['POST', '/api/ns/:ns/infra'],
  listInfra: ['GET', '/api/ns/:ns/infra'],
  getInfra: ['GET', '/api/ns/:ns/infra/:infra'],
  updateInfra: ['PUT', '/api/ns/:ns/infra/:infra'],
  deleteInfra: ['DELETE', '/api/ns/:ns/infra/:infra'],
  actOnInfra: ['POST', '/api/ns/:ns/infra/:infra/actions'],
  actOnMany: ['POST', '/api/ns/:ns/actions'],
  addNodeGroup: ['POST', '/api/ns/:ns/infra/:infra/nodegroups'],
  scaleNodeGroup: ['POST', '/api/ns/:ns/infra/:infra/nodegroups/:nodeGroup/scale'],
  listResources: ['GET', '/api/ns/:ns/resources'],

  listNodes: ['GET', '/api/ns/:ns/nodes'],
  getNode: ['GET', '/api/ns/:ns/nodes/:node'],
  getNodeHistory: ['GET', '/api/ns/:ns/nodes/:node/history'],

  listOperations: ['GET', '/api/operations'],
  getOperation: ['GET', '/api/operations/:operation'],
  retryOperation: ['POST', '/api/operations/:operation/retry'],
  cancelOperation: ['POST', '/api/operations/:operation/cancel'],

  getOverview: ['GET', '/api/overview'],
  getNsOverview: ['GET', '/api/ns/:ns/overview'],
  streamEvents: ['GET', '/api/events'],

  getAbout: ['GET', '/api/about'],
  getPlatform: ['GET', '/api/platform'],
  testPlatform: ['POST', '/api/platform/test'],
  savePlatformSettings: ['PUT', '/api/platform/settings'],
  deletePlatformSettings: ['DELETE', '/api/platform/settings'],
  listCloudSystems: ['GET', '/api/cloud-systems'],
  getConnectionQuota: ['GET', '/api/connections/:connection/quota'],
  getConnectionPrices: ['GET', '/api/connections/:connection/prices'],
  getCloudMetric: ['GET', '/api/ns/:ns/nodes/:node/cloud-metrics'],

  listSimServers: ['GET', '/api/sim/servers'],
  createSimServer: ['POST', '/api/sim/servers'],
  changeSimServer: ['POST', '/api/sim/servers/:server'],
  setSimChurn: ['POST', '/api/sim/churn'],
  setSimFaults: ['POST', '/api/sim/faults'],
} as const satisfies Record<string, readonly ['GET' | 'POST' | 'PUT' | 'DELETE', string]>;

export type RouteName = keyof typeof routes;
