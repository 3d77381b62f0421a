import { DomainError, type Infra, type Verb } from '@waterstrider/contract';
import { notFound, pathPart, requireNamespace, wrongState, type Adapter } from '../adapter.ts';
import { beginCalls, findInfra, infraTarget, nodeTarget, occupy, operationOf, requireIdle } from './tasks.ts';
import type { MirroredInfra, MirrorTransaction } from '../../ports/index.ts';
import { toDomainError } from '../../wire/to-domain-error.ts';

/** Labels go to upstream's label store; a description can not be changed there. */
export const updateInfra =
  (adapter: Adapter): Verb<'updateInfra'> =>
  async ({ params, body }) => {
    // Its servers may be thousands, and are not needed here.
    const find = async (tx: MirrorTransaction): Promise<MirroredInfra> => {
      const { id: namespaceId } = await requireNamespace(tx, params.ns);
      const infra = (await tx.infras(namespaceId)).find(
        ({ id, name }) => id === params.infra || name.toLowerCase() === params.infra.toLowerCase(),
      );
      if (infra === undefined) throw notFound('MCIS', params.infra);
      return infra;
    };
    const infra = await adapter.mirror.transaction(find);
    if (body.description !== undefined && body.description !== infra.description) {
      throw new DomainError('unsupported', { reason: 'CB-Tumblebug can not change the description of an MCIS.' });
    }
    const labels = body.labels ?? infra.labels;
    if (infra.uid === undefined) throw wrongState(`"${infra.name}" is still being made.`, 'notMadeYet');
    await writeLabels(adapter, infra.uid, { before: infra.labels, after: labels });
    // Read again: a task may have begun or ended meanwhile.
    await adapter.mirror.transaction(async (tx) => tx.putInfras([{ ...(await find(tx)), labels }]));
    // The console shows its own view; only the name is read from here.
    return { id: infra.id, name: infra.name } as Infra;
  };

async function writeLabels(
  { tumblebug }: Adapter,
  uid: string,
  { before, after }: { before: Record<string, string>; after: Record<string, string> },
): Promise<void> {
  const path = `/label/infra/${pathPart(uid)}`;
  try {
    for (const key of Object.keys(before)) {
      if (!(key in after)) await tumblebug.call({ method: 'DELETE', path: `${path}/${pathPart(key)}` });
    }
    if (Object.keys(after).length > 0) await tumblebug.call({ method: 'PUT', path, body: { labels: after } });
  } catch (error) {
    throw toDomainError(error);
  }
}

const stuckMs = 10 * 60_000;

/** One that upstream was restarted in, or held for too long, has no servers and is deletable there by force only. */
const isStuck = ({ createdAt, phase }: MirroredInfra, servers: number): boolean =>
  servers === 0 && phase === undefined && Date.now() - Date.parse(createdAt ?? '') > stuckMs;

const optionOf = (isForced: boolean, isTerminating: boolean): { query?: Record<string, string> } =>
  isForced ? { query: { option: 'force' } } : isTerminating ? { query: { option: 'terminate' } } : {};

const deletable = new Set(['Terminated', 'Failed', 'Undefined']);

export const deleteInfra =
  (adapter: Adapter): Verb<'deleteInfra'> =>
  async ({ params, query }, context) => {
    const operationId = operationOf(context);
    await adapter.mirror.transaction(async (tx) => {
      const namespace = await requireNamespace(tx, params.ns);
      const { infra, nodes } = await findInfra(tx, namespace.id, params.infra);
      const isTerminating = query.option === 'terminate';
      if (!isTerminating) {
        requireIdle(infra);
        const living = nodes.find(({ status }) => !deletable.has(status));
        if (living !== undefined || infra.phase === 'Preparing') {
          const what = living === undefined ? 'It is still being prepared' : `"${living.name}" is ${living.status}`;
          throw wrongState(`${what}. Terminate the servers first.`, 'serversLeft');
        }
      }
      await occupy(tx, [infra], operationId);
      const items = [...nodes.map(nodeTarget), infraTarget(infra)];
      await beginCalls(tx, operationId, {
        items,
        calls: [
          {
            goal: 'remove',
            method: 'DELETE',
            path: `/ns/${pathPart(namespace.name)}/infra/${pathPart(infra.name)}`,
            ...optionOf(isStuck(infra, nodes.length), isTerminating),
            items: items.map(({ id }) => id),
            namespaceId: namespace.id,
            infraId: infra.id,
          },
        ],
      });
    });
    adapter.hurry('calls');
    return {};
  };
