import {
  DomainError,
  isUnsupported,
  rows,
  type InputOf,
  type Operation,
  type PlatformRowName,
  type RowName,
} from '@waterstrider/contract';
import { startOperation } from '../operations/start-operation.ts';
import type { Services } from '../services.ts';
import type { RequestContext } from './context.ts';
import type { ConsoleHandlers } from './handlers.ts';
import type { AnyHandler } from './register-rows.ts';

/** Carries out a row that the active platform keeps. */
export function createPlatformHandler(name: PlatformRowName, services: Services, console: ConsoleHandlers): AnyHandler {
  const verb = services.platform.verbs[name];
  if (isUnsupported(verb)) {
    return () => Promise.reject(new DomainError('unsupported', { reason: verb.unsupported }));
  }
  if (rows[name].status === 202) return (input, context) => accept({ name, services, input, context });
  // The row's own schemas made the input what the verb takes.
  const call = verb as (input: unknown, context: { actor: string }) => Promise<unknown>;
  return async (input, context) => {
    const result = await call(input, { actor: context.actor.username });
    await services.inventory.caughtUp();
    return readBack({ name, params: input.params, result, context, services, console });
  };
}

async function accept(options: {
  name: PlatformRowName;
  services: Services;
  input: unknown;
  context: RequestContext;
}): Promise<unknown> {
  const { name, services, input, context } = options;
  const result = await startOperation(services, {
    row: name,
    input: input as InputOf<PlatformRowName>, // parsed by the row's own schemas
    context,
  });
  context.note.operation = (result as { operation: Operation }).operation.id; // every 202 row answers with its task
  return result;
}

/** Rows whose answer holds counts or rights that the console adds: they are answered as the matching read would. */
const readRows = {
  createNamespace: 'getNamespace',
  updateNamespace: 'getNamespace',
  updateInfra: 'getInfra',
  disableConnection: 'getConnection',
  enableConnection: 'getConnection',
} as const satisfies Partial<Record<PlatformRowName, RowName>>;

async function readBack(options: {
  name: PlatformRowName;
  params: unknown;
  result: unknown;
  context: RequestContext;
  services: Services;
  console: ConsoleHandlers;
}): Promise<unknown> {
  const { name, params, result, context, services, console } = options;
  if (!(name in readRows)) return result;
  const read = console[readRows[name as keyof typeof readRows]] as AnyHandler; // the key was just found
  const { name: resultName } = result as { name: string }; // all of them answer with a named object
  const namespace = context.namespace ?? services.inventory.namespace(resultName);
  const seen = namespace === undefined ? context : { ...context, namespace };
  try {
    return await read({ params, query: {}, body: undefined }, seen);
  } catch (error) {
    // Changed again, or not seen yet: what the platform said still holds.
    if (error instanceof DomainError && error.code === 'not_found') return result;
    throw error;
  }
}
