import type { Connection, Infra, Node, Operation } from '@waterstrider/contract';

/** Something that needs a person, with the one action that helps. */
export type Attention =
  | { kind: 'servers'; key: string; status: 'Failed' | 'Undefined'; nodes: Node[]; infra: string; retry?: Operation }
  | { kind: 'connection'; key: string; connection: Connection }
  | { kind: 'task'; key: string; operation: Operation };

export interface AttentionInput {
  /** Failed and undefined servers. */
  nodes: Node[];
  /** Failed connections. */
  connections: Connection[];
  /** Tasks, newest first. */
  operations: Operation[];
  now: number;
}

const dayMs = 24 * 3_600_000;

/**
 * Failed servers first, then undefined ones, one entry per MCIS and status; then connections; then tasks of the last day that
 * ended with failures which no other entry stands for and no later task on the same object made good.
 */
export function toAttention({ nodes, connections, operations, now }: AttentionInput): Attention[] {
  const retries = retryPerInfra(operations);
  const servers = (['Failed', 'Undefined'] as const).flatMap((status) =>
    [...groupByInfra(nodes.filter((node) => node.status === status))].map(([infra, found]): Attention => {
      const retry = status === 'Failed' ? retries.get(infra) : undefined;
      return { kind: 'servers', key: `${status} ${infra}`, status, nodes: found, infra, ...(retry ? { retry } : {}) };
    }),
  );
  const shown = new Set(servers.flatMap((entry) => (entry.kind === 'servers' && entry.retry ? [entry.retry.id] : [])));
  const covered = new Set(connections.map(({ name }) => name));
  const tasks = newestPerTarget(operations)
    .filter((operation) => isRecentFailure(operation, now) && !shown.has(operation.id))
    .filter(({ target }) => target.kind !== 'connection' || !covered.has(target.name))
    .map((operation): Attention => ({ kind: 'task', key: operation.id, operation }));
  return [
    ...servers,
    ...connections.map((connection): Attention => ({ kind: 'connection', key: connection.id, connection })),
    ...tasks,
  ];
}

const isRecentFailure = ({ state, startedAt, finishedAt }: Operation, now: number): boolean =>
  (state === 'partial' || state === 'failed') && now - Date.parse(finishedAt ?? startedAt) < dayMs;

const targetOf = ({ target }: Operation): string => `${target.kind} ${target.name}`;

function newestPerTarget(operations: Operation[]): Operation[] {
  const seen = new Set<string>();
  return operations.filter((operation) => {
    const target = targetOf(operation);
    if (seen.has(target)) return false;
    seen.add(target);
    return true;
  });
}

/** The newest retryable task of each MCIS. */
function retryPerInfra(operations: Operation[]): Map<string, Operation> {
  const found = new Map<string, Operation>();
  for (const operation of operations) {
    if (operation.target.kind !== 'infra' || !operation.canRetry) continue;
    if (!found.has(operation.target.name)) found.set(operation.target.name, operation);
  }
  return found;
}

function groupByInfra(nodes: Node[]): Map<string, Node[]> {
  const groups = new Map<string, Node[]>();
  for (const node of nodes) groups.set(node.infra, [...(groups.get(node.infra) ?? []), node]);
  return groups;
}

/** What happened last: ends and starts of tasks, newest first. */
export interface Change {
  key: string;
  at: string;
  operation: Operation;
  /** It ended then; otherwise it started. */
  ended: boolean;
}

export function latestChanges(operations: Operation[], count: number): Change[] {
  return operations
    .map((operation): Change => {
      const ended = operation.finishedAt !== undefined;
      return { key: operation.id, at: operation.finishedAt ?? operation.startedAt, operation, ended };
    })
    .sort((left, right) => right.at.localeCompare(left.at))
    .slice(0, count);
}

/** How cards are ordered. */
export const cardOrders = ['name', 'status', '-costPerHourUsd'] as const;
export type CardOrder = (typeof cardOrders)[number];

/** Servers that failed or can not be seen. */
export const countTrouble = (byStatus: Infra['statusCounts']): number =>
  (byStatus.Failed ?? 0) + (byStatus.Undefined ?? 0);
