import { DomainError, type InfraAction, type NodeAction, type Verb } from '@waterstrider/contract';
import { notFound, type EngineContext, wrongState } from '../context.ts';
import { operationOf } from '../credential/credentials.ts';
import { settleOperations } from '../operation/settle-operations.ts';
import type { InfraRow, NodeRow, StoreTransaction } from '../ports/index.ts';
import { continueInfra, withdrawInfra } from './hold.ts';
import { lockInfra, requireIdle, requireNamespace, requireNotHeld } from './lock-infra.ts';
import { intendAction, removeNodes, splitByRule, takeOver } from './node-intents.ts';

const isNodeAction = (action: InfraAction): action is NodeAction =>
  action === 'suspend' || action === 'resume' || action === 'reboot' || action === 'terminate';

type Selection = { nodes?: string[] | undefined; nodeGroup?: string | undefined };

/** Servers of an infra by id or name, or of a group; all without either. */
async function selectNodes(
  tx: StoreTransaction,
  infra: InfraRow,
  selection: Selection,
): Promise<{ nodes: NodeRow[]; named: boolean }> {
  const all = await tx.lockNodes([infra.id]);
  if (selection.nodes) {
    const nodes = selection.nodes.map((wanted) => {
      const node = all.find((candidate) => candidate.id === wanted || candidate.name === wanted);
      if (!node) throw notFound('server', wanted);
      return node;
    });
    return { nodes: [...new Set(nodes)], named: true };
  }
  if (selection.nodeGroup === undefined) return { nodes: all, named: false };
  const group = (await tx.groups(infra.id)).find(
    ({ id, name }) => id === selection.nodeGroup || name === selection.nodeGroup,
  );
  if (!group) throw notFound('server group', selection.nodeGroup);
  return { nodes: all.filter((node) => node.groupId === group.id), named: false };
}

/** Named servers must all fit; otherwise the action reaches those that fit, and at least one must. */
export function requireFit(engine: EngineContext, action: NodeAction, nodes: NodeRow[], named: boolean): NodeRow[] {
  const { fit, unfit } = splitByRule(engine, action, nodes);
  const first = unfit[0];
  if (first && (named || fit.length === 0)) {
    if (first.reason === 'unsupportedByCloud')
      throw new DomainError('unsupported', { reason: `The cloud of "${first.node.name}" can not ${action} servers.` });
    const others = unfit.length > 1 ? ` and ${unfit.length - 1} more` : '';
    throw wrongState(
      `Can not ${action} "${first.node.name}"${others}: the status is ${first.node.status}.`,
      first.reason,
    );
  }
  if (fit.length === 0) throw wrongState('There is no server to act on.', 'noLivingServer');
  return fit;
}

async function refineInfra(
  engine: EngineContext,
  tx: StoreTransaction,
  infra: InfraRow,
  operationId: string,
): Promise<void> {
  const nodes = (await tx.lockNodes([infra.id])).filter(
    ({ status }) => status === 'Failed' || status === 'Terminated' || status === 'Undefined',
  );
  if (nodes.length === 0) throw wrongState('There is no failed or terminated server to remove.', 'nothingToRefine');
  await tx.updateInfra(infra.id, { runningOperation: operationId });
  await settleOperations(engine, tx, await removeNodes(engine, tx, nodes, operationId));
}

/** `reconcile` asks the clouds again; `abort` gives unclear servers up as failed, without a call. */
async function resolveUnclear(
  engine: EngineContext,
  tx: StoreTransaction,
  request: { infra: InfraRow; action: 'reconcile' | 'abort'; operationId: string },
): Promise<void> {
  const { infra, action, operationId } = request;
  const nodes = (await tx.lockNodes([infra.id])).filter(
    ({ status }) => status === 'Undefined' || status === 'Reconciling',
  );
  if (nodes.length === 0) throw wrongState('There is no server whose state is unclear.', 'noUnclearServer');
  await settleOperations(engine, tx, await takeOver(tx, nodes, operationId));
  await occupy(tx, [infra], operationId);
  await tx.addItems(
    operationId,
    nodes.map((node) => ({ target: { kind: 'node', id: node.id, name: node.name } })),
  );
  const reconcile = action === 'reconcile';
  await tx.intend(
    nodes.map((node) => ({
      id: node.id,
      status: reconcile ? ('Reconciling' as const) : ('Failed' as const),
      targetStatus: node.targetStatus,
      operationId,
      ...(reconcile && { dueAt: engine.clock.now() }),
      ...(!reconcile && { error: { code: 'aborted', message: 'Given up by a person while the outcome was unclear.' } }),
      keepSent: true,
      reason: action,
    })),
  );
  if (!reconcile)
    await tx.moveItems(
      operationId,
      nodes.map((node) => ({ targetId: node.id, state: 'succeeded' as const })),
    );
  await tx.wake([...new Set(nodes.map((node) => node.connectionId))]);
}

