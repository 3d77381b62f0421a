import { expect } from 'vitest';
import { CloudError, type CloudErrorKind } from '../../ports/index.ts';

/** The call fails with a `CloudError` of one of these kinds, in the cloud's own words. */
export const expectCloudError = async (
  call: () => Promise<unknown>,
  kinds: readonly CloudErrorKind[],
): Promise<CloudError> => {
  let caught: unknown;
  try {
    await call();
  } catch (error) {
    caught = error;
  }
  if (!(caught instanceof CloudError))
    throw new Error(`Expected a CloudError (${kinds.join(', ')}), got ${String(caught)}.`, { cause: caught });
  expect(kinds).toContain(caught.kind);
  expect(caught.cloudCode).not.toBe('');
  expect(caught.cloudMessage).not.toBe('');
  return caught;
};
