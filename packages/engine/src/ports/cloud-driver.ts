import type { Cloud, Image, Spec } from '@waterstrider/contract';

/** The code that speaks to one kind of cloud. A missing optional member is a missing capability. Passes `describeDriver`. */
export type CloudDriver = {
  /** `sim-aws`: unique among the drivers. */
  readonly provider: string;
  readonly name: string;
  readonly version: string;
  readonly simulated: boolean;
  /** What `GET /api/clouds` shows; `credentialSchema` is the JSON Schema of `parseCredential`. */
  readonly cloud: Cloud;
  /** Port and action names: `compute`, `network`, `suspend`, `zones`, `rootDisk` ... */
  readonly capabilities: readonly string[];
  readonly limits: DriverLimits;
  /** Throws `DomainError('invalid')` with the fields' issues; returns what may be stored. */
  parseCredential(values: Record<string, string>): Record<string, string>;
  /** Specs of a region with list prices; throws `not_found` for an unknown region. */
  specs(region: string): Promise<Spec[]>;
  images(region: string): Promise<Image[]>;
  /** Cheap; opens nothing before the first call. */
  connect(request: { credential: Record<string, string>; region: string }): CloudSession;
};

/** Durations are real milliseconds: a simulator divides by its speed. */
export type DriverLimits = {
  requestsPerSecond: number;
  /** Servers that may be in creation at once, per account and region. */
  concurrentCreates: number;
  /** Calls in flight at once. */
  concurrentRequests: number;
  /** Lists may lag a change by this long; after an unclear create the engine waits this long before it looks and creates again. */
  consistencyWindowMs: number;
  /** How often a server in transition is looked at. */
  pollIntervalMs: number;
  /** Typical time until a created server runs. */
  createMs: number;
  /** Whether `token` makes a repeated create return the first result. */
  idempotentCreate: boolean;
};

/** One account in one region. Every method throws `CloudError`, and stops waiting when `signal` aborts. */
export type CloudSession = {
  /** Proves that the credential works here; returns the zones this account may use. */
  verify(signal?: AbortSignal): Promise<{ zones: string[] }>;
  /** Servers that may still be made; undefined where the cloud does not say. */
  quota(signal?: AbortSignal): Promise<{ serversLeft: number | undefined }>;
  compute: ComputePort;
  network: NetworkPort;
};

export type CloudServerState =
  'creating' | 'running' | 'stopping' | 'stopped' | 'starting' | 'rebooting' | 'deleting' | 'deleted' | 'failed';

export type CloudServer = {
  id: string;
  name: string;
  /** The mark given at creation; undefined: not ours. */
  tag?: string;
  state: CloudServerState;
  zone?: string;
  publicIp?: string;
  privateIp?: string;
  /** Why it failed, in the cloud's words. */
  error?: { code: string; message: string };
  createdAt: string;
};

export type CreateServerRequest = {
  /** The same token with the same body gives the same server, the same token with another body is refused (where the cloud has tokens). */
  token: string;
  /** Kept by the cloud on the server: how its owner is found again. */
  tag: string;
  name: string;
  specName: string;
  cspImageId: string;
  zone?: string;
  subnetId: string;
  securityGroupId: string;
  sshKeyId: string;
  rootDiskType?: string;
  rootDiskSizeGiB?: number;
  labels: Record<string, string>;
};

export type ComputePort = {
  /** Returns when the cloud has accepted, not when the server runs. Not idempotent unless `limits.idempotentCreate`. */
  createServer(request: CreateServerRequest, signal?: AbortSignal): Promise<CloudServer>;
  /** Fresh states by id, at most 100 ids a call; those that do not exist (any more) are left out. */
  getServers(ids: readonly string[], signal?: AbortSignal): Promise<CloudServer[]>;
  /** Everything in this account and region, strangers too; may lag by `consistencyWindowMs`. Pages inside. */
  listServers(signal?: AbortSignal): Promise<CloudServer[]>;
  /** Servers by our tags, at most 100 a call; may lag as the list does. */
  findServers(tags: readonly string[], signal?: AbortSignal): Promise<CloudServer[]>;
  /** Each returns when accepted; repeating one that is done or under way is harmless. */
  suspendServer?(id: string, signal?: AbortSignal): Promise<void>;
  resumeServer?(id: string, signal?: AbortSignal): Promise<void>;
  rebootServer?(id: string, signal?: AbortSignal): Promise<void>;
  /** `not_found` counts as done. */
  terminateServer?(id: string, signal?: AbortSignal): Promise<void>;
};

export type CloudResource = { id: string; name: string; tag?: string; summary?: string };

/**
 * Networks, subnets, firewalls, keys. Creates are idempotent by `tag`: the driver finds its earlier result; they return when usable.
 * Deletes of what is gone succeed.
 */
export type NetworkPort = {
  createVNet(request: { tag: string; name: string; cidr: string }, signal?: AbortSignal): Promise<CloudResource>;
  createSubnet(
    request: { tag: string; name: string; vNetId: string; cidr: string; zone?: string },
    signal?: AbortSignal,
  ): Promise<CloudResource>;
  createSecurityGroup(
    request: { tag: string; name: string; vNetId: string; rules: FirewallRule[] },
    signal?: AbortSignal,
  ): Promise<CloudResource>;
  importSshKey(request: { tag: string; name: string; publicKey: string }, signal?: AbortSignal): Promise<CloudResource>;
  deleteResource(kind: ResourceKind, id: string, signal?: AbortSignal): Promise<void>;
};
export type ResourceKind = 'vNet' | 'subnet' | 'securityGroup' | 'sshKey';
export type FirewallRule = {
  protocol: 'tcp' | 'udp' | 'icmp';
  ports: string;
  direction: 'inbound' | 'outbound';
  cidr: string;
};
