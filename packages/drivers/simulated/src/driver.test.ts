import { describeDriver } from '@waterstrider/engine/conformance';
import { afterAll, beforeAll } from 'vitest';
import { refusedAccount, smallQuotaAccount } from './credential.ts';
import { simulatedProviders } from './providers.ts';
import { openClouds, openTestDatabase } from './test-world.ts';

let database: Awaited<ReturnType<typeof openTestDatabase>>;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

for (const provider of simulatedProviders)
  describeDriver(provider, () => {
    // Faster than elsewhere: twelve clouds live through the whole suite.
    const driver = openClouds({ sql: database.sql, speed: 5000 }).driver(provider);
    return Promise.resolve({
      driver,
      credential: { account: 'conformance' },
      region: driver.cloud.regions[0]?.region ?? '',
      wrongCredential: { account: refusedAccount },
      smallAccount: { credential: { account: smallQuotaAccount }, servers: 5 },
    });
  });
