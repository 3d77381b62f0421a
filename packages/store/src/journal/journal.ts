import type { OperationItem, OperationKind, OperationState, Target } from '@waterstrider/contract';

/** A task as it is kept; `id` is a UUIDv7, so that ids sort by time. */
export type OperationRecord = {
  id: string;
  kind: OperationKind;
  /** Id of the namespace, and its name at the time. */
  namespaceId?: string;
  ns?: string;
  target: Target;
  state: OperationState;
  total: number;
  done: number;
  failed: number;
  actor: string;
  error?: { code: string; message: string };
  /** What the row answered beside the operation, for a repeat with the same Idempotency-Key. Holds no secret. */
  answer?: unknown;
  startedAt: string;
  finishedAt?: string;
};

export type BeginOperation = {
  id: string;
  kind: OperationKind;
  namespaceId?: string;
  ns?: string;
  target: Target;
  actor: string;
  /** Unique per actor; `requestHash` tells a repeat from another request. */
  idempotency?: { key: string; requestHash: string };
};

export type OperationPage = { items: OperationRecord[]; total: number };
export type OperationFilter = {
  /** Namespaces one may see, by id; undefined: all. */
  namespaceIds?: string[];
  /** Also tasks that belong to no namespace. */
  withoutNamespace: boolean;
  states?: string[];
  kinds?: string[];
  targets?: string[];
  search?: string;
  sort: 'startedAt' | '-startedAt' | 'finishedAt' | '-finishedAt';
  /** Exclusive position: the sort value and id of the last row. */
  after?: { value: string | null; id: string };
  limit: number;
};

/** The console's record of long-running changes; the platform reports the items. Ended ones are kept for 90 days. */
export type Journal = {
  /** Written before the platform is called. `repeat`: the same key and request came before; `differs`: the same key, another request. */
  begin(operation: BeginOperation): Promise<{ outcome: 'begun' | 'repeat' | 'differs'; record: OperationRecord }>;
  /** The platform refused at once: the record goes, and its key with it. */
  refuse(id: string): Promise<void>;
  /** Keeps the answer for repeats. */
  accept(id: string, answer: unknown): Promise<void>;
  get(id: string): Promise<OperationRecord | undefined>;
  /** Failed first, then running, waiting, done. */
  items(id: string): Promise<OperationItem[]>;
  getMany(ids: string[]): Promise<OperationRecord[]>;
  list(filter: OperationFilter): Promise<OperationPage>;
  /** Running and pending ones, to be watched after a start. */
  listOpen(): Promise<OperationRecord[]>;
  /** For tasks that the platform never took on (the process died between record and call). */
  fail(id: string, error: { code: string; message: string }): Promise<void>;
  /** Deletes ended ones older than the bound, in batches; returns how many. */
  prune(keptDays: number): Promise<number>;
};

export const isEnded = (state: OperationState): boolean => state !== 'pending' && state !== 'running';
