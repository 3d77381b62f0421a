import type { InfraInput, InfraReview } from '@waterstrider/contract';
import { notFound, type EngineContext } from '../context.ts';
import { CloudError } from '../ports/index.ts';
import { openSession } from '../reconcile/open-session.ts';
import { findConnections, planGroup, type GroupPlan } from './plan-groups.ts';
import { resourceKinds, resourceName } from './shared-resources.ts';

const hoursPerMonth = 730;
type Message = InfraReview['messages'][number];
type Quota = { serversLeft: number | undefined } | { failed: string };

const worst = (messages: Message[]): InfraReview['verdict'] => {
  if (messages.some(({ severity }) => severity === 'error')) return 'error';
  return messages.some(({ severity }) => severity === 'warning') ? 'warning' : 'ok';
};

async function quotaOf(engine: EngineContext, plan: GroupPlan): Promise<Quota | undefined> {
  if (!plan.connection || plan.connection.state !== 'Verified') return undefined;
  try {
    const session = await openSession(engine, plan.connection);
    return await session.quota(AbortSignal.timeout(5000));
  } catch (error) {
    if (error instanceof CloudError) return { failed: error.message };
    throw error;
  }
}

function quotaMessages(plan: GroupPlan, quota: Quota | undefined, wanted: number): Message[] {
  if (!quota) return [];
  if ('failed' in quota)
    return [
      {
        severity: 'warning',
        field: 'connection',
        key: 'quotaUnknown',
        text: `The cloud did not tell the quota: ${quota.failed}`,
      },
    ];
  if (quota.serversLeft === undefined || quota.serversLeft >= wanted) return [];
  return [
    {
      severity: 'error',
      field: 'size',
      key: 'quotaExceeded',
      text: `Only ${quota.serversLeft} more servers are allowed on "${plan.input.connection}"; ${wanted} are asked for.`,
    },
  ];
}

function toVerdict(plan: GroupPlan, messages: Message[], quota: Quota | undefined): InfraReview['nodeGroups'][number] {
  const cost = plan.spec?.costPerHourUsd;
  return {
    nodeGroup: plan.input.name,
    verdict: worst(messages),
    messages,
    size: plan.input.size,
    ...(plan.connection && { provider: plan.connection.provider, region: plan.connection.region }),
    ...(cost !== undefined && { costPerHourUsd: cost * plan.input.size }),
    ...(quota && 'serversLeft' in quota && quota.serversLeft !== undefined && { quotaLeft: quota.serversLeft }),
    ...(plan.driver && { expectedSeconds: expectedSeconds(plan) }),
  };
}

/** Rounds of creations at the cloud's own limit, each of typical length. */
function expectedSeconds(plan: GroupPlan): number {
  if (!plan.driver) return 0;
  const rounds = Math.ceil(plan.input.size / plan.driver.limits.concurrentCreates);
  return Math.ceil((rounds * plan.driver.limits.createMs) / 1000);
}

async function reviewResources(
  engine: EngineContext,
  namespace: { id: string; name: string },
  plans: GroupPlan[],
): Promise<InfraReview['resources']> {
  const connections = [
    ...new Map(plans.flatMap(({ connection }) => (connection ? [[connection.id, connection] as const] : []))).values(),
  ];
  const present = await engine.store.transaction((tx) =>
    tx.resources(
      namespace.id,
      connections.map(({ id }) => id),
    ),
  );
  return connections.flatMap((connection) =>
    resourceKinds.map((kind) => ({
      kind,
      name: resourceName(namespace.name, connection.name, kind),
      connection: connection.name,
      action: present.some((row) => row.connectionId === connection.id && row.kind === kind && row.state !== 'Failed')
        ? ('reuse' as const)
        : ('create' as const),
    })),
  );
}

/** A dry run: the same checks as creation, quota and prices; nothing is written. */
export async function reviewInfra(engine: EngineContext, ns: string, input: InfraInput): Promise<InfraReview> {
  const { namespace, connections, taken } = await engine.store.transaction(async (tx) => {
    const record = await tx.namespaceByName(ns);
    if (!record) throw notFound('namespace', ns);
    const existing = await tx.lockInfras(record.id, [input.name]);
    return {
      namespace: record,
      connections: await findConnections(tx, record.id, input.nodeGroups),
      taken: existing.length > 0,
    };
  });
  const plans = await Promise.all(
    input.nodeGroups.map((group) => planGroup(engine, group, connections.get(group.connection))),
  );
  const perConnection = new Map<string, Promise<Quota | undefined>>();
  for (const plan of plans) {
    const id = plan.connection?.id;
    if (id !== undefined && !perConnection.has(id)) perConnection.set(id, quotaOf(engine, plan));
  }
  const nodeGroups = await Promise.all(
    plans.map(async (plan) => {
      const quota = await perConnection.get(plan.connection?.id ?? '');
      const wanted = plans
        .filter(({ connection }) => connection?.id === plan.connection?.id)
        .reduce((sum, { input: group }) => sum + group.size, 0);
      return toVerdict(plan, [...plan.messages, ...quotaMessages(plan, quota, wanted)], quota);
    }),
  );
  const messages: Message[] = taken
    ? [
        {
          severity: 'error',
          field: 'name',
          key: 'nameTaken',
          text: `An MCIS "${input.name}" exists already in "${namespace.name}".`,
        },
      ]
    : [];
  const costPerHourUsd = nodeGroups.reduce((sum, group) => sum + (group.costPerHourUsd ?? 0), 0);
  const seconds = nodeGroups.map((group) => group.expectedSeconds ?? 0);
  return {
    verdict: worst([...messages, ...nodeGroups.flatMap((group) => group.messages)]),
    messages,
    nodeGroups,
    resources: await reviewResources(engine, namespace, plans),
    nodes: input.nodeGroups.reduce((sum, group) => sum + group.size, 0),
    costPerHourUsd,
    costPerMonthUsd: costPerHourUsd * hoursPerMonth,
    unpriced: plans
      .filter(({ spec }) => spec && spec.costPerHourUsd === undefined)
      .reduce((sum, { input: group }) => sum + group.size, 0),
    approximate: plans.some(({ spec }) => spec?.approximate),
    expectedSeconds: Math.max(0, ...seconds),
  };
}
