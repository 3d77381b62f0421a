import type {
  ConnectionRecord,
  InfraInput,
  InfraRecord,
  ItemState,
  NamespaceRecord,
  Node,
  NodeStatus,
  NodeStatusChange,
  OperationKind,
  Target,
} from '@waterstrider/contract';
import type { ResourceKind } from './cloud-driver.ts';

export type CloudWords = { code: string; message: string };
export type CredentialRecord = {
  id: string;
  name: string;
  provider: string;
  secret: Buffer;
  valueKeys: string[];
  regions: string[];
  /** Ids of the namespaces that may use it; undefined: all. */
  namespaceIds?: string[];
  /** Grows with each change of the values. */
  version: number;
  connections: number;
  createdAt: string;
};

/** A connection as the engine works with it. */
export type ConnectionRow = {
  id: string;
  name: string;
  credentialId: string;
  provider: string;
  region: string;
  zones: string[];
  state: 'Verifying' | 'Verified' | 'Failed';
  disabled: boolean;
  namespaceIds?: string[];
  /** Task of the verification that is due. */
  verifyOperation?: string;
  verifyDue: boolean;
  observeDueAt: Date;
  reachable: boolean;
  /** Grows whenever work was added: a worker that saw less must look again. */
  wake: number;
};

export type TargetAction = 'create' | 'suspend' | 'resume' | 'reboot' | 'terminate';

/** A server with what the reconciler needs beside what is shown. */
export type NodeRow = {
  id: string;
  namespaceId: string;
  infraId: string;
  groupId: string;
  name: string;
  index: number;
  connectionId: string;
  provider: string;
  region: string;
  zone?: string;
  spec: string;
  image: string;
  rootDiskType?: string;
  rootDiskSizeGiB?: number;
  labels: Record<string, string>;
  status: NodeStatus;
  targetStatus: 'Running' | 'Suspended' | 'Terminated';
  targetAction?: TargetAction;
  cspId?: string;
  /** Makes a new create token after a failed one. */
  generation: number;
  /** Grows with each change of what is wanted; a result of older intent keeps its facts only. */
  intent: number;
  attempt: number;
  /** A call of the present action may have reached the cloud. */
  sentAt?: Date;
  /** The cloud has accepted the present action. */
  acceptedAt?: Date;
  dueAt?: Date;
  operationId?: string;
  /** Delete the row when it is terminated. */
  forget: boolean;
  error?: CloudWords;
  observedAt?: Date;
  createdAt: Date;
};

/** What a reconciler saw and decided for one server. Facts are always kept; `decision` only while `intent` is unchanged. */
export type NodeResult = {
  id: string;
  intent: number;
  facts: {
    cspId?: string | null;
    zone?: string;
    publicIp?: string | null;
    privateIp?: string | null;
    observedAt?: Date;
    generation?: number;
  };
  decision: {
    status: NodeStatus;
    targetStatus: 'Running' | 'Suspended' | 'Terminated';
    targetAction?: TargetAction | undefined;
    sentAt?: Date | undefined;
    acceptedAt?: Date | undefined;
    dueAt?: Date | undefined;
    attempt: number;
    error?: CloudWords | undefined;
    drift?: 'gone' | 'state' | undefined;
    forget: boolean;
    /** For the history, when the status changes. */
    reason?: string | undefined;
  };
  /** Task item that moves with it. */
  item?: { state: ItemState; step?: string; error?: CloudWords } | undefined;
};

export type ResourceRow = {
  id: string;
  namespaceId: string;
  connectionId: string;
  kind: ResourceKind;
  name: string;
  state: 'Creating' | 'Available' | 'Failed' | 'Deleting';
  cspId?: string;
  summary?: string;
  cidr?: string;
  publicKey?: string;
  attempt: number;
  error?: CloudWords;
  operationId?: string;
  createdAt: string;
};

export type InfraRow = {
  id: string;
  namespaceId: string;
  name: string;
  policy: InfraInput['policyOnPartialFailure'];
  phase?: 'Preparing' | 'Prepared';
  deleting: boolean;
  labels: Record<string, string>;
  runningOperation?: string;
};

export type GroupRow = {
  id: string;
  infraId: string;
  name: string;
  connectionId: string;
  provider: string;
  region: string;
  zone?: string;
  spec: string;
  image: string;
  os?: string;
  rootDiskType?: string;
  rootDiskSizeGiB?: number;
  labels: Record<string, string>;
  size: number;
  nextIndex: number;
  costPerHourUsd?: number;
};

export type OperationRow = {
  id: string;
  kind: OperationKind;
  state: string;
  total: number;
  done: number;
  failed: number;
  /** Items that were cancelled or are unclear. */
  other: number;
  open: number;
};

export type ChangeSet = {
  sequence: number;
  namespaces: NamespaceRecord[];
  connections: ConnectionRecord[];
  infras: InfraRecord[];
  nodes: Node[];
  operations: string[];
  removed: { namespaces: string[]; connections: string[]; infras: string[]; nodes: string[] };
};

