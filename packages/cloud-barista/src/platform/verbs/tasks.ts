import { randomUUID } from 'node:crypto';
import { DomainError, type Target, type VerbContext } from '@waterstrider/contract';
import { wrongState } from '../adapter.ts';
import type { Call, MirroredGroup, MirroredInfra, MirroredNode, MirrorTransaction } from '../../ports/index.ts';

/** A row that answers 202 always comes with its task. */
export function operationOf(context: VerbContext): string {
  if (context.operationId === undefined) throw new Error('A changing verb was called without a task.');
  return context.operationId;
}

export type CallPlan = Pick<Call, 'goal' | 'method' | 'path' | 'items'> &
  Partial<Pick<Call, 'query' | 'body' | 'namespaceId' | 'infraId'>>;

/** Writes down what will be sent, and what hangs on it. The first request carries the task's id as its `X-Request-Id`. */
export async function beginCalls(
  tx: MirrorTransaction,
  operationId: string,
  task: { items: Target[]; calls: CallPlan[] },
): Promise<void> {
  await tx.addItems(
    operationId,
    task.items.map((target) => ({ target })),
  );
  const isFirst = (await tx.callsOf(operationId)).length === 0;
  await tx.insertCalls(
    task.calls.map((call, index) => ({
      ...call,
      id: isFirst && index === 0 ? operationId : randomUUID(),
      operationId,
      state: 'waiting' as const,
    })),
  );
}

export const nodeTarget = ({ id, name }: Pick<MirroredNode, 'id' | 'name'>): Target => ({ kind: 'node', id, name });
export const infraTarget = ({ id, name }: Pick<MirroredInfra, 'id' | 'name'>): Target => ({ kind: 'infra', id, name });

export type LockedInfra = { infra: MirroredInfra; groups: MirroredGroup[]; nodes: MirroredNode[] };

/** One MCIS of a namespace with its servers, by name or id. */
export async function findInfra(tx: MirrorTransaction, namespaceId: string, nameOrId: string): Promise<LockedInfra> {
  const [found] = await findInfras(tx, namespaceId, [nameOrId]);
  if (found === undefined) throw new DomainError('not_found', { reason: `There is no MCIS "${nameOrId}".` });
  return found;
}

export async function findInfras(
  tx: MirrorTransaction,
  namespaceId: string,
  namesOrIds: readonly string[],
): Promise<LockedInfra[]> {
  const infras = await tx.infras(namespaceId);
  const groups = await tx.groupsIn(namespaceId);
  const nodes = await tx.nodesIn(namespaceId);
  return namesOrIds.map((nameOrId) => {
    const infra = infras.find(({ id, name }) => id === nameOrId || name.toLowerCase() === nameOrId.toLowerCase());
    if (infra === undefined) throw new DomainError('not_found', { reason: `There is no MCIS "${nameOrId}".` });
    return {
      infra,
      groups: groups.filter(({ infraId }) => infraId === infra.id),
      nodes: nodes
        .filter(({ infraId }) => infraId === infra.id)
        .sort((left, right) =>
          left.groupId < right.groupId ? -1 : left.groupId > right.groupId ? 1 : left.index - right.index,
        ),
    };
  });
}

/** Throws `busy`, naming the running task. */
export function requireIdle(infra: MirroredInfra): void {
  const { runningOperation, name } = infra;
  if (runningOperation === undefined) return;
  throw new DomainError(
    'busy',
    { operation: runningOperation, reason: 'taskRunning' },
    { message: `Another task is running on "${name}". Wait for it, or cancel it.` },
  );
}

export function requireNotHeld(infra: MirroredInfra): void {
  if (infra.phase === 'Prepared') {
    throw wrongState(`"${infra.name}" is on hold: continue or withdraw it first.`, 'onHold');
  }
}

export const occupy = (tx: MirrorTransaction, infras: MirroredInfra[], operationId: string): Promise<void> =>
  tx.putInfras(infras.map((infra) => ({ ...infra, runningOperation: operationId })));
