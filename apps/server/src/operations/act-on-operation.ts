import { isUnsupported, DomainError, type InputOf } from '@waterstrider/contract';
import type { RequestContext } from '../pipeline/context.ts';
import { findOperation, requireOperator } from './operation-access.ts';
import type { StartAnswer, StartServices } from './start-operation.ts';
import { toOperation } from './to-operation.ts';

type ActRow = 'retryOperation' | 'cancelOperation';
type ActRequest = {
  row: ActRow;
  input: InputOf<ActRow>;
  context: RequestContext;
  key: string | undefined;
};

/** Keys of the newest calls, so that a repeat is not carried out twice. There is no new task whose record could hold them. */
const newestCalls = new WeakMap<StartServices['journal'], Map<string, string>>();
const maxCalls = 1_000;

/** Retries or cancels a task that exists. The right is checked here, as it hangs on the task's namespace. */
export async function actOnOperation(services: StartServices, request: ActRequest): Promise<StartAnswer> {
  const { row, input, context, key } = request;
  const { journal, platform, inventory, events } = services;
  const record = await findOperation(services, context.actor, input.params.operation);
  requireOperator(context.actor, record);
  const verb = platform.verbs[row];
  if (isUnsupported(verb)) throw new DomainError('unsupported', { reason: verb.unsupported });
  const isRepeat = key !== undefined && isKnown(journal, `${context.actor.userId} ${key}`, `${row} ${record.id}`);
  if (!isRepeat) {
    await verb(input, { actor: context.actor.username, operationId: record.id });
    if (key !== undefined) remember(journal, `${context.actor.userId} ${key}`, `${row} ${record.id}`);
    events.operationsChanged([record.id]);
    await inventory.caughtUp();
  }
  return { operation: toOperation((await journal.get(record.id)) ?? record) };
}

function isKnown(journal: StartServices['journal'], key: string, call: string): boolean {
  const known = newestCalls.get(journal)?.get(key);
  if (known !== undefined && known !== call) throw new DomainError('repeat_differs');
  return known === call;
}

function remember(journal: StartServices['journal'], key: string, call: string): void {
  const calls = newestCalls.get(journal) ?? new Map<string, string>();
  newestCalls.set(journal, calls);
  calls.set(key, call);
  const [oldest] = calls.keys();
  if (calls.size > maxCalls && oldest !== undefined) calls.delete(oldest);
}
