import type { FrameworkConfig } from '@waterstrider/cloud-barista';
import { describePlatform } from '@waterstrider/engine/conformance';
import { adminPassword, startTestServer, type TestServer } from '@waterstrider/server/testing';
import { createTestDatabase } from '@waterstrider/store/testing';
import { makeNamespace, openAdapter } from './open-adapter.ts';
import { startTask, untilEnded } from '../testing/job.ts';

const provider = 'sim-aws';

/** Our own server with the embedded engine, as another console sees it: by its facade, over the wire. */
async function openOwnServer(): Promise<{ server: TestServer; tumblebug: FrameworkConfig }> {
  const server = await startTestServer({ config: { simulation: { speed: 500, faults: '' } } });
  const clouds = server.services.platform.clouds();
  const region = clouds.find((cloud) => cloud.provider === provider)?.regions[0]?.region ?? '';
  const body = { name: provider, provider, values: { account: 'demo' }, regions: [region] };
  const answer = await server.call('POST', '/api/credentials', { body });
  const { operation } = answer.body as { operation: { id: string } }; // checked against its row
  await server.ended(operation.id);
  const url = await server.app.listen({ host: '127.0.0.1', port: 0 });
  const auth = { mode: 'basic' as const, username: 'admin', password: adminPassword };
  return { server, tumblebug: { url: `${url}/tumblebug`, auth } };
}

describePlatform('cloud-barista on our own facade', async () => {
  const { server, tumblebug } = await openOwnServer();
  const database = await createTestDatabase();
  const adapter = await openAdapter({ url: database.url, config: { tumblebug }, paces: { listsPerSecond: 10 } });
  const groupAt = async (name: string, size: number) => {
    const [connection] = (await adapter.mirror.snapshot()).connections;
    const region = connection?.region ?? '';
    const specs = await adapter.engine.specs(provider, region);
    const images = await adapter.engine.images(provider, region);
    const spec = specs.find(({ architecture, gpu }) => architecture === 'x86_64' && gpu === undefined);
    const image = images.find(({ architecture }) => architecture === 'x86_64');
    return { name, connection: connection?.name ?? '', spec: spec?.id ?? '', image: image?.id ?? '', size };
  };
  return {
    platform: adapter.engine,
    run: async (name, input) => untilEnded(adapter, await startTask(adapter, name, input)),
    prepare: async (ns) => {
      await makeNamespace(adapter, ns);
      return groupAt;
    },
    failingGroup: 'fail-create',
    close: async () => {
      await adapter.close();
      await server.stop();
      await database.drop();
    },
  };
});