export const actOnInfra =
  (engine: EngineContext): Verb<'actOnInfra'> =>
  async ({ params, body }, context) => {
    const operationId = operationOf(context);
    await engine.store.transaction(async (tx) => {
      const { namespace, infra } = await lockInfra(tx, params.ns, params.infra);
      const { action } = body;
      if (!isNodeAction(action) && (body.nodes || body.nodeGroup !== undefined)) {
        throw new DomainError('invalid', {
          issues: [{ field: 'body.nodes', reason: `"${action}" is for the whole MCIS.` }],
        });
      }
      if (action === 'continue') await continueInfra(engine, tx, { namespace, infra, operationId });
      else if (action === 'withdraw') await withdrawInfra(engine, tx, { infra, operationId });
      else {
        if (action !== 'terminate' && action !== 'abort') requireIdle(infra);
        requireNotHeld(infra);
        if (action === 'refine') await refineInfra(engine, tx, infra, operationId);
        else if (action === 'reconcile' || action === 'abort')
          await resolveUnclear(engine, tx, { infra, action, operationId });
        else
          await actOnNodes(engine, tx, {
            action,
            infras: [infra],
            ...(await selectNodes(tx, infra, body)),
            operationId,
          });
      }
      await settleOperations(engine, tx, [operationId]);
    });
    return {};
  };

async function actOnNodes(
  engine: EngineContext,
  tx: StoreTransaction,
  request: { action: NodeAction; infras: InfraRow[]; nodes: NodeRow[]; named: boolean; operationId: string },
): Promise<void> {
  const { action, infras, operationId } = request;
  const fit = requireFit(engine, action, request.nodes, request.named);
  const lost = await intendAction(engine, tx, { action, nodes: fit, operationId });
  await settleOperations(engine, tx, lost);
  await occupy(tx, infras, operationId);
}

/** A task that still has servers of an MCIS to itself keeps it: its failure policy needs it. */
async function occupy(tx: StoreTransaction, infras: InfraRow[], operationId: string): Promise<void> {
  for (const infra of await tx.lockInfrasById(infras.map(({ id }) => id))) {
    if (infra.runningOperation === undefined) await tx.updateInfra(infra.id, { runningOperation: operationId });
  }
}

/** Over several MCIS and single servers: all or nothing is accepted. */
export const actOnMany =
  (engine: EngineContext): Verb<'actOnMany'> =>
  async ({ params, body }, context) => {
    const operationId = operationOf(context);
    await engine.store.transaction(async (tx) => {
      const namespace = await requireNamespace(tx, params.ns);
      const named = await lockNamed(tx, namespace.id, body.infras ?? []);
      const single = (await tx.lockNodesById(body.nodes ?? [])).filter((node) => node.namespaceId === namespace.id);
      const missing = body.nodes?.find((id) => !single.some((node) => node.id === id));
      if (missing !== undefined) throw notFound('server', missing);
      const touched = await tx.lockInfrasById([
        ...new Set([...named.map(({ id }) => id), ...single.map((node) => node.infraId)]),
      ]);
      for (const infra of touched) {
        if (body.action !== 'terminate') requireIdle(infra);
        requireNotHeld(infra);
      }
      const whole = (await tx.lockNodes(named.map(({ id }) => id))).filter(
        (node) => !single.some(({ id }) => id === node.id),
      );
      const fitSingle = single.length > 0 ? requireFit(engine, body.action, single, true) : [];
      const fitWhole =
        single.length > 0 ? splitByRule(engine, body.action, whole).fit : requireFit(engine, body.action, whole, false);
      const nodes = [...fitSingle, ...fitWhole];
      await actOnNodes(engine, tx, {
        action: body.action,
        infras: touched.filter(({ id }) => nodes.some((node) => node.infraId === id)),
        nodes,
        named: false,
        operationId,
      });
      await settleOperations(engine, tx, [operationId]);
    });
    return {};
  };

async function lockNamed(tx: StoreTransaction, namespaceId: string, names: string[]): Promise<InfraRow[]> {
  if (names.length === 0) return [];
  const rows = await tx.lockInfras(namespaceId, names);
  const missing = names.find((name) => !rows.some((row) => row.name === name || row.id === name));
  if (missing !== undefined) throw notFound('MCIS', missing);
  return rows;
}
