import type { NodeStatus } from '@waterstrider/contract';
import type { CloudServer, CloudServerState, DriverLimits, NodeResult, NodeRow } from '../ports/index.ts';
import { factsOf, fail, later, succeed, toResult } from './node-results.ts';

const vanished = { code: 'vanished', message: 'The server is no longer in the cloud.' };
const overdue = {
  code: 'overdue',
  message: 'The cloud did not finish in time; the outcome is unclear. Reconcile or abort.',
};
const longestMs = 30 * 60_000;

/** Our word for a state of the cloud. */
export const statusOf: Record<CloudServerState, NodeStatus> = {
  creating: 'Creating',
  running: 'Running',
  stopping: 'Suspending',
  stopped: 'Suspended',
  starting: 'Resuming',
  rebooting: 'Rebooting',
  deleting: 'Terminating',
  deleted: 'Terminated',
  failed: 'Failed',
};

const isGone = (server: CloudServer | undefined): boolean => server === undefined || server.state === 'deleted';

/**
 * What a fresh look at a server in transition means for it. `server` undefined: the cloud does not have it.
 * Pure: the same row, server and time give the same result.
 */
export function interpretPoll(
  node: NodeRow,
  server: CloudServer | undefined,
  now: Date,
  limits: DriverLimits,
): NodeResult {
  if (isGone(server)) return interpretGone(node, now, limits);
  if (!server) return interpretGone(node, now, limits);
  const facts = factsOf(server, now);
  if (node.targetAction === undefined) return interpretIdle(node, server, now, limits);
  if (server.state === 'failed' && node.targetAction !== 'terminate') {
    return fail(
      node,
      facts,
      'Failed',
      server.error ?? { code: 'failed', message: 'The cloud reports that the server failed.' },
    );
  }
  const wanted =
    node.targetAction === 'suspend' ? 'stopped' : node.targetAction === 'terminate' ? 'deleted' : 'running';
  if (server.state === wanted) return succeed(node, facts, wanted === 'stopped' ? 'Suspended' : 'Running');
  if (isOverdue(node, now, limits)) {
    return toResult(
      node,
      facts,
      { status: 'Undefined', targetAction: undefined, dueAt: undefined, error: overdue, forget: false },
      { state: 'unknown', error: overdue },
    );
  }
  const next = new Date(now.getTime() + limits.pollIntervalMs);
  const result = later(node, next, node.targetAction === 'create' ? { status: 'Creating' } : {}, 'waitingForCloud');
  return { ...result, facts };
}

/** Not there: done when it was to end; for a young one the cloud may not show it yet. */
function interpretGone(node: NodeRow, now: Date, limits: DriverLimits): NodeResult {
  const facts: NodeResult['facts'] = { observedAt: now, publicIp: null, privateIp: null };
  if (node.targetAction === 'terminate') return succeed(node, facts, 'Terminated');
  const acceptedAt = node.acceptedAt?.getTime() ?? 0;
  if (node.targetAction === 'create' && now.getTime() - acceptedAt < limits.consistencyWindowMs) {
    return later(node, new Date(now.getTime() + limits.pollIntervalMs), {}, 'waitingForCloud');
  }
  if (node.targetAction === 'create') return { ...fail(node, { ...facts, cspId: null }, 'Failed', vanished) };
  const gone = fail(node, facts, 'Terminated', vanished);
  return { ...gone, decision: { ...gone.decision, drift: 'gone' } };
}

/** Nothing pending (after `reconcile`): the cloud's word counts; a state on its way is looked at again. */
function interpretIdle(node: NodeRow, server: CloudServer, now: Date, limits: DriverLimits): NodeResult {
  const status = statusOf[server.state];
  const facts = factsOf(server, now);
  if (status === 'Running' || status === 'Suspended') return succeed(node, facts, status);
  if (status === 'Failed') return fail(node, facts, 'Failed', server.error ?? vanished);
  return { ...later(node, new Date(now.getTime() + limits.pollIntervalMs), { status }, 'waitingForCloud'), facts };
}

function isOverdue(node: NodeRow, now: Date, limits: DriverLimits): boolean {
  if (!node.acceptedAt) return false;
  return now.getTime() - node.acceptedAt.getTime() > Math.min(longestMs, Math.max(60_000, limits.createMs * 40));
}

/**
 * What the periodic look means for a server without a pending action: undefined when all is as known.
 * `confirmedGone`: also a fresh look by id did not find it.
 */
export function interpretObservation(
  node: NodeRow,
  server: CloudServer | undefined,
  now: Date,
  confirmedGone: boolean,
): NodeResult | undefined {
  if (node.targetAction !== undefined) return undefined;
  if (isGone(server) || !server) {
    if (!confirmedGone || node.status === 'Terminated') return undefined;
    return toResult(
      node,
      { observedAt: now, publicIp: null, privateIp: null },
      { status: 'Terminated', targetStatus: 'Terminated', drift: 'gone', error: vanished, reason: 'vanished' },
    );
  }
  const status = statusOf[server.state];
  if (status === node.status) return undefined;
  const targetStatus =
    status === 'Suspended' || status === 'Suspending'
      ? 'Suspended'
      : status === 'Terminating'
        ? 'Terminated'
        : 'Running';
  const error = status === 'Failed' ? { error: server.error ?? vanished } : {};
  return toResult(node, factsOf(server, now), {
    status,
    targetStatus,
    drift: 'state',
    reason: 'changedOutside',
    ...error,
  });
}
