import { DomainError } from '@waterstrider/contract';
import { expect } from 'vitest';
import { patiently, type DriverCheck } from '../driver-subject.ts';
import { expectCloudError } from './expect-cloud-error.ts';

const credentialForm: DriverCheck = async ({ driver, credential }) => {
  expect(driver.parseCredential(credential)).toEqual(credential);
  for (const wrong of [{}, { ...credential, noSuchField: 'x' }]) {
    let caught: unknown;
    try {
      driver.parseCredential(wrong);
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(DomainError);
    expect(caught).toMatchObject({ code: 'invalid', details: { issues: [{ reason: expect.any(String) }] } });
  }
  expect(driver.cloud.credentialSchema).toMatchObject({ type: 'object', additionalProperties: false });
  return Promise.resolve();
};

const verify: DriverCheck = async ({ driver, region, session }) => {
  const { zones } = await patiently(() => session.verify());
  const known = driver.cloud.regions.find((each) => each.region === region)?.zones ?? [];
  expect(known).toEqual(expect.arrayContaining(zones));
};

const wrongCredential: DriverCheck = async ({ driver, region, wrongCredential: credential }, skip) => {
  if (!credential) return skip('The subject brings no wrong credential.');
  const session = driver.connect({ credential, region });
  await expectCloudError(() => session.verify(), ['auth']);
  await expectCloudError(() => session.compute.listServers(), ['auth']);
};

export const credentialChecks = {
  'credential form': credentialForm,
  verify,
  'wrong credential': wrongCredential,
};
