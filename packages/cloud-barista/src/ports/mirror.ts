import type {
  Change,
  CloudMessage,
  ItemState,
  NamespaceRecord,
  NodeStatus,
  NodeStatusChange,
  OperationKind,
  Target,
} from '@waterstrider/contract';

/** A change of the read model, without when it was looked at. */
export type ChangeSet = Omit<Change, 'kind' | 'observedAt'>;

export type MirroredCredential = {
  id: string;
  name: string;
  provider: string;
  valueKeys: string[];
  /** Regions that are shown; empty: all. */
  regions: string[];
  /** Namespaces that may use it; undefined: all. */
  namespaceIds?: string[];
  connections: number;
  createdAt: string;
};

export type MirroredConnection = {
  id: string;
  name: string;
  credentialId: string;
  credential: string;
  provider: string;
  region: string;
  zones: string[];
  state: 'Verifying' | 'Verified' | 'Failed';
  disabled: boolean;
  namespaceIds?: string[];
  reachable: boolean;
};

export type MirroredInfra = {
  id: string;
  namespaceId: string;
  /** Upstream's own id of the object; a successor of the same name has another. Absent until upstream has shown it. */
  uid?: string;
  name: string;
  description: string;
  labels: Record<string, string>;
  policy: 'continue' | 'refine' | 'rollback';
  phase?: 'Preparing' | 'Prepared';
  runningOperation?: string;
  createdBy: string;
  createdAt?: string;
};

export type MirroredGroup = {
  id: string;
  infraId: string;
  name: string;
  position: number;
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
};

export type MirroredNode = {
  id: string;
  namespaceId: string;
  infraId: string;
  groupId: string;
  uid?: string;
  name: string;
  /** Number at the end of the name. */
  index: number;
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
  costPerHourUsd?: number;
  status: NodeStatus;
  targetStatus: 'Running' | 'Suspended' | 'Terminated';
  targetAction?: 'create' | 'suspend' | 'resume' | 'reboot' | 'terminate';
  cspId?: string;
  publicIp?: string;
  privateIp?: string;
  error?: CloudMessage;
  operationId?: string;
  createdAt?: string;
};

/** When a call's items are done. */
export type CallGoal =
  'create' | 'hold' | 'suspend' | 'resume' | 'reboot' | 'terminate' | 'remove' | 'resolve' | 'credential' | 'answer';

/**
 * A changing request to Tumblebug, written down before it is sent. `sent` without a living sender is never sent again: its outcome is
 * read from Tumblebug's request log and from the object. Bodies hold no secret.
 */
export type Call = {
  id: string;
  operationId: string;
  namespaceId?: string;
  infraId?: string;
  goal: CallGoal;
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  path: string;
  query?: Record<string, string>;
  body?: unknown;
  /** Ids of the task's items that hang on it. */
  items: string[];
  /** `held`: a creation that upstream holds back; its answer comes after continue or withdraw. */
  state: 'waiting' | 'sent' | 'held' | 'answered' | 'settled';
  error?: CloudMessage;
  /** What upstream said beside success, as far as it is used: errors by the server's name. */
  creationErrors?: { name: string; message: string }[];
  createdAt?: string;
  sentAt?: string;
  answeredAt?: string;
};

export type OpenTask = {
  id: string;
  kind: OperationKind;
  state: string;
  total: number;
  done: number;
  failed: number;
  other: number;
  open: number;
};

