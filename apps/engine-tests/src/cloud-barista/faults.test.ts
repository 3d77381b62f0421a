import { startRecordedTumblebug, type RecordedTumblebug } from '@waterstrider/cloud-barista/testing';
import { createTestDatabase, type TestDatabase } from '@waterstrider/store/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  act,
  create,
  groupOf,
  infraShown,
  makeNamespace,
  openAdapter,
  shown,
  startCreating,
  untilShown,
  type OpenAdapter,
} from './open-adapter.ts';
import { untilEnded, untilTrue } from '../testing/job.ts';

type Json = Record<string, unknown>;
const lists = /^GET \/ns\/[^/]+\/infra$/;

describe('an upstream that is down, slow or broken', () => {
  const ns = 'faults';
  let database: TestDatabase;
  let tumblebug: RecordedTumblebug;
  let adapter: OpenAdapter;
  const infraUpstream = (name: string) => tumblebug.world.namespaces.get(ns)?.infras.get(name);
  /** Changes the status of every server of an MCIS as somebody else would. */
  const changeUpstream = (infra: string, status: string): void => {
    for (const node of infraUpstream(infra)?.nodes ?? []) node.status = status;
  };
  const listsAsked = (): number => tumblebug.count('GET', /^\/ns\/[^/]+\/infra$/);
  const reachable = async (): Promise<boolean[]> => {
    const { connections } = await adapter.mirror.snapshot();
    return [...new Set(connections.map((connection) => connection.reachable))];
  };

  beforeAll(async () => {
    database = await createTestDatabase();
    tumblebug = await startRecordedTumblebug();
    adapter = await openAdapter({ url: database.url, config: tumblebug.config });
    await makeNamespace(adapter, ns);
    await create(adapter, { ns, name: 'steady', groups: [groupOf('web', 2)] });
  });
  afterEach(() => tumblebug.fault());
  afterAll(async () => {
    await adapter.close();
    await tumblebug.close();
    await database.drop();
  });

  it('says that nothing is reachable while it is down, and recovers by itself', async () => {
    await tumblebug.fault('down');
    changeUpstream('steady', 'Suspended');
    await untilTrue(async () => (await reachable()).join() === 'false', 'connections are not reachable');
    expect(await shown(adapter, 'steady')).toEqual(['web-1 Running', 'web-2 Running']);
    await untilTrue(async () => !(await adapter.engine.health()).ok, 'it is not healthy');
    await tumblebug.fault();
    await untilShown(adapter, 'steady', ['web-1 Suspended', 'web-2 Suspended']);
    await untilTrue(async () => (await reachable()).join() === 'true', 'connections are reachable');
    await untilTrue(async () => (await adapter.engine.health()).ok, 'it is healthy');
  });

  it.each(['html', 'cut'] as const)('keeps what is shown while answers are broken (%s), and recovers', async (kind) => {
    changeUpstream('steady', 'Running');
    await untilShown(adapter, 'steady', ['web-1 Running', 'web-2 Running']);
    await tumblebug.fault(kind);
    changeUpstream('steady', 'Suspended');
    const before = listsAsked();
    await untilTrue(() => Promise.resolve(listsAsked() >= before + 2), 'it is asked all the same');
    expect(await shown(adapter, 'steady')).toEqual(['web-1 Running', 'web-2 Running']);
    await tumblebug.fault();
    await untilShown(adapter, 'steady', ['web-1 Suspended', 'web-2 Suspended']);
  });

  it('does not let one list that never comes hold up the others', async () => {
    await tumblebug.fault('hang', /^GET \/ns\/faults\/infra$/);
    const before = tumblebug.count('GET', /^\/ns\/faults\/infra$/);
    await untilTrue(() => Promise.resolve(tumblebug.count('GET', /^\/ns\/faults\/infra$/) > before), 'it hangs');
    tumblebug.world.addInfra('default', 'elsewhere', [
      { name: 'web', nodeGroupSize: 1, specId: 'mock+venus+mock-vmspec-03', imageId: 'mock-vmimage-01' },
    ]);
    await untilShown(adapter, 'elsewhere', ['web-1 Running']);
    await tumblebug.fault();
    tumblebug.restart();
    changeUpstream('steady', 'Running');
    await untilShown(adapter, 'steady', ['web-1 Running', 'web-2 Running']);
  });

  it('asks less while it is asked to, and sends nothing twice', async () => {
    await tumblebug.fault('throttle', lists);
    const before = listsAsked();
    const since = Date.now();
    await untilTrue(() => Promise.resolve(Date.now() - since > 2_500), 'a storm of 2.5 s');
    // Without respect for it, three namespaces would be asked for thirty times a second.
    expect(listsAsked() - before).toBeLessThanOrEqual(5);
    await tumblebug.fault('throttle', /infraDynamic$/);
    const sent = tumblebug.count('POST', /infraDynamic$/);
    const operation = await startCreating(adapter, { ns, name: 'throttled', groups: [groupOf('web', 1)] });
    await untilTrue(
      () => Promise.resolve(tumblebug.count('POST', /infraDynamic$/) === sent + 1),
      'it was refused once',
    );
    await tumblebug.fault();
    expect(await untilEnded(adapter, operation)).toMatchObject({ state: 'succeeded' });
    expect(tumblebug.count('POST', /infraDynamic$/)).toBe(sent + 2);
  });

  it('asks for the outcome of a request whose answer was cut off', async () => {
    await tumblebug.fault('cut', /infraDynamic$/);
    const sent = tumblebug.count('POST', /infraDynamic$/);
    const task = await create(adapter, { ns, name: 'cut', groups: [groupOf('web', 2)] });
    expect(task).toMatchObject({ state: 'succeeded', done: 2 });
    expect(tumblebug.count('POST', /infraDynamic$/)).toBe(sent + 1);
  });

  it('shows unknown states as undefined and does without what is missing', async () => {
    const undo = tumblebug.alter(lists, (body) => ({
      infra: (body.infra as Json[]).map(({ label: _label, statusCount: _count, ...infra }) => ({
        ...infra,
        targetAction: null,
        node: (infra.node as Json[]).map((node) => ({
          id: node.id,
          uid: node.uid,
          nodeGroupId: node.nodeGroupId,
          connectionName: node.connectionName,
          status: 'Dreaming',
        })),
      })),
    }));
    await untilShown(adapter, 'steady', ['web-1 Undefined', 'web-2 Undefined']);
    const { nodes } = await adapter.mirror.snapshot();
    expect(nodes.find(({ infra }) => infra === 'steady')).toMatchObject({
      provider: 'mock',
      region: 'mercury',
      spec: 'mock+mercury+mock-vmspec-03',
      error: { message: 'CB-Tumblebug reports the state "Dreaming".' },
    });
    undo();
    await untilShown(adapter, 'steady', ['web-1 Running', 'web-2 Running']);
  });

  it('takes null for an empty list', async () => {
    const undo = tumblebug.alter(/^GET \/(ns\/default\/infra|connConfig)$/, (body) =>
      Object.fromEntries(Object.keys(body).map((key) => [key, key === 'infra' ? null : body[key]])),
    );
    await untilTrue(async () => (await infraShown(adapter, 'elsewhere')) === undefined, 'nothing is there');
    undo();
    await untilShown(adapter, 'elsewhere', ['web-1 Running']);
  });

  it('gives an MCIS made anew under the same name an id of its own', async () => {
    await create(adapter, { ns, name: 'twice', groups: [groupOf('web', 1)] });
    const first = await infraShown(adapter, 'twice');
    tumblebug.world.addInfra(ns, 'twice', [
      { name: 'web', nodeGroupSize: 2, specId: 'mock+mercury+mock-vmspec-03', imageId: 'mock-vmimage-01' },
    ]);
    await untilShown(adapter, 'twice', ['web-1 Running', 'web-2 Running']);
    expect((await infraShown(adapter, 'twice'))?.id).not.toBe(first?.id);
  });

  it('lets go of namespaces and servers that are gone upstream', async () => {
    tumblebug.world.addNamespace('passing');
    tumblebug.world.addInfra('passing', 'short', [
      { name: 'web', nodeGroupSize: 1, specId: 'alpha+mars+mock-vmspec-03', imageId: 'alpha-vmimage-01' },
    ]);
    await untilShown(adapter, 'short', ['web-1 Running']);
    tumblebug.world.namespaces.delete('passing');
    await untilTrue(async () => {
      const { namespaces, infras } = await adapter.mirror.snapshot();
      return !namespaces.some(({ name }) => name === 'passing') && !infras.some(({ name }) => name === 'short');
    }, 'it is gone');
    expect(await act(adapter, { ns, infra: 'steady', action: 'reboot' })).toMatchObject({ state: 'succeeded' });
  });
});
