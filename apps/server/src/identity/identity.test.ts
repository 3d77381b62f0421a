import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addNamespace, addUser, password } from '../testing/people.ts';
import {
  adminPassword,
  basic,
  startTestServer,
  testSetupCode,
  type Answer,
  type TestServer,
} from '../testing/start-test-server.ts';

let server: TestServer;
const codeOf = (answer: Answer): unknown => (answer.body as { code?: unknown } | undefined)?.code;
const fieldsOf = (answer: Answer): string[] =>
  (answer.body as { details: { issues: { field: string }[] } }).details.issues.map(({ field }) => field);
const cookieOf = (answer: Answer): string => String(answer.headers['set-cookie']).split(';')[0] ?? '';
const csrf = { 'x-requested-with': 'waterstrider' };
const signIn = async (username: string, secret: string): Promise<string> => {
  const answer = await server.call('POST', '/api/session', { authorization: '', body: { username, password: secret } });
  expect(answer.status).toBe(200);
  return cookieOf(answer);
};
const asCookie = (cookie: string) => ({ authorization: '', headers: { cookie, ...csrf } });

describe('the first visit', () => {
  beforeAll(async () => {
    server = await startTestServer({ withAdmin: false });
  });
  afterAll(() => server.stop());
  const setUp = (body: object, options: object = {}) =>
    server.call('POST', '/api/setup', { authorization: '', body, ...options });

  test('a weak password is refused with the reason', async () => {
    for (const weak of ['short', 'aaaaaaaaaaaa', 'my-admin-12', '1234567890', 'abcabcabcabc', 'Password123!']) {
      const answer = await setUp({ password: weak });
      expect([weak, answer.status, fieldsOf(answer)]).toEqual([weak, 400, ['body.password']]);
    }
  });

  test('from another machine, behind an unknown proxy or under a foreign name it needs the code', async () => {
    for (const options of [
      { remoteAddress: '192.0.2.7' },
      { headers: { 'x-forwarded-for': '192.0.2.7' } },
      { headers: { host: 'evil.example' } },
    ]) {
      const state = await server.call('GET', '/api/setup', { authorization: '', ...options });
      expect(state.body).toEqual({ needed: true, codeNeeded: true });
      expect(codeOf(await setUp({ password: adminPassword }, options))).toBe('setup_code');
      expect(codeOf(await setUp({ password: adminPassword, code: 'WRNG-WRNG-WRNG' }, options))).toBe('setup_code');
    }
  });

  test('of two at once, one makes the admin', async () => {
    expect((await server.call('GET', '/api/setup', { authorization: '' })).body).toEqual({
      needed: true,
      codeNeeded: false,
    });
    const answers = await Promise.all([
      setUp({ password: adminPassword }),
      setUp({ password: adminPassword, code: testSetupCode }, { remoteAddress: '192.0.2.7' }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    const session = answers.find(({ status }) => status === 201);
    expect(String(session?.headers['set-cookie'])).toMatch(
      /^waterstrider_session=[\w-]{43};.*HttpOnly; SameSite=Strict/,
    );
    expect(codeOf(await setUp({ password: adminPassword }))).toBe('setup_done');
  });
});

describe('people', () => {
  beforeAll(async () => {
    server = await startTestServer();
    await addNamespace(server, 'team');
  });
  afterAll(() => server.stop());

  test('a session lives until it is ended, and a cookie call with an effect needs the header', async () => {
    const cookie = await signIn('admin', adminPassword);
    const session = await server.call('GET', '/api/session', { authorization: '', headers: { cookie } });
    expect(session.body).toMatchObject({ username: 'admin', admin: true });
    const create = { authorization: '', headers: { cookie }, body: { name: 'forged' } };
    expect(codeOf(await server.call('POST', '/api/ns', create))).toBe('csrf');
    expect((await server.call('DELETE', '/api/session', asCookie(cookie))).status).toBe(204);
    expect((await server.call('GET', '/api/session', asCookie(cookie))).status).toBe(401);
  });

  test('a changed password ends the other sessions, the old Basic login too', async () => {
    const { authorization } = await addUser(server, 'mover');
    const [here, elsewhere] = [await signIn('mover', password), await signIn('mover', password)];
    expect((await server.call('GET', '/api/session', { authorization })).status).toBe(200);
    const next = 'Copper-Window-Marble-3';
    const wrong = { ...asCookie(here), body: { current: 'not-my-password', next } };
    expect(codeOf(await server.call('PUT', '/api/account/password', wrong))).toBe('wrong_credentials');
    const right = { ...asCookie(here), body: { current: password, next } };
    expect((await server.call('PUT', '/api/account/password', right)).status).toBe(204);
    expect((await server.call('GET', '/api/session', asCookie(here))).status).toBe(200);
    expect((await server.call('GET', '/api/session', asCookie(elsewhere))).status).toBe(401);
    expect((await server.call('GET', '/api/session', { authorization })).status).toBe(401);
    expect((await server.call('GET', '/api/session', { authorization: basic('mover', next) })).status).toBe(200);
  });

  test('an API token works until it is revoked, and is kept as a hash only', async () => {
    const { authorization } = await addUser(server, 'robot');
    const made = await server.call('POST', '/api/account/tokens', {
      authorization,
      body: { name: 'pipeline', expiresInDays: 1 },
    });
    const { token, id } = made.body as { token: string; id: string }; // checked against its row
    expect(token).toMatch(/^wst_[\w-]{43}$/);
    const bearer = { authorization: `Bearer ${token}` };
    expect((await server.call('GET', '/api/session', bearer)).body).toMatchObject({ username: 'robot' });
    const listed = await server.call('GET', '/api/account/tokens', { authorization });
    expect(listed.text).not.toContain(token);
    expect((await server.call('DELETE', `/api/account/tokens/${id}`)).status).toBe(404);
    expect((await server.call('DELETE', `/api/account/tokens/${id}`, { authorization })).status).toBe(204);
    expect((await server.call('GET', '/api/session', bearer)).status).toBe(401);
  });

  test('failed logins are throttled, without locking a right login from elsewhere', async () => {
    await addUser(server, 'target');
    const attempt = (secret: string, remoteAddress: string) =>
      server.call('POST', '/api/session', {
        authorization: '',
        remoteAddress,
        body: { username: 'target', password: secret },
      });
    const wrong = [];
    for (let index = 0; index < 6; index += 1) wrong.push(await attempt(`wrong-${String(index)}`, '192.0.2.10'));
    expect(wrong.slice(0, 5).map(codeOf)).toEqual(Array(5).fill('wrong_credentials'));
    expect(wrong[5]?.status).toBe(429);
    expect(Number(wrong[5]?.headers['retry-after'])).toBeGreaterThan(0);
    const byBasic = await server.call('GET', '/api/session', {
      authorization: basic('target', password),
      remoteAddress: '192.0.2.10',
    });
    expect(byBasic.status).toBe(429);
    expect((await attempt(password, '192.0.2.11')).status).toBe(200);
  });

  test('many wrong attempts at once count as many', async () => {
    await addUser(server, 'rushed');
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        server.call('POST', '/api/session', {
          authorization: '',
          remoteAddress: '192.0.2.20',
          body: { username: 'rushed', password: `guess-${String(index)}` },
        }),
      ),
    );
    expect(answers.filter(({ status }) => status === 401).length).toBeLessThanOrEqual(5);
  });

  test('a changed right and a disabled user take effect with the next call', async () => {
    const { authorization, id } = await addUser(server, 'guest', [{ ns: 'team', role: 'viewer' }]);
    expect((await server.call('GET', '/api/ns/team', { authorization })).body).toMatchObject({ role: 'viewer' });
    const change = (body: object) => server.call('PUT', `/api/users/${id}`, { body });
    await change({ roles: [] });
    expect((await server.call('GET', '/api/ns/team', { authorization })).status).toBe(404);
    await change({ roles: [{ ns: 'team', role: 'operator' }] });
    expect((await server.call('GET', '/api/ns/team', { authorization })).body).toMatchObject({ role: 'operator' });
    await change({ disabled: true });
    expect((await server.call('GET', '/api/ns/team', { authorization })).status).toBe(401);
    expect(codeOf(await change({ roles: [{ ns: 'nowhere', role: 'viewer' }] }))).toBe('invalid');
  });

  test('a namewise successor of a namespace inherits no rights', async () => {
    await addNamespace(server, 'phoenix');
    const { authorization } = await addUser(server, 'heir', [{ ns: 'phoenix', role: 'operator' }]);
    expect((await server.call('DELETE', '/api/ns/phoenix')).status).toBe(204);
    await addNamespace(server, 'phoenix');
    expect((await server.call('GET', '/api/ns/phoenix', { authorization })).status).toBe(404);
  });

  test('the last active admin stays', async () => {
    const { body } = await server.call('GET', '/api/users?filter=admin:true');
    const [admin] = (body as { items: { id: string }[] }).items; // checked against its row
    const path = `/api/users/${admin?.id ?? ''}`;
    expect(codeOf(await server.call('DELETE', path))).toBe('wrong_state');
    expect(codeOf(await server.call('PUT', path, { body: { admin: false } }))).toBe('wrong_state');
    expect(codeOf(await server.call('PUT', path, { body: { disabled: true } }))).toBe('wrong_state');
  });

  test('users are unique without regard to case, listed by pages, and removed', async () => {
    expect(codeOf(await server.call('POST', '/api/users', { body: { username: 'ADMIN', password } }))).toBe('exists');
    const first = await server.call('GET', '/api/users?limit=1&sort=username');
    const page = first.body as { items: { username: string }[]; total: number; next: string }; // checked against its row
    expect(page.items[0]?.username).toBe('admin');
    const second = await server.call('GET', `/api/users?limit=1&sort=username&cursor=${page.next}`);
    expect((second.body as typeof page).items[0]?.username).not.toBe('admin');
    const stale = await server.call('GET', `/api/users?limit=1&sort=-username&cursor=${page.next}`);
    expect(fieldsOf(stale)).toEqual(['query.cursor']);
    const { id, authorization } = await addUser(server, 'leaver');
    expect((await server.call('DELETE', `/api/users/${id}`)).status).toBe(204);
    expect((await server.call('GET', '/api/session', { authorization })).status).toBe(401);
  });
});
