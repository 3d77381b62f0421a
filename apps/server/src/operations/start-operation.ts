import { DomainError, isUnsupported, type InputOf, type Operation, type PlatformRowName } from '@waterstrider/contract';
import type { BeginOperation, OperationRecord } from '@waterstrider/store';
import type { RequestContext } from '../pipeline/context.ts';
import type { Services } from '../services.ts';
import { actOnOperation } from './act-on-operation.ts';
import { shapeAnswer } from './operation-answer.ts';
import { createOperationId } from './operation-id.ts';
import { describeOperation, isBeginningRow, type BeginningRow, type Description } from './operation-target.ts';
import { hashRequest, readIdempotencyKey } from './request-hash.ts';
import { toOperation } from './to-operation.ts';

export type StartServices = Pick<Services, 'platform' | 'journal' | 'inventory' | 'events'>;
export type StartRequest = { row: PlatformRowName; input: InputOf<PlatformRowName>; context: RequestContext };
/** What a row that answers 202 answers: its task, and what the row adds to it. */
export type StartAnswer = { operation: Operation } & Record<string, unknown>;

type BeginRequest = { row: BeginningRow; input: InputOf<BeginningRow>; context: RequestContext };
type Idempotency = BeginOperation['idempotency'];
type Call = (input: unknown, context: { actor: string; operationId: string }) => Promise<unknown>;

/** A repeat that comes while the first is still being answered waits so long. */
const repeatWaitMs = 3_000;
const repeatPollMs = 50;

/**
 * Writes the task down, then asks the platform. A refusal leaves no task. The same `Idempotency-Key` with the same request gets the task
 * of the first; with another request `repeat_differs`. An unclear failure leaves the task open: it is observed, or failed by the upkeep.
 */
export async function startOperation(services: StartServices, request: StartRequest): Promise<StartAnswer> {
  const { row, input, context } = request;
  const key = readIdempotencyKey(context.request.headers['idempotency-key']);
  if (row === 'retryOperation' || row === 'cancelOperation') {
    // Of these rows only.
    return actOnOperation(services, { row, input: input as InputOf<typeof row>, context, key });
  }
  if (!isBeginningRow(row)) throw new Error(`The row ${row} does not begin a task.`);
  const idempotency = key === undefined ? undefined : { key, requestHash: await hashRequest(row, input, key) };
  // Of these rows only.
  return begin(services, { row, input: input as InputOf<BeginningRow>, context }, idempotency);
}

async function begin(services: StartServices, request: BeginRequest, idempotency: Idempotency): Promise<StartAnswer> {
  const call = verbOf(services, request.row);
  const { outcome, record } = await services.journal.begin(toRecord(services, request, idempotency));
  if (outcome === 'differs') throw new DomainError('repeat_differs');
  if (outcome === 'begun') return callPlatform(services, request, call, record);
  const first = await answeredRecord(services, record);
  // The first was refused meanwhile: this one is the first now.
  if (!first) return begin(services, request, idempotency);
  return answer(services, request, first);
}

function verbOf({ platform }: StartServices, row: BeginningRow): Call {
  const verb = platform.verbs[row];
  if (isUnsupported(verb)) throw new DomainError('unsupported', { reason: verb.unsupported });
  return verb as Call; // the input was parsed by the row's own schemas
}

function toRecord(
  { inventory }: StartServices,
  { row, input, context }: BeginRequest,
  idempotency: Idempotency,
): BeginOperation {
  const { namespace, actor } = context;
  // The description and the input are of the same row.
  const describe = describeOperation[row] as (input: unknown, place: object) => Description;
  return {
    id: createOperationId(),
    ...describe(input, { model: inventory.model, namespace }),
    ...(namespace ? { namespaceId: namespace.id, ns: namespace.name } : {}),
    actor: actor.username,
    ...(idempotency ? { idempotency } : {}),
  };
}

async function callPlatform(
  services: StartServices,
  request: BeginRequest,
  call: Call,
  record: OperationRecord,
): Promise<StartAnswer> {
  const { journal, inventory, events } = services;
  const result = await callOrRefuse(journal, call, request, record.id);
  await journal.accept(record.id, result ?? {});
  events.operationsChanged([record.id]);
  await inventory.caughtUp();
  return answer(services, request, { ...((await journal.get(record.id)) ?? record), answer: result });
}

async function callOrRefuse(
  journal: StartServices['journal'],
  call: Call,
  { input, context }: BeginRequest,
  operationId: string,
): Promise<unknown> {
  try {
    return await call(input, { actor: context.actor.username, operationId });
  } catch (error) {
    // Anything else may have been accepted: the task stays until that is known.
    if (error instanceof DomainError) await journal.refuse(operationId);
    throw error;
  }
}

/** Undefined: the first was refused. Throws `busy` when it takes too long until the platform has taken it on. */
async function answeredRecord(
  { journal }: StartServices,
  record: OperationRecord,
): Promise<OperationRecord | undefined> {
  const until = Date.now() + repeatWaitMs;
  let current: OperationRecord | undefined = record;
  while (current && current.answer === undefined) {
    if (Date.now() > until) {
      // The process ended between the platform's yes and the answer: the task goes on.
      if (current.total > 0) return current;
      throw new DomainError('busy', { operation: record.id });
    }
    await new Promise((resolve) => setTimeout(resolve, repeatPollMs));
    current = await journal.get(record.id);
  }
  return current;
}

const answer = (
  { inventory }: StartServices,
  { row, context }: BeginRequest,
  record: OperationRecord,
): StartAnswer => ({
  ...shapeAnswer(inventory, context.actor, row, record.answer),
  operation: toOperation(record),
});
