import { z } from 'zod';
import { auditEntry } from './audit/audit.ts';
import { image, imageQuery, spec, specQuery } from './catalogue/catalogue.ts';
import { cloud, driver } from './cloud/cloud.ts';
import { connection, connectionPath } from './connection/connection.ts';
import { credential, credentialChange, credentialInput, credentialPath } from './credential/credential.ts';
import { eventQuery } from './events/events.ts';
import * as identity from './identity/identity.ts';
import {
  bulkActionInput,
  createdInfra,
  deleteInfraQuery,
  infra,
  infraActionInput,
  infraChange,
  infraInput,
  infraPath,
  infraReview,
  nodeGroupInput,
  nodeGroupPath,
  resource,
  scaleInput,
} from './infra/infra.ts';
import { listQuery, page } from './list.ts';
import { namespace, namespaceChange, namespaceInput, nsPath } from './namespace/namespace.ts';
import { node, nodePath, nodeStatusChange } from './node/node.ts';
import { accepted, operation, operationPath } from './operation/operation.ts';
import { nsOverview, overview } from './overview/overview.ts';
import { row, type Row, type RowInput, type RowOutput, type RowRequest } from './row.ts';
import * as simulation from './simulation/simulation.ts';
import { about, platformInfo } from './system/system.ts';
import { reference } from './text.ts';

const items = <Item extends z.ZodType>(item: Item) => z.object({ items: z.array(item) });
const platformWrite = { keeper: 'platform', effect: 'write' } as const;
const platformOperate = { keeper: 'platform', effect: 'operate' } as const;
const inNs = listQuery.extend({ ns: reference.optional() });

