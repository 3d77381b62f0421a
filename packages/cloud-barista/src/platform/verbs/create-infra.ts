import { randomUUID } from 'node:crypto';
import { DomainError, type Infra, type InputOf, type Issue, type Verb } from '@waterstrider/contract';
import { pathPart, requireNamespace, type Adapter } from '../adapter.ts';
import { askReview } from '../review-infra.ts';
import { planGroups, toGroupRequest, toNewNodes, toPlaceholders, type PlannedGroup } from './plan-groups.ts';
import {
  beginCalls,
  findInfra,
  infraTarget,
  nodeTarget,
  occupy,
  operationOf,
  requireIdle,
  requireNotHeld,
} from './tasks.ts';

/** Upstream's own rule is stricter than ours nowhere but here: it keeps names in lower case. */
export const createInfra =
  (adapter: Adapter): Verb<'createInfra'> =>
  async ({ params, body }, context) => {
    const operationId = operationOf(context);
    const namespace = await adapter.mirror.transaction((tx) => requireNamespace(tx, params.ns));
    const plans = await planGroups(
      adapter,
      namespace.id,
      body.nodeGroups.map((input, index) => ({ input, at: `body.nodeGroups.${String(index)}` })),
    );
    await requireReviewed(adapter, namespace.name, body);
    const id = randomUUID();
    await adapter.mirror.transaction(async (tx) => {
      const taken = (await tx.infras(namespace.id)).some(({ name }) => name.toLowerCase() === body.name.toLowerCase());
      if (taken)
        throw new DomainError('exists', { reason: `An MCIS "${body.name}" exists already in "${namespace.name}".` });
      const infra = {
        id,
        namespaceId: namespace.id,
        name: body.name,
        description: body.description,
        labels: body.labels ?? {},
        policy: body.policyOnPartialFailure,
        phase: 'Preparing' as const,
        runningOperation: operationId,
        createdBy: context.actor,
      };
      await tx.putInfras([infra]);
      const made = plans.map((plan, position) =>
        toPlaceholders(
          {
            namespaceId: namespace.id,
            infraId: id,
            operationId,
            position,
            status: body.hold ? 'Registering' : 'Creating',
          },
          plan,
        ),
      );
      await tx.putGroups(made.map(({ group }) => group));
      const nodes = made.flatMap((part) => part.nodes);
      await tx.putNodes(nodes);
      const items = body.hold ? [infraTarget(infra)] : nodes.map(nodeTarget);
      await beginCalls(tx, operationId, {
        items,
        calls: [
          {
            goal: body.hold ? 'hold' : 'create',
            method: 'POST',
            path: `/ns/${pathPart(namespace.name)}/infraDynamic`,
            ...(body.hold ? { query: { option: 'hold' } } : {}),
            body: toRequest(body, plans),
            items: items.map((item) => item.id),
            namespaceId: namespace.id,
            infraId: id,
          },
        ],
      });
    });
    adapter.hurry('calls');
    return { infra: emptyInfra({ id, ns: namespace.name, actor: context.actor, body }) };
  };

/** What upstream would refuse in the end is refused at once, with the fields. */
async function requireReviewed(adapter: Adapter, ns: string, body: InputOf<'createInfra'>['body']): Promise<void> {
  const verdicts = new Map((await askReview(adapter, ns, body)).map((verdict) => [verdict.nodeGroup, verdict]));
  const issues: Issue[] = body.nodeGroups.flatMap(({ name }, index) => {
    const { specFault, imageFault } = verdicts.get(name) ?? {};
    const at = `body.nodeGroups.${String(index)}`;
    return [
      ...(specFault === undefined ? [] : [{ field: `${at}.spec`, reason: specFault }]),
      ...(imageFault === undefined ? [] : [{ field: `${at}.image`, reason: imageFault }]),
    ];
  });
  if (issues.length > 0) throw new DomainError('invalid', { issues });
}

const toRequest = (body: InputOf<'createInfra'>['body'], plans: PlannedGroup[]): Record<string, unknown> => ({
  name: body.name,
  description: body.description,
  policyOnPartialFailure: body.policyOnPartialFailure,
  installMonAgent: 'no',
  ...(body.labels === undefined ? {} : { label: body.labels }),
  nodeGroups: plans.map(({ input, connection }) => toGroupRequest(input, connection.name)),
});

