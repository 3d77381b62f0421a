import type { FacadeConsole } from '@waterstrider/cloud-barista/facade';
import { DomainError, type Operation, type RowName } from '@waterstrider/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { findOperation } from '../operations/operation-access.ts';
import { isEnded } from '../operations/to-operation.ts';
import type { CallRow } from '../pipeline/call-row.ts';
import type { Actor } from '../pipeline/context.ts';
import type { Services } from '../services.ts';

export type FacadeConsoleOptions = {
  services: Services;
  callRow: CallRow;
  actor: Actor;
  requestId: string;
  request: FastifyRequest;
  reply: FastifyReply;
  /** Fires when the server ends: nobody waits any longer. */
  stopping: AbortSignal;
  /** A task was begun by this call. */
  onOperation: (id: string) => void;
};

/** A lost announcement costs so long. */
const longestWaitMs = 1_000;
/** A task is asked about at most so often, however fast its items move. */
const shortestWaitMs = 200;

/** The rows of the contract as the caller of one request may use them. */
export function createFacadeConsole(options: FacadeConsoleOptions): FacadeConsole {
  const { services, callRow, actor, requestId, request, reply, stopping, onOperation } = options;
  const call = async (name: RowName, parts: { params?: unknown; query?: unknown; body?: unknown } = {}) => {
    const params = { ...(parts.params as Record<string, unknown> | undefined) }; // an object, by the row's own type
    const input = { params, query: parts.query ?? {}, body: parts.body };
    const answer = await callRow({ name, input, actor, requestId, request, reply });
    const begun = idOfTask(answer);
    if (begun !== undefined) onOperation(begun);
    return answer;
  };
  return {
    actor,
    // Answers are of the row that was called: its handler has that type.
    call: call as FacadeConsole['call'],
    waitForChange: () => nextChange(services, stopping),
    async waitForOperation(id) {
      for (;;) {
        const { state } = await findOperation(services, actor, id);
        if (isEnded(state)) break;
        await nextChange(services, stopping);
      }
      await services.inventory.caughtUp();
      return (await call('getOperation', { params: { operation: id } })) as Operation; // the row's own type
    },
  };
}

/** Resolves after the next change, at least 200 ms and at most 1 s from now. Throws `unavailable` when the server ends. */
async function nextChange({ inventory }: Pick<Services, 'inventory'>, stopping: AbortSignal): Promise<void> {
  const ended = new DomainError('unavailable', { reason: 'The server is ending; what was begun goes on.' });
  if (stopping.aborted) throw ended;
  await new Promise<void>((resolve, reject) => {
    const began = Date.now();
    const finish = (settle: () => void): void => {
      clearTimeout(timer);
      stopping.removeEventListener('abort', onStop);
      stopListening();
      settle();
    };
    const onStop = (): void => finish(() => reject(ended));
    let timer = setTimeout(() => finish(resolve), longestWaitMs);
    const stopListening = inventory.onDelta(() => {
      clearTimeout(timer);
      timer = setTimeout(() => finish(resolve), Math.max(0, began + shortestWaitMs - Date.now()));
    });
    stopping.addEventListener('abort', onStop);
  });
}

function idOfTask(answer: unknown): string | undefined {
  if (typeof answer !== 'object' || answer === null || !('operation' in answer)) return undefined;
  const { operation } = answer;
  const isTask = typeof operation === 'object' && operation !== null && 'id' in operation;
  return isTask && typeof operation.id === 'string' ? operation.id : undefined;
}
