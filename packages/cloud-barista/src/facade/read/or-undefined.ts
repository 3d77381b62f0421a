import { DomainError } from '@waterstrider/contract';

/** Undefined for what is not there, or not to be seen; every other failure goes on. */
export async function orUndefined<Value>(promise: Promise<Value>): Promise<Value | undefined> {
  try {
    return await promise;
  } catch (error) {
    if (error instanceof DomainError && error.code === 'not_found') return undefined;
    throw error;
  }
}
