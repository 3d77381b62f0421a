import { startRecordedTumblebug, type RecordedTumblebug } from '@waterstrider/cloud-barista/testing';
import { isUnsupported } from '@waterstrider/contract';
import { createTestDatabase, type TestDatabase } from '@waterstrider/store/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  act,
  actOnTask,
  create,
  failing,
  groupOf,
  infraShown,
  makeNamespace,
  openAdapter,
  scale,
  shown,
  startAct,
  startCreating,
  untilShown,
  type OpenAdapter,
} from './open-adapter.ts';
import { startTask, untilEnded, untilTrue } from '../testing/job.ts';

describe('tasks on a recorded CB-Tumblebug', () => {
  const ns = 'tasks';
  let database: TestDatabase;
  let tumblebug: RecordedTumblebug;
  let adapter: OpenAdapter;
  const creations = (): number => tumblebug.count('POST', /infraDynamic$/);

  beforeAll(async () => {
    database = await createTestDatabase();
    tumblebug = await startRecordedTumblebug({ stepMs: 80 });
    adapter = await openAdapter({ url: database.url, config: tumblebug.config });
    await makeNamespace(adapter, ns);
  });
  afterAll(async () => {
    await adapter.close();
    await tumblebug.close();
    await database.drop();
  });


  it('stress', async () => {
    for (let i = 0; i < 25; i += 1) {
      const name = `held${i}`;
      await create(adapter, { ns, name, groups: [groupOf('web', 2)], hold: true });
      const t = await act(adapter, { ns, infra: name, action: 'continue' });
      const now = (await shown(adapter, name)).join();
      if (t.state !== 'succeeded' || now !== 'web-1 Running,web-2 Running') {
        const calls = await adapter.mirror.transaction((tx) => tx.callsOf(t.id));
        const up = tumblebug.world.namespaces.get(ns)?.infras.get(name);
        process.stderr.write(`DBG ${i} ${now} ${JSON.stringify({ t, calls, up: up?.nodes.map((n) => [n.id, n.status, n.uid]), gate: up?.gate !== undefined })}\n`);
        const nodes = await adapter.sql`select name, status, upstream_uid, infra_id from node`;
        process.stderr.write(`DBG ${JSON.stringify(nodes.slice(-6))}\n`);
        await new Promise((r) => setTimeout(r, 1500));
        process.stderr.write(`DBG later ${(await shown(adapter, name)).join()} ${JSON.stringify(up?.nodes.map((n) => [n.id, n.status]))}\n`);
        break;
      }
    }
    for (let i = 0; i < 10; i += 1) {
      const name = `life${i}`;
      await create(adapter, { ns, name, groups: [groupOf('web', 2)] });
      for (const action of ['suspend', 'resume', 'reboot', 'terminate'] as const) {
        const op = await startAct(adapter, { ns, infra: name, action });
        try { const t = await untilEnded(adapter, op, 8000); if (t.state !== 'succeeded') process.stderr.write(`DBG ${action} ${JSON.stringify(t)}\n`); }
        catch (e) {
          const calls = await adapter.mirror.transaction((tx) => tx.callsOf(op));
          const up = tumblebug.world.namespaces.get(ns)?.infras.get(name);
          const nodes = await adapter.sql`select name, status, upstream_uid, target_action, target_status from node where infra_id = (select id from infra where name=${name})`;
          process.stderr.write(`DBG ${action} ${String(e)} ${JSON.stringify({ calls, up: up?.nodes, nodes })}\n`); throw e;
        }
      }
    }
  }, 120_000);
});
