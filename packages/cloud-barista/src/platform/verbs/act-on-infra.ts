import {
  DomainError,
  infraActionRule,
  nodeActionRule,
  toInfraStatus,
  type InfraAction,
  type NamespaceRecord,
  type NodeAction,
  type NodeStatus,
  type StatusCounts,
  type Verb,
} from '@waterstrider/contract';
import { pathPart, requireNamespace, wrongState, type Adapter } from '../adapter.ts';
import {
  beginCalls,
  findInfra,
  findInfras,
  infraTarget,
  nodeTarget,
  occupy,
  operationOf,
  requireIdle,
  requireNotHeld,
  type CallPlan,
  type LockedInfra,
} from './tasks.ts';
import type { MirroredNode, MirrorTransaction } from '../../ports/index.ts';

type Request = { namespace: NamespaceRecord; operationId: string };

const isNodeAction = (action: InfraAction): action is NodeAction =>
  action === 'suspend' || action === 'resume' || action === 'reboot' || action === 'terminate';

/** For each action, the status that is shown until upstream shows its own. */
const pendingStatus: Record<NodeAction, NodeStatus> = {
  suspend: 'Suspending',
  resume: 'Resuming',
  reboot: 'Rebooting',
  terminate: 'Terminating',
};

export const actOnInfra =
  (adapter: Adapter): Verb<'actOnInfra'> =>
  async ({ params, body }, context) => {
    const operationId = operationOf(context);
    await adapter.mirror.transaction(async (tx) => {
      const namespace = await requireNamespace(tx, params.ns);
      const found = await findInfra(tx, namespace.id, params.infra);
      const { action } = body;
      if (isNodeAction(action)) {
        const nodes = selectNodes(found, body);
        await act(
          tx,
          { namespace, operationId },
          { action, found, nodes, isWhole: nodes === found.nodes, isNamed: body.nodes !== undefined },
        );
        return;
      }
      if (body.nodes !== undefined || body.nodeGroup !== undefined) {
        const reason = `"${action}" is for the whole MCIS.`;
        throw new DomainError('invalid', { issues: [{ field: 'body.nodes', reason }] });
      }
      await steer(tx, { namespace, operationId }, { action, found });
    });
    adapter.hurry('calls');
    return {};
  };

/** Those of several MCIS and single servers, in one task. */
export const actOnMany =
  (adapter: Adapter): Verb<'actOnMany'> =>
  async ({ params, body }, context) => {
    const operationId = operationOf(context);
    await adapter.mirror.transaction(async (tx) => {
      const namespace = await requireNamespace(tx, params.ns);
      const request = { namespace, operationId };
      const whole = await findInfras(tx, namespace.id, body.infras ?? []);
      const wholeIds = new Set(whole.map(({ infra }) => infra.id));
      for (const found of whole) {
        await act(tx, request, { action: body.action, found, nodes: found.nodes, isWhole: true, isNamed: false });
      }
      const all = await tx.nodesIn(namespace.id);
      const named = (body.nodes ?? []).map((wanted) => {
        const node = all.find(({ id, name }) => id === wanted || name === wanted);
        if (node === undefined) throw new DomainError('not_found', { reason: `There is no server "${wanted}".` });
        return node;
      });
      for (const infraId of new Set(named.map((node) => node.infraId))) {
        if (wholeIds.has(infraId)) continue;
        const found = await findInfra(tx, namespace.id, infraId);
        const ids = new Set(named.filter((node) => node.infraId === infraId).map(({ id }) => id));
        const nodes = found.nodes.filter(({ id }) => ids.has(id));
        await act(tx, request, { action: body.action, found, nodes, isWhole: false, isNamed: true });
      }
    });
    adapter.hurry('calls');
    return {};
  };

function selectNodes(
  { nodes, groups }: LockedInfra,
  { nodes: wanted, nodeGroup }: { nodes?: string[] | undefined; nodeGroup?: string | undefined },
): MirroredNode[] {
  if (wanted !== undefined) {
    return [...new Set(wanted)].map((nameOrId) => {
      const node = nodes.find(({ id, name }) => id === nameOrId || name === nameOrId);
      if (node === undefined) throw new DomainError('not_found', { reason: `There is no server "${nameOrId}".` });
      return node;
    });
  }
  if (nodeGroup === undefined) return nodes;
  const group = groups.find(({ id, name }) => id === nodeGroup || name === nodeGroup);
  if (group === undefined) throw new DomainError('not_found', { reason: `There is no server group "${nodeGroup}".` });
  return nodes.filter(({ groupId }) => groupId === group.id);
}

type Wanted = {
  action: NodeAction;
  found: LockedInfra;
  nodes: MirroredNode[];
  /** Every server of the MCIS is meant: one request will do. */
  isWhole: boolean;
  /** Each was named by itself: all of them must fit. */
  isNamed: boolean;
};

