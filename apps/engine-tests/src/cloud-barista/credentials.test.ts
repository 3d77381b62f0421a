import { refusedValue, startRecordedTumblebug, type RecordedTumblebug } from '@waterstrider/cloud-barista/testing';
import { isUnsupported } from '@waterstrider/contract';
import { createTestDatabase, type TestDatabase } from '@waterstrider/store/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { groupOf, makeNamespace, openAdapter, startCreating, type OpenAdapter, type Task } from './open-adapter.ts';
import { startTask, untilEnded, untilTrue } from '../testing/job.ts';

const secret = 'canary-of-the-credential';

describe('credentials and connections on a recorded CB-Tumblebug', () => {
  let database: TestDatabase;
  let tumblebug: RecordedTumblebug;
  let adapter: OpenAdapter;
  const register = async (name: string, value: string, regions?: string[]): Promise<Task> => {
    const values = { MockName: value };
    const body = { name, provider: 'mock', values, ...(regions === undefined ? {} : { regions }) };
    return untilEnded(adapter, await startTask(adapter, 'createCredential', { params: {}, query: {}, body }));
  };
  const verify = async (connection: string): Promise<Task> =>
    untilEnded(
      adapter,
      await startTask(adapter, 'verifyConnection', { params: { connection }, query: {}, body: undefined }),
    );
  const connection = async (name: string) =>
    (await adapter.mirror.snapshot()).connections.find((candidate) => candidate.name === name);

  beforeAll(async () => {
    database = await createTestDatabase();
    tumblebug = await startRecordedTumblebug();
    adapter = await openAdapter({ url: database.url, config: tumblebug.config });
    await makeNamespace(adapter, 'creds');
  });
  afterAll(async () => {
    await adapter.close();
    await tumblebug.close();
    await database.drop();
  });

  it('takes in what is registered there already', async () => {
    expect((await adapter.engine.credentials()).map(({ name }) => name)).toEqual(['alpha', 'mock']);
    expect(await connection('mock-venus')).toMatchObject({ credential: 'mock', region: 'venus', state: 'Verified' });
  });

  it('sends the values encrypted, and keeps none of them', async () => {
    expect(await register('team-mock', secret)).toMatchObject({ state: 'succeeded', total: 2 });
    expect(tumblebug.credentials.at(-1)).toEqual({ holder: 'team', provider: 'mock', values: { MockName: secret } });
    expect(await connection('team-mock-mercury')).toMatchObject({ credential: 'team-mock', state: 'Verified' });
    expect(await textOfDatabase(database)).not.toContain(secret);
    expect(await textOfDatabase(database)).toContain('team-mock');
    await expect(register('team-mock', secret)).rejects.toMatchObject({ code: 'exists' });
  });

  it('says which connections could not be verified', async () => {
    const task = await register('wrong-mock', refusedValue);
    expect(task).toMatchObject({ state: 'failed', failed: 2 });
    expect(task.items[0]?.error).toMatchObject({ code: 'notVerified' });
    expect(await connection('wrong-mock-venus')).toMatchObject({ state: 'Failed' });
    expect(await textOfDatabase(database)).not.toContain(refusedValue);
  });

  it('shows only the regions that were chosen', async () => {
    expect(await register('one-mock', 'fine', ['venus'])).toMatchObject({ state: 'succeeded', total: 1 });
    expect(tumblebug.world.connections.has('one-mock-mercury')).toBe(true);
    expect(await connection('one-mock-venus')).toBeDefined();
    // The next look at upstream does not bring the other region in.
    const asked = tumblebug.count('GET', /^\/connConfig$/);
    await untilTrue(() => Promise.resolve(tumblebug.count('GET', /^\/connConfig$/) > asked + 1), 'it was looked again');
    expect(await connection('one-mock-mercury')).toBeUndefined();
  });

  it('refuses names, providers and values that upstream could not take', async () => {
    await expect(register('anything', 'fine')).rejects.toMatchObject({
      code: 'invalid',
      details: { issues: [{ field: 'body.name' }] },
    });
    await expect(register('none-mock', '')).rejects.toMatchObject({
      code: 'invalid',
      details: { issues: [{ field: 'body.values.MockName' }] },
    });
    await expect(register('far-mock', 'fine', ['pluto'])).rejects.toMatchObject({
      code: 'invalid',
      details: { issues: [{ field: 'body.regions' }] },
    });
  });

  it('verifies a connection by asking its cloud, and repeats the reason when that fails', async () => {
    expect(await verify('team-mock-venus')).toMatchObject({ state: 'succeeded' });
    await tumblebug.fault('refuse', /inspectResources/);
    const failed = await verify('team-mock-venus');
    await tumblebug.fault();
    expect(failed).toMatchObject({ state: 'failed' });
    expect(failed.items[0]?.error?.message).toContain('connection refused');
    await expect(verify('no-such')).rejects.toMatchObject({ code: 'not_found' });
  });

  it('makes no servers on a disabled connection', async () => {
    const { disableConnection, enableConnection } = adapter.engine.verbs;
    if (isUnsupported(disableConnection) || isUnsupported(enableConnection)) throw new Error('can not be disabled');
    const input = { params: { connection: 'team-mock-mercury' }, query: {}, body: undefined };
    expect(await disableConnection(input, { actor: 'tester' })).toMatchObject({ state: 'Disabled' });
    await expect(verify('team-mock-mercury')).rejects.toMatchObject({ code: 'wrong_state' });
    const groups = [groupOf('web', 1, { connection: 'team-mock-mercury' })];
    await expect(startCreating(adapter, { ns: 'creds', name: 'off', groups })).rejects.toMatchObject({
      code: 'invalid',
      details: { issues: [{ field: 'body.nodeGroups.0.connection' }] },
    });
    // Upstream knows nothing of it: looking there does not enable it.
    const asked = tumblebug.count('GET', /^\/connConfig$/);
    await untilTrue(() => Promise.resolve(tumblebug.count('GET', /^\/connConfig$/) > asked + 1), 'it was looked again');
    expect(await connection('team-mock-mercury')).toMatchObject({ state: 'Disabled' });
    expect(await enableConnection(input, { actor: 'tester' })).toMatchObject({ state: 'Verified' });
  });

  it('says what upstream can not do', () => {
    const { deleteCredential, deleteConnection } = adapter.engine.verbs;
    expect(isUnsupported(deleteCredential)).toBe(true);
    expect(isUnsupported(deleteConnection)).toBe(true);
  });
});

/** Every row of every table, as text. */
async function textOfDatabase({ sql }: TestDatabase): Promise<string> {
  const tables = await sql<{ name: string }[]>`
    select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`;
  const texts = await Promise.all(
    tables.map(async ({ name }) =>
      (await sql<{ row: string }[]>`select t::text as row from ${sql(name)} t`).map(({ row }) => row),
    ),
  );
  return texts.flat().join('\n');
}
