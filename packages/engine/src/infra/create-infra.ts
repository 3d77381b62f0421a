import { randomUUID } from 'node:crypto';
import { DomainError, type Infra, type Verb } from '@waterstrider/contract';
import { notFound, type EngineContext } from '../context.ts';
import { operationOf } from '../credential/credentials.ts';
import { settleOperations } from '../operation/settle-operations.ts';
import type { ConnectionRow, StoreTransaction } from '../ports/index.ts';
import { addNodes, toGroupRow } from './make-nodes.ts';
import { findConnections, planGroup, requireMakeable, type PlannedGroup } from './plan-groups.ts';
import { ensureSharedResources } from './shared-resources.ts';

/** The groups of a request against catalogue and connections; throws what can not be made. */
export async function planRequest(
  engine: EngineContext,
  ns: string,
  groups: Parameters<typeof findConnections>[2],
  fieldOf: (index: number) => string,
) {
  const { namespace, connections } = await engine.store.transaction(async (tx) => {
    const record = await tx.namespaceByName(ns);
    if (!record) throw notFound('namespace', ns);
    return { namespace: record, connections: await findConnections(tx, record.id, groups) };
  });
  const plans = await Promise.all(groups.map((group) => planGroup(engine, group, connections.get(group.connection))));
  return { namespace, plans: requireMakeable(plans, fieldOf) };
}

export const connectionsOf = (plans: PlannedGroup[]): ConnectionRow[] => [
  ...new Map(plans.map(({ connection }) => [connection.id, connection])).values(),
];

export const createInfra =
  (engine: EngineContext): Verb<'createInfra'> =>
  async ({ params, body }, context) => {
    const operationId = operationOf(context);
    const { namespace, plans } = await planRequest(
      engine,
      params.ns,
      body.nodeGroups,
      (index) => `body.nodeGroups.${index}.`,
    );
    const id = randomUUID();
    const labels = body.labels ?? {};
    await engine.store.transaction(async (tx) => {
      const outcome = await tx.insertInfra({
        id,
        namespaceId: namespace.id,
        name: body.name,
        description: body.description,
        labels,
        policy: body.policyOnPartialFailure,
        ...(body.hold && { phase: 'Preparing' as const }),
        createdBy: context.actor,
        runningOperation: operationId,
      });
      if (outcome === 'exists')
        throw new DomainError('exists', {
          reason: `An MCIS "${body.name}" exists already in "${namespace.name}". Choose another name.`,
        });
      await insertGroupsWithNodes(engine, tx, { namespace, infraId: id, plans, operationId, hold: body.hold, labels });
    });
    return { infra: emptyInfra({ id, ns: namespace.name, actor: context.actor, body }) };
  };

/** Groups, servers and shared resources in one unit. On hold the task's items are the resources, else the servers. */
export async function insertGroupsWithNodes(
  engine: EngineContext,
  tx: StoreTransaction,
  request: {
    namespace: { id: string; name: string };
    infraId: string;
    plans: PlannedGroup[];
    operationId: string;
    hold: boolean;
    labels: Record<string, string>;
    firstPosition?: number;
  },
): Promise<void> {
  const { namespace, infraId, plans, operationId, hold } = request;
  const groups = plans.map((plan, index) => ({
    ...toGroupRow(infraId, plan),
    position: (request.firstPosition ?? 0) + index,
  }));
  await tx.insertGroups(groups);
  for (const group of groups) {
    const targets = await addNodes(engine, tx, {
      namespaceId: namespace.id,
      group,
      count: group.size,
      operationId,
      hold,
      infraLabels: request.labels,
    });
    if (!hold)
      await tx.addItems(
        operationId,
        targets.map((target) => ({ target })),
      );
  }
  const waiting = await ensureSharedResources(engine, tx, {
    namespaceId: namespace.id,
    ns: namespace.name,
    connections: connectionsOf(plans),
    ...(hold && { operationId }),
  });
  if (!hold) return;
  await tx.addItems(
    operationId,
    waiting.map((row) => ({ target: { kind: row.kind, id: row.id, name: row.name } })),
  );
  await settleOperations(engine, tx, [operationId]);
}

/** What the answer shows at once; the console replaces it by its own view as soon as it has seen the change. */
function emptyInfra(request: {
  id: string;
  ns: string;
  actor: string;
  body: {
    name: string;
    description: string;
    labels?: Record<string, string> | undefined;
    policyOnPartialFailure: Infra['policyOnPartialFailure'];
    hold: boolean;
  };
}): Infra {
  const { id, ns, actor, body } = request;
  return {
    id,
    name: body.name,
    ns,
    description: body.description,
    labels: body.labels ?? {},
    status: body.hold ? 'Preparing' : 'Creating',
    statusCounts: {},
    nodes: 0,
    providers: [],
    regions: [],
    nodeGroups: [],
    policyOnPartialFailure: body.policyOnPartialFailure,
    costPerHourUsd: 0,
    unpriced: 0,
    squares: [],
    createdAt: new Date().toISOString(),
    createdBy: actor,
  };
}
