import { startRecordedTumblebug } from '@waterstrider/cloud-barista/testing';
import { describePlatform } from '@waterstrider/engine/conformance';
import { createTestDatabase } from '@waterstrider/store/testing';
import { failing, groupOf, makeNamespace, openAdapter } from './open-adapter.ts';
import { startTask, untilEnded } from '../testing/job.ts';

const failingGroup = 'ghost';

describePlatform('cloud-barista on recorded answers', async () => {
  const database = await createTestDatabase();
  const tumblebug = await startRecordedTumblebug();
  const adapter = await openAdapter({ url: database.url, config: tumblebug.config });
  return {
    platform: adapter.engine,
    run: async (name, input) => untilEnded(adapter, await startTask(adapter, name, input)),
    prepare: async (ns) => {
      await makeNamespace(adapter, ns);
      return (name, size) => Promise.resolve(groupOf(name, size, name === failingGroup ? failing : {}));
    },
    failingGroup,
    close: async () => {
      await adapter.close();
      await tumblebug.close();
      await database.drop();
    },
  };
});
