import type { Duplex } from 'node:stream';
import type { Cloud, Driver } from './cloud/cloud.ts';
import type { Connection } from './connection/connection.ts';
import type { Credential } from './credential/credential.ts';
import type { Infra, InfraInput, InfraReview, NodeGroup, Resource } from './infra/infra.ts';
import type { Image, Spec } from './catalogue/catalogue.ts';
import type { Node, NodeStatusChange } from './node/node.ts';
import type { InputOf, OutputOf, PlatformRowName } from './rows.ts';
import type { CloudMetric, CloudPrice, CloudSystem, FrameworkState, Quota } from './system/system.ts';

/** Who asks, and under which task. `operationId` is set on every row that answers 202: its record exists before the verb is called. */
export type VerbContext = { actor: string; operationId?: string; signal?: AbortSignal };

type WithoutOperation<Output> = Output extends { operation: unknown } ? Omit<Output, 'operation'> : Output;

/** A verb checks everything and throws a `DomainError`, or accepts and lets the task go on. Operation and counts are added by the console. */
export type Verb<Name extends PlatformRowName> = (
  input: InputOf<Name>,
  context: VerbContext,
) => Promise<WithoutOperation<OutputOf<Name>>>;

/** A valid implementation of a verb the platform does not have. `reasonKey` is a locale key. */
export type Unsupported = { unsupported: string };
export const unsupported = (reasonKey: string): Unsupported => ({ unsupported: reasonKey });
export const isUnsupported = (verb: unknown): verb is Unsupported =>
  typeof verb === 'object' && verb !== null && 'unsupported' in verb;

/** What the platform knows of an infra; the console derives status, counts and cost from its nodes. */
export type InfraRecord = Pick<
  Infra,
  'id' | 'name' | 'ns' | 'description' | 'labels' | 'policyOnPartialFailure' | 'createdAt' | 'createdBy'
> & {
  phase?: 'Preparing' | 'Prepared';
  runningOperation?: string;
  nodeGroups: Omit<NodeGroup, 'nodes' | 'statusCounts'>[];
};
export type ConnectionRecord = Omit<Connection, 'nodes'>;
export type NamespaceRecord = { id: string; name: string; description: string; createdAt: string };

/** Replaces everything that was known: a vanished object is learned by its absence. */
export type Snapshot = {
  kind: 'snapshot';
  /** Position in the platform's order of changes. */
  sequence: number;
  observedAt: string;
  namespaces: NamespaceRecord[];
  connections: ConnectionRecord[];
  infras: InfraRecord[];
  nodes: Node[];
};
/** Whole objects to put in place; `removed` holds ids. `operations` names tasks whose items moved. */
export type Change = {
  kind: 'change';
  sequence: number;
  observedAt: string;
  namespaces: NamespaceRecord[];
  connections: ConnectionRecord[];
  infras: InfraRecord[];
  nodes: Node[];
  operations: string[];
  removed: { namespaces: string[]; connections: string[]; infras: string[]; nodes: string[] };
};

/** One call of the open API of the Cloud-Barista behind the platform, and its answer as it is. `path` is below its prefix. */
export type PlatformForward = (request: {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  path: string;
  query: Record<string, string>;
  headers: { 'x-request-id'?: string; 'x-credential-holder'?: string };
  body?: unknown;
  /** A read ends with its caller, and waits no longer than a minute or two. */
  isRead?: boolean;
  signal?: AbortSignal;
}) => Promise<{ status: number; contentType: string; body: Buffer | string; requestId?: string }>;

/** Reads that only the platform can answer. */
export type PlatformReads = {
  clouds(): Cloud[];
  drivers(): Omit<Driver, 'connections'>[];
  /** Every credential, without values. `connections` counts them. */
  credentials(): Promise<Credential[]>;
  /** The catalogue of one provider and region. */
  specs(provider: string, region: string): Promise<Spec[]>;
  images(provider: string, region: string): Promise<Image[]>;
  /** Dry run: verdicts, quota, resources. Prices are added up by the platform from its catalogue. */
  review(ns: string, input: InfraInput): Promise<InfraReview>;
  resources(ns: string): Promise<Resource[]>;
  nodeHistory(ns: string, nodeId: string, limit: number): Promise<NodeStatusChange[]>;
};

/** What only a Cloud-Barista can tell; a platform without it leaves them out. They throw `unsupported` where its parts lack. */
export type FrameworkReads = {
  /** Each framework as of its last check, which happens on its own. */
  frameworks(): FrameworkState[];
  cloudSystems(): Promise<CloudSystem[]>;
  quota(connection: string): Promise<Quota[]>;
  prices(connection: string): Promise<CloudPrice[]>;
  cloudMetric(ns: string, nodeId: string, query: { metric: string; hours: number }): Promise<CloudMetric>;
};

/**
 * Who carries the changes out: the embedded engine, or a Cloud-Barista. Implementations pass `describePlatform`.
 */
export type Platform = { verbs: { [Name in PlatformRowName]: Verb<Name> | Unsupported } } & PlatformReads & {
    readonly kind: 'embedded' | 'cloud-barista';
    /** A snapshot first, then changes in order, without gaps; another snapshot whenever order can not be kept. Ends with `signal`. */
    watch(signal: AbortSignal): AsyncIterable<Snapshot | Change>;
    /** Position of the newest change: who has watched up to here sees everything that was answered before the call. */
    sequence(): Promise<number>;
    /** A byte stream to a server's shell port, where the platform has one. */
    open?(nodeId: string): Promise<Duplex>;
    readonly frameworkReads?: FrameworkReads;
    /** Only in front of a Cloud-Barista: the facade passes known routes on. */
    readonly forward?: PlatformForward;
    health(): Promise<{ ok: boolean; detail?: string }>;
    close(): Promise<void>;
  };