/** The whole MCIS in one request where every server that the action fits is meant, else server by server. */
async function act(
  tx: MirrorTransaction,
  { namespace, operationId }: Request,
  { action, found, nodes, isWhole, isNamed }: Wanted,
): Promise<void> {
  const { infra } = found;
  requireNotHeld(infra);
  if (action !== 'terminate') requireIdle(infra);
  const fit = requireFit(action, nodes, isNamed);
  await occupy(tx, [infra], operationId);
  await tx.putNodes(fit.map((node) => ({ ...node, status: pendingStatus[action], targetAction: action, operationId })));
  const place = { namespaceId: namespace.id, infraId: infra.id };
  const base = `/ns/${pathPart(namespace.name)}/control/infra/${pathPart(infra.name)}`;
  const calls: CallPlan[] = isWhole
    ? [{ ...place, goal: action, method: 'GET', path: base, query: { action }, items: fit.map(({ id }) => id) }]
    : fit.map((node) => ({
        ...place,
        goal: action,
        method: 'GET',
        path: `${base}/node/${pathPart(node.name)}`,
        query: { action },
        items: [node.id],
      }));
  await beginCalls(tx, operationId, { items: fit.map(nodeTarget), calls });
}

/** Named servers must all fit; an MCIS or a group needs at least one that does. */
function requireFit(action: NodeAction, nodes: MirroredNode[], isNamed: boolean): MirroredNode[] {
  const judged = nodes.map((node) => ({ node, verdict: nodeActionRule(action, node) }));
  const fit = judged.filter(({ verdict }) => verdict.allowed).map(({ node }) => node);
  const unfit = judged.find(({ verdict }) => !verdict.allowed);
  if (unfit !== undefined && !unfit.verdict.allowed && (fit.length === 0 || isNamed)) {
    const { node, verdict } = unfit;
    throw wrongState(`Can not ${action} "${node.name}": the status is ${node.status}.`, verdict.reason);
  }
  if (fit.length === 0) throw wrongState('There is no server to act on.', 'noLivingServer');
  return fit;
}

/** What concerns the MCIS as a whole: refine, continue, withdraw, reconcile, abort. */
async function steer(
  tx: MirrorTransaction,
  request: Request,
  { action, found }: { action: Exclude<InfraAction, NodeAction>; found: LockedInfra },
): Promise<void> {
  const { infra, nodes } = found;
  const { namespace, operationId } = request;
  requireAllowed(action, found);
  const place = { namespaceId: namespace.id, infraId: infra.id };
  const control: Omit<CallPlan, 'goal' | 'items'> = {
    ...place,
    method: 'GET',
    path: `/ns/${pathPart(namespace.name)}/control/infra/${pathPart(infra.name)}`,
    query: { action },
  };
  await occupy(tx, [infra], operationId);
  if (action === 'continue') return continueHeld(tx, operationId, { found, control });
  if (action === 'withdraw') {
    await beginCalls(tx, operationId, {
      items: [infraTarget(infra)],
      calls: [{ ...control, goal: 'remove', items: [infra.id] }],
    });
    return;
  }
  const isRefine = action === 'refine';
  const concerned = nodes.filter(({ status }) =>
    isRefine
      ? status === 'Failed' || status === 'Undefined' || status === 'Terminated'
      : status === 'Undefined' || status === 'Reconciling' || status === 'Creating',
  );
  // An MCIS that upstream left without servers is what is reconciled or aborted itself.
  const targets = concerned.length === 0 ? [infraTarget(infra)] : concerned.map(nodeTarget);
  await beginCalls(tx, operationId, {
    items: targets,
    calls: [
      {
        ...control,
        goal: concerned.length === 0 ? 'answer' : isRefine ? 'remove' : 'resolve',
        items: targets.map(({ id }) => id),
      },
    ],
  });
}

/** The held creation goes on as part of this task: its answer is the servers' outcome. */
async function continueHeld(
  tx: MirrorTransaction,
  operationId: string,
  { found: { infra, nodes }, control }: { found: LockedInfra; control: Omit<CallPlan, 'goal' | 'items'> },
): Promise<void> {
  const held = (await tx.openCalls()).find((call) => call.goal === 'hold' && call.infraId === infra.id);
  if (held === undefined) throw wrongState(`"${infra.name}" is not on hold.`, 'notOnHold');
  await beginCalls(tx, operationId, {
    items: [infraTarget(infra), ...nodes.map(nodeTarget)],
    calls: [{ ...control, goal: 'answer', items: [infra.id] }],
  });
  await tx.reassignCall(held.id, { operationId, goal: 'create', items: nodes.map(({ id }) => id) });
  await tx.putNodes(nodes.map((node) => ({ ...node, status: 'Creating', targetAction: 'create', operationId })));
  const going = { ...infra, runningOperation: operationId };
  delete going.phase;
  await tx.putInfras([going]);
}

function requireAllowed(action: InfraAction, { infra, nodes }: LockedInfra): void {
  const statusCounts: StatusCounts = {};
  for (const { status } of nodes) statusCounts[status] = (statusCounts[status] ?? 0) + 1;
  const verdict = infraActionRule(action, {
    status: toInfraStatus(statusCounts, infra.phase),
    statusCounts,
    runningOperation: infra.runningOperation,
  });
  if (verdict.allowed) {
    if (action !== 'reconcile' && action !== 'abort') requireIdle(infra);
    return;
  }
  if (verdict.reason === 'taskRunning') requireIdle(infra);
  throw wrongState(`Can not ${action} "${infra.name}" now.`, verdict.reason);
}