/** What the answer shows at once; the console replaces it by its own view as soon as it has seen the change. */
function emptyInfra(of: { id: string; ns: string; actor: string; body: InputOf<'createInfra'>['body'] }): Infra {
  const { id, ns, actor, body } = of;
  return {
    id,
    name: body.name,
    ns,
    description: body.description,
    labels: body.labels ?? {},
    status: 'Preparing',
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

export const addNodeGroup =
  (adapter: Adapter): Verb<'addNodeGroup'> =>
  async ({ params, body }, context) => {
    const operationId = operationOf(context);
    const namespace = await adapter.mirror.transaction((tx) => requireNamespace(tx, params.ns));
    await adapter.mirror.transaction((tx) => findInfra(tx, namespace.id, params.infra));
    const [plan] = await planGroups(adapter, namespace.id, [{ input: body, at: 'body' }]);
    if (plan === undefined) throw new DomainError('internal');
    await adapter.mirror.transaction(async (tx) => {
      const { infra, groups } = await findInfra(tx, namespace.id, params.infra);
      requireIdle(infra);
      requireNotHeld(infra);
      if (groups.some(({ name }) => name.toLowerCase() === body.name.toLowerCase())) {
        throw new DomainError('exists', { reason: `"${infra.name}" has a server group "${body.name}" already.` });
      }
      const place = { namespaceId: namespace.id, infraId: infra.id, operationId, position: groups.length };
      const { group, nodes } = toPlaceholders({ ...place, status: 'Creating' }, plan);
      await tx.putGroups([group]);
      await tx.putNodes(nodes);
      await occupy(tx, [infra], operationId);
      await beginCalls(tx, operationId, {
        items: nodes.map(nodeTarget),
        calls: [
          {
            goal: 'create',
            method: 'POST',
            path: `/ns/${pathPart(namespace.name)}/infra/${pathPart(infra.name)}/nodeGroupDynamic`,
            body: toGroupRequest(plan.input, plan.connection.name),
            items: nodes.map(({ id }) => id),
            namespaceId: namespace.id,
            infraId: infra.id,
          },
        ],
      });
    });
    adapter.hurry('calls');
    return {};
  };

/** Out: upstream adds servers to the group. In: the newest, or the named ones, are deleted there one by one. */
export const scaleNodeGroup =
  (adapter: Adapter): Verb<'scaleNodeGroup'> =>
  async ({ params, body }, context) => {
    const operationId = operationOf(context);
    await adapter.mirror.transaction(async (tx) => {
      const namespace = await requireNamespace(tx, params.ns);
      const { infra, groups, nodes: all } = await findInfra(tx, namespace.id, params.infra);
      const group = groups.find(({ id, name }) => id === params.nodeGroup || name === params.nodeGroup);
      if (group === undefined) {
        throw new DomainError('not_found', { reason: `"${infra.name}" has no server group "${params.nodeGroup}".` });
      }
      requireIdle(infra);
      requireNotHeld(infra);
      const inGroup = all.filter(({ groupId }) => groupId === group.id);
      const nodes = inGroup.filter(({ status }) => status !== 'Terminated');
      const base = `/ns/${pathPart(namespace.name)}/infra/${pathPart(infra.name)}`;
      const place = { namespaceId: namespace.id, infraId: infra.id };
      const difference = body.size - nodes.length;
      if (difference === 0) {
        throw new DomainError(
          'wrong_state',
          { reason: 'sameSize' },
          { message: `"${group.name}" has ${String(body.size)} servers already.` },
        );
      }
      await occupy(tx, [infra], operationId);
      if (difference > 0) {
        if (body.nodes !== undefined) throw invalidNodes('Servers are named only to scale in.');
        const first = Math.max(0, ...inGroup.map(({ index }) => index)) + 1;
        const fresh = toNewNodes({ namespaceId: namespace.id, operationId, status: 'Creating' }, group, {
          first,
          count: difference,
        });
        await tx.putNodes(fresh);
        await beginCalls(tx, operationId, {
          items: fresh.map(nodeTarget),
          calls: [
            {
              ...place,
              goal: 'create',
              method: 'POST',
              path: `${base}/nodegroup/${pathPart(group.name)}`,
              body: { numNodesToAdd: difference },
              items: fresh.map(({ id }) => id),
            },
          ],
        });
        return;
      }
      const leaving = chooseLeaving(nodes, -difference, body.nodes);
      await beginCalls(tx, operationId, {
        items: leaving.map(nodeTarget),
        calls: leaving.map((node) => ({
          ...place,
          goal: 'remove' as const,
          method: 'DELETE' as const,
          path: `${base}/node/${pathPart(node.name)}`,
          items: [node.id],
        })),
      });
    });
    adapter.hurry('calls');
    return {};
  };

const invalidNodes = (reason: string): DomainError =>
  new DomainError('invalid', { issues: [{ field: 'body.nodes', reason }] });

function chooseLeaving<Node extends { id: string; name: string; index: number }>(
  nodes: Node[],
  count: number,
  named: string[] | undefined,
): Node[] {
  const unknown = named?.find((wanted) => !nodes.some(({ id, name }) => id === wanted || name === wanted));
  if (unknown !== undefined) throw new DomainError('not_found', { reason: `There is no server "${unknown}".` });
  const chosen = nodes.filter(({ id, name }) => named?.includes(id) === true || named?.includes(name) === true);
  if (chosen.length > count) {
    throw invalidNodes(`${String(chosen.length)} servers are named, ${String(count)} are to go.`);
  }
  const newest = nodes.filter((node) => !chosen.includes(node)).sort((left, right) => right.index - left.index);
  return [...chosen, ...newest.slice(0, count - chosen.length)];
}
