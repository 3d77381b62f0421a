import { afterAll, beforeAll, describe, test, type TestContext } from 'vitest';
import { catalogueChecks } from './checks/catalogue-checks.ts';
import { credentialChecks } from './checks/credential-checks.ts';
import { networkChecks } from './checks/network-checks.ts';
import { serverChecks } from './checks/server-checks.ts';
import {
  createBench,
  driverCheckNames,
  type Bench,
  type DriverCheck,
  type DriverCheckName,
  type DriverSubject,
} from './driver-subject.ts';

export type DescribeDriverOptions = {
  /** Checks this driver can not pass, each with its reason. */
  skip?: Partial<Record<DriverCheckName, string>>;
  /** How long one state may take to come, in milliseconds; 60 s by default. */
  patienceMs?: number;
};

const checks: Record<DriverCheckName, DriverCheck> = {
  ...catalogueChecks,
  ...credentialChecks,
  ...serverChecks,
  ...networkChecks,
};

/**
 * The suite every driver passes: what the engine relies on, checked against the cloud behind `makeSubject`. Makes servers and
 * networks in the subject's account and removes them again.
 */
export const describeDriver = (
  name: string,
  makeSubject: () => Promise<DriverSubject>,
  options: DescribeDriverOptions = {},
): void => {
  describe(`driver ${name}`, () => {
    const patienceMs = options.patienceMs ?? 60_000;
    const timeoutMs = patienceMs * 8;
    let bench: Bench | undefined;

    beforeAll(async () => {
      bench = createBench(await makeSubject(), patienceMs);
    }, timeoutMs);

    afterAll(async () => {
      await bench?.clear();
      await bench?.close?.();
    }, timeoutMs);

    for (const checkName of driverCheckNames) {
      const reason = options.skip?.[checkName];
      test(checkName, { timeout: timeoutMs }, async (context: TestContext) => {
        if (reason !== undefined) context.skip(reason);
        if (!bench) throw new Error('The subject was not made.');
        await checks[checkName](bench, (why) => context.skip(why));
      });
    }
  });
};