/** One unit of change: all of it is kept, or nothing; what it touched is announced when it commits. */
export type MirrorTransaction = {
  namespaceByName(nameOrId: string): Promise<NamespaceRecord | undefined>;
  namespaces(): Promise<NamespaceRecord[]>;
  insertNamespace(namespace: { id: string; name: string; description: string }): Promise<'ok' | 'exists'>;
  updateNamespace(id: string, description: string): Promise<void>;
  /** With everything in it. */
  dropNamespace(id: string): Promise<void>;
  namespaceContents(id: string): Promise<{ kind: string; name: string }[]>;

  credentials(): Promise<MirroredCredential[]>;
  putCredentials(rows: Omit<MirroredCredential, 'connections' | 'createdAt'>[]): Promise<void>;
  /** Every connection; those of `names` or ids only when given. */
  connections(namesOrIds?: string[]): Promise<MirroredConnection[]>;
  /** Writes what is observed; `disabled` is the console's own and stays. `observedAt` is set to now. */
  putConnections(
    rows: (Omit<MirroredConnection, 'credential' | 'disabled' | 'namespaceIds'> & { error?: CloudMessage })[],
  ): Promise<void>;
  setDisabled(id: string, disabled: boolean): Promise<void>;
  /** They were just read; told to nobody. */
  markConnectionsObserved(): Promise<void>;
  /** Of all connections: does the platform answer? Announces those that change. */
  setReachable(reachable: boolean): Promise<void>;
  /** Those that no server uses. */
  dropUnusedConnections(ids: string[]): Promise<void>;

  /** Locks them against other writers. */
  infras(namespaceId: string): Promise<MirroredInfra[]>;
  groupsIn(namespaceId: string): Promise<MirroredGroup[]>;
  nodesIn(namespaceId: string): Promise<MirroredNode[]>;
  putInfras(rows: MirroredInfra[]): Promise<void>;
  putGroups(rows: MirroredGroup[]): Promise<void>;
  putNodes(rows: MirroredNode[]): Promise<void>;
  deleteInfra(id: string): Promise<void>;
  /** Those without servers. */
  deleteGroup(id: string): Promise<void>;
  deleteNodes(ids: string[]): Promise<void>;

  addItems(operationId: string, items: { target: Target; state?: ItemState }[]): Promise<void>;
  moveItems(
    operationId: string,
    items: { targetId: string; state: ItemState; step?: string | undefined; error?: CloudMessage | undefined }[],
  ): Promise<void>;
  itemsOf(operationId: string, states?: ItemState[]): Promise<{ target: Target; state: ItemState }[]>;
  lockOperations(ids: string[]): Promise<OpenTask[]>;
  finishOperation(
    id: string,
    state: 'succeeded' | 'partial' | 'failed' | 'cancelled',
    error?: CloudMessage,
  ): Promise<void>;
  reopenOperation(id: string): Promise<void>;

  insertCalls(calls: Call[]): Promise<void>;
  /** Not settled ones; of one task only when given. Locked, in the order in which they were made. */
  openCalls(operationId?: string): Promise<Call[]>;
  /** Another task goes on with it: a held creation that continues. */
  reassignCall(id: string, change: { operationId: string; goal: CallGoal; items: string[] }): Promise<void>;
  /** All of a task. */
  callsOf(operationId: string): Promise<Call[]>;
  writeCall(
    id: string,
    change: {
      state: Call['state'];
      error?: CloudMessage;
      creationErrors?: { name: string; message: string }[];
      /** With `waiting`: not sent before. */
      notBefore?: Date;
    },
  ): Promise<void>;
};

/**
 * Where the adapter keeps what it observes of a Cloud-Barista, and its tasks: every replica reads it, one of them writes.
 */
export type Mirror = {
  /** Runs again by itself after a deadlock. */
  transaction<Result>(run: (tx: MirrorTransaction) => Promise<Result>): Promise<Result>;
  snapshot(): Promise<ChangeSet>;
  changesAfter(sequence: number, limit: number): Promise<ChangeSet | undefined>;
  sequence(): Promise<number>;
  /** `change`: something was announced; `work`: calls wait. Returns how to stop. */
  listen(topic: 'change' | 'work', callback: () => void): Promise<() => Promise<void>>;
  nodeHistory(nodeId: string, limit: number): Promise<NodeStatusChange[]>;
  /** Marks waiting calls as sent and returns them: they are the caller's to send. */
  takeCalls(limit: number): Promise<Call[]>;
  /** Takes, keeps or finds taken the right to watch this upstream; true: it is ours for `leaseMs`. Forced: whoever has it. */
  holdWatch(owner: string, leaseMs: number, isForced?: boolean): Promise<boolean>;
  releaseWatch(owner: string): Promise<void>;
  /** Things that are read whole: the list of clouds, how the frameworks are. */
  document(name: string): Promise<{ body: unknown; writtenAt: string } | undefined>;
  writeDocument(name: string, body: unknown): Promise<void>;
};
