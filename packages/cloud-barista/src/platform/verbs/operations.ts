import { DomainError, type Verb } from '@waterstrider/contract';
import { wrongState, type Adapter } from '../adapter.ts';
import { finishTasks } from '../apply-list.ts';
import { occupy, requireIdle } from './tasks.ts';

const repeatable = new Set(['suspend', 'resume', 'reboot', 'terminate', 'remove', 'answer', 'resolve']);

/** Requests that wait are not sent; what upstream has goes on to its end there. */
export const cancelOperation =
  (adapter: Adapter): Verb<'cancelOperation'> =>
  async ({ params }) => {
    await adapter.mirror.transaction(async (tx) => {
      const [task] = await tx.lockOperations([params.operation]);
      if (task === undefined) throw new DomainError('not_found');
      if (task.state !== 'running' && task.state !== 'pending') throw wrongState('The task has ended.', 'taskEnded');
      const waiting = (await tx.openCalls(params.operation)).filter(({ state }) => state === 'waiting');
      if (waiting.length === 0) {
        throw wrongState(
          'CB-Tumblebug has all of it already and can not take it back. Wait for its end.',
          'alreadySent',
        );
      }
      for (const call of waiting) {
        await tx.writeCall(call.id, { state: 'settled' });
        await tx.moveItems(
          params.operation,
          call.items.map((targetId) => ({ targetId, state: 'cancelled' as const })),
        );
      }
      await finishTasks(tx, [params.operation]);
    });
    adapter.hurry('calls');
    return {};
  };

/** Sends again what failed. Servers that could not be made are not made again upstream: refine, then scale out. */
export const retryOperation =
  (adapter: Adapter): Verb<'retryOperation'> =>
  async ({ params }) => {
    await adapter.mirror.transaction(async (tx) => {
      const [task] = await tx.lockOperations([params.operation]);
      if (task === undefined) throw new DomainError('not_found');
      if (task.state === 'running' || task.state === 'pending')
        throw wrongState('The task has not ended.', 'taskRunning');
      const failed = new Map(
        (await tx.itemsOf(params.operation, ['failed', 'unknown'])).map(({ target }) => [target.id, target]),
      );
      const calls = (await tx.callsOf(params.operation)).filter(({ items }) => items.some((id) => failed.has(id)));
      if (calls.length === 0) throw wrongState('None of the items has failed.', 'nothingFailed');
      const unfit = calls.find(({ goal }) => !repeatable.has(goal));
      if (unfit !== undefined) {
        const reason =
          unfit.goal === 'credential'
            ? 'The values are not kept here. Give them again on the credential.'
            : 'CB-Tumblebug can not make failed servers again. Refine the MCIS, then scale its group out.';
        throw new DomainError('unsupported', { reason });
      }
      for (const namespaceId of new Set(calls.flatMap((call) => call.namespaceId ?? []))) {
        const ids = new Set(calls.flatMap((call) => call.infraId ?? []));
        const infras = (await tx.infras(namespaceId)).filter(({ id }) => ids.has(id));
        for (const infra of infras) requireIdle(infra);
        await occupy(tx, infras, params.operation);
      }
      await tx.reopenOperation(params.operation);
      await tx.addItems(
        params.operation,
        [...failed.values()].map((target) => ({ target })),
      );
      await tx.insertCalls(
        calls.map(({ error: _error, creationErrors: _errors, sentAt: _sent, answeredAt: _answered, ...call }) => ({
          ...call,
          id: crypto.randomUUID(),
          items: call.items.filter((id) => failed.has(id)),
          state: 'waiting' as const,
        })),
      );
    });
    adapter.hurry('calls');
    return {};
  };
