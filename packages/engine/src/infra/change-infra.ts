import { DomainError, type Infra, type Verb } from '@waterstrider/contract';
import { invalidField, notFound, type EngineContext, wrongState } from '../context.ts';
import { operationOf } from '../credential/credentials.ts';
import { settleOperations } from '../operation/settle-operations.ts';
import { insertGroupsWithNodes, planRequest } from './create-infra.ts';
import { lockInfra, requireIdle, requireNotHeld } from './lock-infra.ts';
import { addNodes } from './make-nodes.ts';
import { removeNodes } from './node-intents.ts';
import { requireUsable } from './plan-groups.ts';
import { ensureSharedResources } from './shared-resources.ts';

/** The console answers with its own view; what is returned here only names the infra. */
export const updateInfra =
  (engine: EngineContext): Verb<'updateInfra'> =>
  async ({ params, body }) =>
    engine.store.transaction(async (tx) => {
      const { namespace, infra } = await lockInfra(tx, params.ns, params.infra);
      await tx.updateInfra(infra.id, {
        ...(body.description !== undefined && { description: body.description }),
        ...(body.labels && { labels: body.labels }),
      });
      return { id: infra.id, name: infra.name, ns: namespace.name } as Infra; // completed by the console from its inventory
    });

export const addNodeGroup =
  (engine: EngineContext): Verb<'addNodeGroup'> =>
  async ({ params, body }, context) => {
    const operationId = operationOf(context);
    const { namespace, plans } = await planRequest(engine, params.ns, [body], () => 'body.');
    await engine.store.transaction(async (tx) => {
      const { infra } = await lockInfra(tx, params.ns, params.infra);
      requireIdle(infra);
      requireNotHeld(infra);
      const groups = await tx.groups(infra.id);
      if (groups.some(({ name }) => name.toLowerCase() === body.name.toLowerCase())) {
        throw new DomainError('exists', {
          reason: `"${infra.name}" has a server group "${body.name}" already. Choose another name.`,
        });
      }
      await tx.updateInfra(infra.id, { runningOperation: operationId });
      await insertGroupsWithNodes(engine, tx, {
        namespace,
        infraId: infra.id,
        plans,
        operationId,
        hold: false,
        labels: infra.labels,
        firstPosition: groups.length,
      });
    });
    return {};
  };

/** Out: more servers like the others. In: the newest first, or the named. */
export const scaleNodeGroup =
  (engine: EngineContext): Verb<'scaleNodeGroup'> =>
  async ({ params, body }, context) => {
    const operationId = operationOf(context);
    await engine.store.transaction(async (tx) => {
      const { namespace, infra } = await lockInfra(tx, params.ns, params.infra);
      requireIdle(infra);
      requireNotHeld(infra);
      const group = (await tx.groups(infra.id)).find(
        ({ id, name }) => id === params.nodeGroup || name === params.nodeGroup,
      );
      if (!group) throw notFound('server group', params.nodeGroup);
      const living = (await tx.lockNodes([infra.id])).filter(
        (node) => node.groupId === group.id && node.status !== 'Terminated',
      );
      const difference = body.size - living.length;
      if (difference === 0) throw wrongState(`The group "${group.name}" has ${body.size} servers already.`, 'sameSize');
      await tx.updateInfra(infra.id, { runningOperation: operationId });
      await tx.updateGroup(group.id, { size: body.size });
      if (difference > 0) {
        if (body.nodes) throw invalidField('body.nodes', 'Servers are named only to scale in.');
        const connection = requireUsable(await tx.connection(group.connectionId), namespace.id, group.connectionId);
        const targets = await addNodes(engine, tx, {
          namespaceId: namespace.id,
          group,
          count: difference,
          operationId,
          hold: false,
          infraLabels: infra.labels,
        });
        await tx.addItems(
          operationId,
          targets.map((target) => ({ target })),
        );
        await ensureSharedResources(engine, tx, {
          namespaceId: namespace.id,
          ns: namespace.name,
          connections: [connection],
        });
        return;
      }
      const unknown = body.nodes?.find((wanted) => !living.some((node) => node.id === wanted || node.name === wanted));
      if (unknown !== undefined) throw notFound('server', unknown);
      const named = living.filter((node) => body.nodes?.includes(node.id) || body.nodes?.includes(node.name));
      if (named.length > -difference) {
        throw new DomainError('invalid', {
          issues: [{ field: 'body.nodes', reason: `${named.length} servers are named, ${-difference} are to go.` }],
        });
      }
      const newest = living.filter((node) => !named.includes(node)).sort((a, b) => b.index - a.index);
      const going = [...named, ...newest.slice(0, -difference - named.length)];
      const lost = await removeNodes(engine, tx, going, operationId);
      await settleOperations(engine, tx, [...lost, operationId]);
    });
    return {};
  };