/**
 * One unit of change: all of it is kept, or nothing. What it touched is announced when it commits, in the order of commits.
 * `lock*` holds others off until the end.
 */
export type StoreTransaction = {
  namespaceByName(nameOrId: string): Promise<NamespaceRecord | undefined>;
  insertNamespace(namespace: { id: string; name: string; description: string }): Promise<'ok' | 'exists'>;
  updateNamespace(id: string, description: string): Promise<void>;
  deleteNamespace(id: string): Promise<void>;
  /** What keeps a namespace from being deleted; at most 20 of each kind. */
  namespaceContents(id: string): Promise<{ kind: string; name: string }[]>;

  credential(nameOrId: string): Promise<CredentialRecord | undefined>;
  insertCredential(
    credential: Omit<CredentialRecord, 'connections' | 'createdAt' | 'version'>,
  ): Promise<'ok' | 'exists'>;
  updateCredential(
    id: string,
    change: { secret?: Buffer; valueKeys?: string[]; regions?: string[]; namespaceIds?: string[] | null },
  ): Promise<void>;
  deleteCredential(id: string): Promise<void>;
  connectionsOf(credentialId: string): Promise<ConnectionRow[]>;
  connection(nameOrId: string): Promise<ConnectionRow | undefined>;
  connectionsNamed(names: string[]): Promise<ConnectionRow[]>;
  insertConnections(
    rows: { id: string; name: string; credentialId: string; provider: string; region: string; zones: string[] }[],
  ): Promise<void>;
  deleteConnections(ids: string[]): Promise<void>;
  /** What keeps these connections from being deleted. */
  connectionUses(ids: string[]): Promise<{ kind: string; name: string; connectionId: string }[]>;
  requestVerify(ids: string[], operationId: string): Promise<void>;
  setDisabled(id: string, disabled: boolean): Promise<void>;
  /** Makes the connections' workers look again. */
  wake(connectionIds: string[]): Promise<void>;
  writeConnection(
    id: string,
    change: {
      state?: 'Verified' | 'Failed';
      zones?: string[];
      error?: CloudWords | null;
      verified?: boolean;
      reachable?: boolean;
      unknownServers?: number;
      observed?: boolean;
      observeDueAt?: Date;
    },
  ): Promise<void>;

  lockInfras(namespaceId: string, namesOrIds: string[]): Promise<InfraRow[]>;
  lockInfrasById(ids: string[]): Promise<InfraRow[]>;
  insertInfra(infra: {
    id: string;
    namespaceId: string;
    name: string;
    description: string;
    labels: Record<string, string>;
    policy: string;
    phase?: 'Preparing' | 'Prepared';
    createdBy: string;
    runningOperation: string;
  }): Promise<'ok' | 'exists'>;
  updateInfra(
    id: string,
    change: {
      description?: string;
      labels?: Record<string, string>;
      phase?: 'Preparing' | 'Prepared' | null;
      runningOperation?: string | null;
      deleting?: boolean;
    },
  ): Promise<void>;
  deleteInfra(id: string): Promise<void>;
  groups(infraId: string): Promise<GroupRow[]>;
  insertGroups(groups: (GroupRow & { position: number })[]): Promise<void>;
  updateGroup(id: string, change: { size?: number; nextIndex?: number }): Promise<void>;
  /** Only of a group without servers. */
  deleteGroup(id: string): Promise<void>;
  insertNodes(
    nodes: (Omit<NodeRow, 'createdAt' | 'intent' | 'attempt' | 'generation' | 'forget'> & {
      costPerHourUsd?: number;
      os?: string;
    })[],
  ): Promise<void>;
  /** Servers of infras, locked, in the order of their names' numbers. */
  lockNodes(infraIds: string[]): Promise<NodeRow[]>;
  lockNodesById(ids: string[]): Promise<NodeRow[]>;
  /** A change of what is wanted: counts up `intent`. */
  intend(
    changes: {
      id: string;
      status: NodeStatus;
      targetStatus: NodeRow['targetStatus'];
      targetAction?: TargetAction | undefined;
      operationId?: string | undefined;
      dueAt?: Date | undefined;
      forget?: boolean;
      generation?: number;
      clearError?: boolean;
      keepSent?: boolean;
      reason?: string;
      error?: CloudWords;
    }[],
  ): Promise<void>;
  /** Returns the ids that were kept whole (intent unchanged). */
  writeNodes(results: NodeResult[]): Promise<Set<string>>;
  deleteNodes(ids: string[]): Promise<void>;
  countNodes(infraId: string): Promise<number>;

  /** Holds off everybody else who decides about the namespace's shared resources, until the end of the transaction. */
  lockResources(namespaceId: string): Promise<void>;
  resources(namespaceId: string, connectionIds: string[]): Promise<ResourceRow[]>;
  insertResources(
    rows: (Pick<
      ResourceRow,
      'id' | 'namespaceId' | 'connectionId' | 'kind' | 'name' | 'cidr' | 'publicKey' | 'operationId'
    > & { secret?: Buffer })[],
  ): Promise<void>;
  /** Networks of a namespace, to find a free address range. */
  usedCidrs(namespaceId: string): Promise<string[]>;
  writeResource(
    id: string,
    change: {
      state?: ResourceRow['state'];
      cspId?: string | null;
      summary?: string;
      error?: CloudWords | null;
      attempt?: number;
      dueAt?: Date | null;
      operationId?: string | null;
    },
  ): Promise<void>;
  deleteResource(id: string): Promise<void>;
  /** Resources of the connections in the namespace that no server group uses, but those of `exceptInfra`. Locked. */
  unusedResources(namespaceId: string, connectionIds: string[], exceptInfra: string): Promise<ResourceRow[]>;
  /** Servers that wait for the resources of a connection in a namespace. */
  waitingNodes(namespaceId: string, connectionId: string): Promise<NodeRow[]>;
  infrasPreparing(namespaceId: string, connectionId: string): Promise<InfraRow[]>;

  addItems(operationId: string, items: { target: Target; state?: ItemState }[]): Promise<void>;
  moveItems(
    operationId: string,
    items: { targetId: string; state: ItemState; step?: string | undefined; error?: CloudWords | undefined }[],
  ): Promise<void>;
  itemsOf(operationId: string, states?: ItemState[]): Promise<{ target: Target; state: ItemState }[]>;
  /** Tasks that still wait for this target: several may, for a shared resource or a connection. */
  tasksWaitingFor(targetId: string): Promise<string[]>;
  /** Locks the tasks and counts their items. */
  lockOperations(ids: string[]): Promise<OperationRow[]>;
  finishOperation(
    id: string,
    state: 'succeeded' | 'partial' | 'failed' | 'cancelled',
    error?: CloudWords,
  ): Promise<void>;
  reopenOperation(id: string): Promise<void>;
  infrasOfOperation(id: string): Promise<InfraRow[]>;
  /** Servers of the task that are still to be removed. */
  forgottenOf(operationId: string): Promise<number>;
};

