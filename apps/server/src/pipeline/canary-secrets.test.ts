import { openDatabase } from '@waterstrider/store';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { adminPassword, basic, startTestServer, type TestServer } from '../testing/start-test-server.ts';

let server: TestServer;
const canaries = {
  account: 'canary-account-7Qx',
  wrong: 'Canary-Wrong-7Qx-1',
  user: 'Canary-User-Pass-7Qx',
  next: 'Canary-Next-Pass-7Qx',
};
const answers: string[] = [];
const record = async (...call: Parameters<TestServer['call']>) => {
  const answer = await server.call(...call);
  answers.push(`${JSON.stringify(answer.headers)} ${answer.text}`);
  return answer;
};

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test('secrets are in no answer, log line, audit entry, task or table', async () => {
  const credential = { name: 'vault', provider: 'sim-openstack', values: { account: canaries.account } };
  const made = await record('POST', '/api/credentials', { body: credential });
  expect(made.status).toBe(202);
  const { operation } = made.body as { operation: { id: string } }; // checked against its row
  await server.ended(operation.id);
  await record('POST', '/api/credentials', { body: { ...credential, bogus: canaries.account } });
  await record('POST', '/api/credentials', {
    body: { ...credential, name: 'v2', values: { account: canaries.account, no: 'x' } },
  });
  await record('PUT', '/api/credentials/vault', { body: { values: { account: `${canaries.account}-2` } } });
  await record('POST', '/api/users', { body: { username: 'carol', password: canaries.user } });
  const carol = { authorization: basic('carol', canaries.user) };
  await record('PUT', '/api/account/password', { ...carol, body: { current: canaries.wrong, next: canaries.next } });
  await record('PUT', '/api/account/password', { ...carol, body: { current: canaries.user, next: canaries.next } });
  await record('POST', '/api/session', { authorization: '', body: { username: 'carol', password: canaries.wrong } });
  // A password in the field for the name.
  await record('POST', '/api/session', { authorization: '', body: { username: canaries.wrong, password: 'x' } });
  await record('GET', '/api/session', { authorization: basic('carol', canaries.wrong) });
  const token = await server.call('POST', '/api/account/tokens', { body: { name: 'canary' } });
  const cookie = await server.call('POST', '/api/session', {
    authorization: '',
    body: { username: 'admin', password: adminPassword },
  });
  for (const url of [
    '/api/credentials',
    '/api/credentials/vault',
    '/api/connections',
    '/api/operations',
    `/api/operations/${operation.id}`,
    '/api/audit?limit=500',
    '/api/users',
    '/api/account/tokens',
    '/api/platform',
  ]) {
    expect((await record('GET', url)).status).toBe(200);
  }

  const issued = (token.body as { token: string }).token; // checked against its row
  const session = /waterstrider_session=([^;]+)/.exec(String(cookie.headers['set-cookie']))?.[1] ?? '';
  expect(session).not.toBe('');
  const secrets = [...Object.values(canaries), adminPassword, issued, session];
  const tables = await dumpTables();
  for (const secret of secrets) {
    expect(answers.filter((answer) => answer.includes(secret))).toEqual([]);
    expect(server.logged()).not.toContain(secret);
    expect(tables.filter((line) => line.includes(secret))).toEqual([]);
  }
});

/** Every row of every table of ours as text. The simulated world is the outside: a cloud knows its own accounts. */
async function dumpTables(): Promise<string[]> {
  const sql = openDatabase(server.databaseUrl, { max: 1 });
  try {
    const tables = await sql<{ name: string }[]>`select tablename as name from pg_tables where schemaname = 'public'`;
    const lines = await Promise.all(
      tables.map(({ name }) => sql<{ line: string }[]>`select ${name} || ' ' || t::text as line from ${sql(name)} t`),
    );
    return lines.flat().map(({ line }) => line);
  } finally {
    await sql.end();
  }
}