/** Every promise of the product. The server, the client, the OpenAPI document, the permission matrix and the audit trail are read from here. */
export const rows = {
  getSetup: row('getSetup', {
    summary: 'Is the first administrator still to be made?',
    permission: 'public',
    output: identity.setupState,
  }),
  completeSetup: row('completeSetup', {
    summary: 'Choose the password of `admin`, once',
    permission: 'public',
    effect: 'write',
    status: 201,
    input: identity.setupInput,
    output: identity.session,
    errors: ['setup_done', 'setup_code', 'throttled'],
  }),
  createSession: row('createSession', {
    summary: 'Sign in',
    permission: 'public',
    effect: 'write',
    input: identity.loginInput,
    output: identity.session,
    errors: ['wrong_credentials', 'throttled'],
  }),
  getSession: row('getSession', { summary: 'Who am I?', permission: 'user', output: identity.session }),
  deleteSession: row('deleteSession', { summary: 'Sign out', permission: 'user', effect: 'write' }),
  changePassword: row('changePassword', {
    summary: 'Change my password; ends my other sessions',
    permission: 'user',
    effect: 'write',
    input: identity.passwordChange,
    errors: ['wrong_credentials', 'throttled'],
  }),
  listApiTokens: row('listApiTokens', {
    summary: 'My API tokens',
    permission: 'user',
    output: items(identity.apiToken),
  }),
  createApiToken: row('createApiToken', {
    summary: 'Make an API token; it is shown once',
    permission: 'user',
    effect: 'write',
    status: 201,
    input: identity.apiTokenInput,
    output: identity.newApiToken,
  }),
  deleteApiToken: row('deleteApiToken', {
    summary: 'Revoke one of my API tokens',
    permission: 'user',
    effect: 'write',
    params: identity.tokenPath,
    errors: ['not_found'],
  }),
  listUsers: row('listUsers', {
    summary: 'Users and their roles',
    permission: 'admin',
    query: listQuery,
    output: page(identity.user),
  }),
  createUser: row('createUser', {
    summary: 'Add a user',
    permission: 'admin',
    effect: 'write',
    status: 201,
    input: identity.userInput,
    output: identity.user,
    errors: ['exists', 'not_found'],
  }),
  updateUser: row('updateUser', {
    summary: 'Change rights, or disable; open sessions and streams follow at once',
    permission: 'admin',
    effect: 'write',
    params: identity.userPath,
    input: identity.userChange,
    output: identity.user,
    errors: ['not_found', 'wrong_state'],
  }),
  resetPassword: row('resetPassword', {
    summary: 'Set the password of another user; ends their sessions',
    permission: 'admin',
    effect: 'write',
    params: identity.userPath,
    input: identity.passwordReset,
    errors: ['not_found'],
  }),
  deleteUser: row('deleteUser', {
    summary: 'Remove a user',
    permission: 'admin',
    effect: 'write',
    params: identity.userPath,
    errors: ['not_found', 'wrong_state'],
  }),
  listAudit: row('listAudit', {
    summary: 'Who changed what',
    permission: 'admin',
    query: listQuery.extend({ from: z.string().max(40).optional(), to: z.string().max(40).optional() }),
    output: page(auditEntry),
  }),

  listNamespaces: row('listNamespaces', {
    summary: 'Namespaces one is a member of',
    permission: 'user',
    query: listQuery,
    output: page(namespace),
  }),
  createNamespace: row('createNamespace', {
    ...platformWrite,
    summary: 'Make a namespace',
    permission: 'admin',
    status: 201,
    input: namespaceInput,
    output: namespace,
    errors: ['exists'],
  }),
  getNamespace: row('getNamespace', {
    summary: 'One namespace',
    permission: 'viewer',
    params: nsPath,
    output: namespace,
    errors: ['not_found'],
  }),
  updateNamespace: row('updateNamespace', {
    ...platformWrite,
    summary: 'Describe a namespace',
    permission: 'admin',
    params: nsPath,
    input: namespaceChange,
    output: namespace,
    errors: ['not_found'],
  }),
  deleteNamespace: row('deleteNamespace', {
    ...platformWrite,
    summary: 'Delete an empty namespace; else 409 with what is in it',
    permission: 'admin',
    params: nsPath,
    errors: ['not_found', 'in_use'],
  }),

  listClouds: row('listClouds', {
    summary: 'Providers, their regions and credential forms',
    permission: 'user',
    output: items(cloud),
  }),
  listDrivers: row('listDrivers', {
    summary: 'Drivers and what they can do',
    permission: 'user',
    output: items(driver),
  }),
  trySimulatedClouds: row('trySimulatedClouds', {
    ...platformOperate,
    summary: 'One click: a namespace and a connection set for every simulated cloud',
    permission: 'admin',
    status: 202,
    output: z.object({ operation, namespace: z.string() }),
    errors: ['unsupported'],
  }),
  listCredentials: row('listCredentials', {
    summary: 'Credentials one may use, without their values',
    permission: 'user',
    query: listQuery,
    output: page(credential),
  }),
  createCredential: row('createCredential', {
    ...platformOperate,
    summary: 'Add a credential; each of its regions becomes a connection and is verified',
    permission: 'admin',
    status: 202,
    input: credentialInput,
    output: z.object({ credential, operation }),
    errors: ['exists', 'not_found', 'repeat_differs'],
  }),
  getCredential: row('getCredential', {
    summary: 'One credential, without its values',
    permission: 'user',
    params: credentialPath,
    output: credential,
    errors: ['not_found'],
  }),
  updateCredential: row('updateCredential', {
    ...platformOperate,
    summary: 'Replace values, regions or the namespaces that may use it',
    permission: 'admin',
    status: 202,
    params: credentialPath,
    input: credentialChange,
    output: z.object({ credential, operation }),
    errors: ['not_found', 'in_use', 'repeat_differs'],
  }),
  deleteCredential: row('deleteCredential', {
    ...platformWrite,
    summary: 'Delete an unused credential and its connections',
    permission: 'admin',
    params: credentialPath,
    errors: ['not_found', 'in_use'],
  }),
  listConnections: row('listConnections', {
    summary: 'Connections one may use',
    permission: 'user',
    query: inNs,
    output: page(connection),
  }),
  getConnection: row('getConnection', {
    summary: 'One connection',
    permission: 'user',
    params: connectionPath,
    output: connection,
    errors: ['not_found'],
  }),
  verifyConnection: row('verifyConnection', {
    ...platformOperate,
    summary: 'Ask the cloud whether the credential works in this region',
    permission: 'admin',
    status: 202,
    params: connectionPath,
    output: z.object({ operation, connection }),
    errors: ['not_found', 'wrong_state', 'repeat_differs'],
  }),
  disableConnection: row('disableConnection', {
    ...platformWrite,
    summary: 'No new servers here; existing ones stay in sight',
    permission: 'admin',
    params: connectionPath,
    output: connection,
    errors: ['not_found'],
  }),
  enableConnection: row('enableConnection', {
    ...platformWrite,
    summary: 'Use it again',
    permission: 'admin',
    params: connectionPath,
    output: connection,
    errors: ['not_found'],
  }),
  deleteConnection: row('deleteConnection', {
    ...platformWrite,
    summary: 'Delete an unused connection',
    permission: 'admin',
    params: connectionPath,
    errors: ['not_found', 'in_use'],
  }),

  listSpecs: row('listSpecs', {
    summary: 'Server sizes, cheapest first, unknown prices last',
    permission: 'user',
    query: specQuery,
    output: page(spec),
    errors: ['not_found'],
  }),
  listImages: row('listImages', {
    summary: 'Images, those that fit a spec',
    permission: 'user',
    query: imageQuery,
    output: page(image),
    errors: ['not_found'],
  }),

  reviewInfra: row('reviewInfra', {
    summary: 'What creating this would do and cost; nothing is made',
    permission: 'operator',
    params: nsPath,
    input: infraInput,
    output: infraReview,
    errors: ['not_found'],
  }),
  createInfra: row('createInfra', {
    ...platformOperate,
    summary: 'Create a service (MCIS) over one or several clouds',
    permission: 'operator',
    status: 202,
    params: nsPath,
    input: infraInput,
    output: createdInfra,
    errors: ['not_found', 'exists', 'wrong_state', 'repeat_differs'],
  }),
  listInfra: row('listInfra', {
    summary: 'MCIS of a namespace',
    permission: 'viewer',
    params: nsPath,
    query: listQuery,
    output: page(infra),
    errors: ['not_found'],
  }),
  getInfra: row('getInfra', {
    summary: 'One MCIS',
    permission: 'viewer',
    params: infraPath,
    output: infra,
    errors: ['not_found'],
  }),
  updateInfra: row('updateInfra', {
    ...platformWrite,
    summary: 'Describe and label an MCIS',
    permission: 'operator',
    params: infraPath,
    input: infraChange,
    output: infra,
    errors: ['not_found'],
  }),
  deleteInfra: row('deleteInfra', {
    ...platformOperate,
    summary: 'Delete an MCIS whose servers are terminated; `option=terminate` terminates them first',
    permission: 'operator',
    status: 202,
    params: infraPath,
    query: deleteInfraQuery,
    output: accepted,
    errors: ['not_found', 'wrong_state', 'busy', 'repeat_differs'],
  }),
  actOnInfra: row('actOnInfra', {
    ...platformOperate,
    summary: 'Suspend, resume, reboot, terminate, refine, continue, withdraw',
    permission: 'operator',
    status: 202,
    params: infraPath,
    input: infraActionInput,
    output: accepted,
    errors: ['not_found', 'wrong_state', 'busy', 'repeat_differs', 'unsupported'],
  }),
  actOnMany: row('actOnMany', {
    ...platformOperate,
    summary: 'One action over several MCIS and servers',
    permission: 'operator',
    status: 202,
    params: nsPath,
    input: bulkActionInput,
    output: accepted,
    errors: ['not_found', 'wrong_state', 'busy', 'repeat_differs', 'unsupported'],
  }),
  addNodeGroup: row('addNodeGroup', {
    ...platformOperate,
    summary: 'Add a server group',
    permission: 'operator',
    status: 202,
    params: infraPath,
    input: nodeGroupInput,
    output: accepted,
    errors: ['not_found', 'exists', 'wrong_state', 'busy', 'repeat_differs'],
  }),
  scaleNodeGroup: row('scaleNodeGroup', {
    ...platformOperate,
    summary: 'Scale a group out or in',
    permission: 'operator',
    status: 202,
    params: nodeGroupPath,
    input: scaleInput,
    output: accepted,
    errors: ['not_found', 'wrong_state', 'busy', 'repeat_differs'],
  }),
  listResources: row('listResources', {
    summary: 'Networks, firewalls and keys made for this namespace',
    permission: 'viewer',
    params: nsPath,
    query: listQuery,
    output: page(resource),
    errors: ['not_found'],
  }),

  listNodes: row('listNodes', {
    summary: 'Servers of a namespace',
    permission: 'viewer',
    params: nsPath,
    query: listQuery,
    output: page(node),
    errors: ['not_found'],
  }),
  getNode: row('getNode', {
    summary: 'One server',
    permission: 'viewer',
    params: nodePath,
    output: node,
    errors: ['not_found'],
  }),
  getNodeHistory: row('getNodeHistory', {
    summary: 'Its states over time, newest first',
    permission: 'viewer',
    params: nodePath,
    query: z.strictObject({ limit: z.coerce.number().int().min(1).max(500).default(100) }),
    output: items(nodeStatusChange),
    errors: ['not_found'],
  }),

  listOperations: row('listOperations', {
    summary: 'Tasks one may see, newest first',
    permission: 'user',
    query: inNs,
    output: page(operation),
    errors: ['not_found'],
  }),
  getOperation: row('getOperation', {
    summary: 'One task with its items',
    permission: 'user',
    params: operationPath,
    output: operation,
    errors: ['not_found'],
  }),
  retryOperation: row('retryOperation', {
    ...platformOperate,
    summary: 'Try the failed items again',
    permission: 'user',
    status: 202,
    params: operationPath,
    output: accepted,
    errors: ['not_found', 'forbidden', 'wrong_state', 'busy', 'repeat_differs', 'unsupported'],
  }),
  cancelOperation: row('cancelOperation', {
    ...platformOperate,
    summary: 'Do not start what has not started',
    permission: 'user',
    status: 202,
    params: operationPath,
    output: accepted,
    errors: ['not_found', 'forbidden', 'wrong_state', 'unsupported', 'repeat_differs'],
  }),

  getOverview: row('getOverview', {
    summary: 'Counts and cost over all namespaces one may see',
    permission: 'user',
    output: overview,
  }),
  getNsOverview: row('getNsOverview', {
    summary: 'Counts and cost of a namespace',
    permission: 'viewer',
    params: nsPath,
    output: nsOverview,
    errors: ['not_found'],
  }),
  streamEvents: row('streamEvents', {
    summary: 'Changes as server-sent events',
    permission: 'user',
    query: eventQuery,
    status: 200,
    errors: ['not_found'],
  }),

  getAbout: row('getAbout', { summary: 'Version and platform', permission: 'user', output: about }),
  getPlatform: row('getPlatform', {
    summary: 'Health, database, replicas, sizes',
    permission: 'admin',
    output: platformInfo,
  }),

  listSimServers: row('listSimServers', {
    summary: 'The simulated world as it is',
    permission: 'admin',
    query: simulation.simServerQuery,
    output: items(simulation.simServer),
    errors: ['unsupported'],
  }),
  createSimServer: row('createSimServer', {
    summary: 'Make a server outside',
    permission: 'admin',
    effect: 'operate',
    status: 201,
    input: simulation.simServerInput,
    output: simulation.simServer,
    errors: ['not_found', 'unsupported'],
  }),
  changeSimServer: row('changeSimServer', {
    summary: 'Change or remove a server outside',
    permission: 'admin',
    effect: 'operate',
    params: simulation.simServerPath,
    input: simulation.simServerChange,
    output: simulation.simServer,
    errors: ['not_found', 'unsupported'],
  }),
  setSimChurn: row('setSimChurn', {
    summary: 'Let servers change state from outside',
    permission: 'admin',
    effect: 'operate',
    input: simulation.churnInput,
    output: simulation.churnInput,
    errors: ['unsupported'],
  }),
  setSimFaults: row('setSimFaults', {
    summary: 'Make the simulated clouds unkind',
    permission: 'admin',
    effect: 'operate',
    input: simulation.faultsInput,
    output: simulation.faultsInput,
    errors: ['unsupported'],
  }),
} as const satisfies Record<string, Row>;

export type Rows = typeof rows;
export type RowName = keyof Rows;
export type RequestOf<Name extends RowName> = RowRequest<Rows[Name]>;
export type InputOf<Name extends RowName> = RowInput<Rows[Name]>;
export type OutputOf<Name extends RowName> = RowOutput<Rows[Name]>;
export type PlatformRowName = { [Name in RowName]: Rows[Name]['keeper'] extends 'platform' ? Name : never }[RowName];
