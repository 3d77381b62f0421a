import { describePlatform } from '@waterstrider/engine/conformance';
import { createTestDatabase } from '@waterstrider/store/testing';
import { openClouds } from './testing/clouds.ts';
import { prepare, startTask, untilEnded } from './testing/job.ts';

describePlatform('embedded engine', async () => {
  const database = await createTestDatabase();
  const clouds = await openClouds({ url: database.url, speed: 200, owner: 'platform' });
  await clouds.engine.start();
  return {
    platform: clouds.engine,
    run: async (name, input) => untilEnded(clouds, await startTask(clouds, name, input)),
    prepare: async (ns) => {
      const job = await prepare(clouds, { ns, providers: ['sim-aws'] });
      return (name, size) => job.group(name, 'sim-aws', size);
    },
    failingGroup: 'fail-create',
    close: async () => {
      await clouds.close();
      await database.drop();
    },
  };
});
