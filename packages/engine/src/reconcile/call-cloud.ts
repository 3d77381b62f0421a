import {
  CloudError,
  type CloudServer,
  type CloudSession,
  type CreateServerRequest,
  type DriverLimits,
  type NodeResult,
  type NodeRow,
} from '../ports/index.ts';
import { factsOf, fail, later, statusBefore, succeed, toResult } from './node-results.ts';

const mostAttempts = 20;

export type CloudCall = {
  session: CloudSession;
  limits: DriverLimits;
  now: () => Date;
  /** Everything the create needs but what the row says. */
  createRequest: (node: NodeRow) => Promise<CreateServerRequest>;
  gate: <T>(run: () => Promise<T>) => Promise<T>;
  signal: AbortSignal;
};

const after = (call: CloudCall, milliseconds: number): Date => new Date(call.now().getTime() + milliseconds);

/** Full jitter (AWS Architecture Blog, "Exponential Backoff And Jitter"), in units of the cloud's own pace. */
export const backoffMs = (limits: DriverLimits, attempt: number): number =>
  Math.min(30_000, limits.pollIntervalMs * 2 ** Math.min(attempt, 6)) * (0.5 + Math.random() / 2);

/** Turns what a call threw into what to do next. Anything but a `CloudError` is a defect and goes up. */
export function afterFailure(call: CloudCall, node: NodeRow, error: unknown): NodeResult {
  if (!(error instanceof CloudError)) throw error;
  const words = { code: error.cloudCode, message: error.cloudMessage };
  const attempt = node.attempt + (error.kind === 'throttled' ? 0 : 1);
  // `failure` may come from behind the point where the work was done.
  const unclear = error.kind === 'unknown_outcome' || error.kind === 'failure';
  // A create of an earlier try stays possible whatever this one says.
  const sentAt = unclear ? call.now() : node.cspId === undefined ? node.sentAt : undefined;
  if (!error.isTransient || attempt >= mostAttempts) {
    const failed = fail(node, {}, statusBefore(node), words);
    return { ...failed, decision: { ...failed.decision, sentAt: node.cspId === undefined ? sentAt : undefined } };
  }
  const wait =
    unclear && node.targetAction === 'create' && !call.limits.idempotentCreate
      ? call.limits.consistencyWindowMs
      : backoffMs(call.limits, node.attempt);
  const step = error.kind === 'throttled' ? 'throttled' : unclear ? 'outcomeUnclear' : 'retrying';
  return later(node, after(call, wait), { attempt, sentAt }, step);
}

/** A server of ours that counts: not one on its way out. */
const isLiving = (server: CloudServer): boolean => server.state !== 'deleting' && server.state !== 'deleted';

const findByTag = async (call: CloudCall, node: NodeRow): Promise<CloudServer | undefined> =>
  (await call.gate(() => call.session.compute.findServers([node.id], call.signal))).find(isLiving);

function accepted(call: CloudCall, node: NodeRow, server: CloudServer): NodeResult {
  const decision = {
    status: 'Creating' as const,
    acceptedAt: call.now(),
    dueAt: after(call, call.limits.pollIntervalMs),
    attempt: 0,
  };
  return toResult(node, factsOf(server, call.now()), decision, { state: 'running', step: 'creating' });
}

/** A create that may have been done before: where the cloud has no tokens it is looked for by tag first. */
export async function createServer(call: CloudCall, node: NodeRow, maybeSentBefore: boolean): Promise<NodeResult> {
  try {
    if (maybeSentBefore && !call.limits.idempotentCreate) {
      const earlier = await findByTag(call, node);
      if (earlier) return accepted(call, node, earlier);
    }
    const request = await call.createRequest(node);
    return accepted(call, node, await call.gate(() => call.session.compute.createServer(request, call.signal)));
  } catch (error) {
    return afterFailure(call, node, error);
  }
}

/** Removes what is left of a failed try, so that another can be made. */
export async function discardServer(call: CloudCall, node: NodeRow): Promise<NodeResult> {
  const id = node.cspId;
  const cleared = later(node, call.now(), { attempt: 0, sentAt: undefined }, 'replacing');
  const facts = { cspId: null, publicIp: null, privateIp: null };
  if (id === undefined) return cleared;
  try {
    await call.gate(async () => call.session.compute.terminateServer?.(id, call.signal));
  } catch (error) {
    if (!(error instanceof CloudError) || error.kind !== 'not_found') return afterFailure(call, node, error);
  }
  return { ...cleared, facts };
}

/** Ends a server whose create has no known outcome: found by tag it is ended like any other, not found it never was. */
export async function endUnclearServer(call: CloudCall, node: NodeRow): Promise<NodeResult> {
  if (node.sentAt === undefined) return succeed(node, {}, 'Terminated');
  try {
    const server = await findByTag(call, node);
    if (!server) return succeed(node, {}, 'Terminated');
    return { ...later(node, call.now(), { sentAt: undefined }, 'terminating'), facts: factsOf(server, call.now()) };
  } catch (error) {
    return afterFailure(call, node, error);
  }
}

/** Asks for suspend, resume, reboot or terminate; the end of it is seen by a later look. */
export async function sendAction(call: CloudCall, node: NodeRow): Promise<NodeResult> {
  const { compute } = call.session;
  const methods = {
    suspend: compute.suspendServer,
    resume: compute.resumeServer,
    reboot: compute.rebootServer,
    terminate: compute.terminateServer,
  };
  const action = node.targetAction;
  const id = node.cspId;
  if (action === undefined || action === 'create' || id === undefined)
    return fail(node, {}, statusBefore(node), { code: 'notMade', message: 'The server was never made.' });
  const method = methods[action];
  if (!method)
    return fail(node, {}, statusBefore(node), {
      code: 'unsupported',
      message: `This cloud can not ${action} servers.`,
    });
  try {
    await call.gate(() => method.call(compute, id, call.signal));
  } catch (error) {
    if (error instanceof CloudError && error.kind === 'not_found') {
      const gone = { code: error.cloudCode, message: error.cloudMessage };
      if (action === 'terminate') return succeed(node, {}, 'Terminated');
      const failed = fail(node, {}, 'Terminated', gone);
      return { ...failed, decision: { ...failed.decision, drift: 'gone' } };
    }
    return afterFailure(call, node, error);
  }
  return toResult(
    node,
    {},
    { status: node.status, acceptedAt: call.now(), dueAt: after(call, call.limits.pollIntervalMs), attempt: 0 },
    { state: 'running', step: 'waitingForCloud' },
  );
}