/** Where the engine keeps everything. */
export type Store = {
  /** Runs again by itself after a deadlock. `fence`: nothing is kept unless `owner` still holds the connection; then it throws `LeaseLost`. */
  transaction<T>(
    run: (tx: StoreTransaction) => Promise<T>,
    fence?: { connectionId: string; owner: string },
  ): Promise<T>;

  snapshot(): Promise<ChangeSet>;
  /** What changed after `sequence`; undefined when that is no longer kept. */
  changesAfter(sequence: number, limit: number): Promise<ChangeSet | undefined>;
  sequence(): Promise<number>;
  /** Calls back soon after a commit here or in another replica, `work` when a connection was woken. Returns the unsubscribe. */
  listen(topic: 'change' | 'work', callback: () => void): Promise<() => Promise<void>>;

  credentials(): Promise<CredentialRecord[]>;
  credentialById(id: string): Promise<CredentialRecord | undefined>;
  resourcesOf(
    namespaceId: string,
  ): Promise<(ResourceRow & { connection: string; provider: string; region: string; usedBy: string[] })[]>;
  nodeHistory(nodeId: string, limit: number): Promise<NodeStatusChange[]>;
  namespaceId(nameOrId: string): Promise<string | undefined>;

  /** Leases of a former life of this (embedded) database. */
  voidLeases(): Promise<void>;
  claimConnections(owner: string, leaseMs: number, limit: number): Promise<ConnectionRow[]>;
  /** Extends the leases; returns the ids still held. */
  heartbeat(owner: string, connectionIds: string[], leaseMs: number): Promise<string[]>;
  connectionRow(id: string): Promise<ConnectionRow | undefined>;
  /** Puts the connection down until its next due time, unless it was woken after `wake`. */
  releaseConnection(owner: string, id: string, wake: number): Promise<void>;
  /** Servers to work on now, without `busy` ones; creates only as many as `createCapacity` minus those being made. */
  dueNodes(
    connectionId: string,
    options: { busy: string[]; createCapacity: number; limit: number },
  ): Promise<NodeRow[]>;
  /** When the next server of the connection is due. */
  nextDue(connectionId: string): Promise<Date | undefined>;
  /** Remembers, before it goes out, that a call may have gone out. Returns the ids that may be called: those that still exist with that intent. */
  markSent(
    nodes: { id: string; intent: number }[],
    fence: { connectionId: string; owner: string },
  ): Promise<Set<string>>;
  dueResources(connectionId: string): Promise<ResourceRow[]>;
  /** Servers made on the connection, for the observer. */
  madeNodes(connectionId: string): Promise<NodeRow[]>;
};

/** The connection is worked by another replica now: stop, write nothing. */
export class LeaseLost extends Error {}
