import type { CloudBaristaConfig } from '@waterstrider/cloud-barista';
import { platformSettingsInput, type FrameworkState } from '@waterstrider/contract';
import { createSystemStore, openDatabase } from '@waterstrider/store';
import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ConfigError } from '../config.ts';
import { addUser } from '../testing/people.ts';
import { startTestServer, type TestServer } from '../testing/start-test-server.ts';
import { choosePlatform, createPlatformSettings, type ChosenPlatform } from './platform-settings.ts';
import { rotateKey } from './rotate-key.ts';
import { createSecrets } from './secrets.ts';
import { readStoredSettings, settingsKey } from './stored-settings.ts';

const canary = 'Canary-Upstream-4Kw';
const url = 'http://cb.example:1323';
const without = { url, authMode: 'basic', username: 'default' };
const basicInput = { tumblebug: { ...without, password: canary } };

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());
afterEach(() => server.services.system.setMeta(settingsKey, ''));

const secretsOf = () => createSecrets(server.services.config.masterKey ?? Buffer.alloc(32));
/** A process of its own on the same database; `checked` collects what it was asked to check. */
function startService(startedWith: ChosenPlatform = { source: 'none' }, environment?: CloudBaristaConfig) {
  const checked: CloudBaristaConfig[] = [];
  const service = createPlatformSettings({
    config: environment === undefined ? {} : { cloudBarista: environment },
    system: server.services.system,
    secrets: secretsOf(),
    startedWith,
    check: (config) => {
      checked.push(config);
      return Promise.resolve<FrameworkState[]>([]);
    },
  });
  const parse = (input: unknown) => platformSettingsInput.parse(input);
  return {
    checked,
    read: () => service.read(),
    remove: () => service.remove(),
    save: (input: unknown) => service.save(parse(input)),
    test: (input: unknown) => service.test(parse(input)),
  };
}
const choose = (environment?: CloudBaristaConfig) =>
  choosePlatform(environment === undefined ? {} : { cloudBarista: environment }, server.services.system, secretsOf());

describe('what is stored', () => {
  test('is sealed, told without secrets, and chosen at the next start', async () => {
    const service = startService();
    expect(await service.read()).toEqual({ source: 'none', restartNeeded: false, frameworks: [] });
    const saved = await service.save(basicInput);
    expect(saved).toEqual({
      source: 'stored',
      restartNeeded: true,
      frameworks: [
        { name: 'tumblebug', url: `${url}/tumblebug`, authMode: 'basic', username: 'default', hasSecret: true },
      ],
    });
    expect(await service.read()).toEqual(saved);
    expect(await server.services.system.getMeta(settingsKey)).not.toContain(canary);

    const chosen = await choose();
    expect(chosen).toEqual({
      source: 'stored',
      cloudBarista: {
        tumblebug: { url: `${url}/tumblebug`, auth: { mode: 'basic', username: 'default', password: canary } },
      },
    });
    const restarted = startService(chosen);
    expect(await restarted.read()).toMatchObject({ source: 'stored', restartNeeded: false });
    expect(await restarted.remove()).toEqual({ source: 'none', restartNeeded: true, frameworks: [] });
    expect(await choose()).toEqual({ source: 'none' });
  });

  test('a secret left out stays with its address and way of signing in', async () => {
    const service = startService();
    await service.save(basicInput);
    await service.save({ tumblebug: { ...without, url: `${url}/other`, username: 'second' } });
    expect((await choose()).cloudBarista?.tumblebug).toEqual({
      url: `${url}/other`,
      auth: { mode: 'basic', username: 'second', password: canary },
    });
    await service.test({ tumblebug: without });
    expect(service.checked[0]?.tumblebug.auth).toMatchObject({ password: canary });
  });

  test.each([
    ['another host', { url: 'http://evil.example:1323' }, 'changed'],
    ['another port', { url: 'http://cb.example:1324' }, 'changed'],
    ['another scheme', { url: 'https://cb.example:1323' }, 'changed'],
  ])('and never follows to %s', async (_name, change, word) => {
    const service = startService();
    await service.save(basicInput);
    const input = { tumblebug: { ...without, ...change } };
    for (const attempt of [() => service.save(input), () => service.test(input)]) {
      await expect(attempt()).rejects.toMatchObject({
        code: 'invalid',
        // A matcher of vitest is typed as any.
        details: { issues: [{ field: 'body.tumblebug.password', reason: expect.stringContaining(word) as string }] },
      });
    }
    expect(service.checked).toEqual([]);
    expect((await choose()).cloudBarista?.tumblebug.url).toBe(`${url}/tumblebug`);
  });

  test('each field that does not fit is named', async () => {
    const issuesOf = async (input: unknown): Promise<string[]> => {
      const error: unknown = await startService()
        .save(input)
        .then(
          () => undefined,
          (thrown: unknown) => thrown,
        );
      const { details } = error as { details: { issues: { field: string }[] } }; // a DomainError, or the test fails
      return details.issues.map(({ field }) => field);
    };
    expect(await issuesOf({ tumblebug: { url, authMode: 'basic' }, spider: { url, authMode: 'hmac' } })).toEqual([
      'body.tumblebug.username',
      'body.tumblebug.password',
      'body.spider.hmacAccessId',
      'body.spider.hmacSecret',
    ]);
    expect(await issuesOf({ tumblebug: { url, authMode: 'bearer', token: 't', password: 'p' } })).toEqual([
      'body.tumblebug.password',
    ]);
    expect(await issuesOf({ tumblebug: { url: `${url}/?a=1` } })).toEqual(['body.tumblebug.url']);
  });

  test('is refused, not guessed, when it can not be read', async () => {
    await server.services.system.setMeta(settingsKey, randomBytes(60).toString('base64'));
    await expect(choose()).rejects.toThrow(ConfigError);
  });
});

describe('the environment', () => {
  const environment: CloudBaristaConfig = {
    tumblebug: { url: 'http://env.example/tumblebug', auth: { mode: 'none' } },
  };

  test('wins, and what is stored can not be changed then', async () => {
    await startService().save(basicInput);
    const chosen = await choose(environment);
    expect(chosen).toEqual({ source: 'environment', cloudBarista: environment });
    const service = startService(chosen, environment);
    expect(await service.read()).toEqual({
      source: 'environment',
      restartNeeded: false,
      frameworks: [{ name: 'tumblebug', url: environment.tumblebug.url, authMode: 'none', hasSecret: false }],
    });
    await expect(service.save(basicInput)).rejects.toMatchObject({ code: 'wrong_state' });
    await expect(service.remove()).rejects.toMatchObject({ code: 'wrong_state' });
  });
});

describe('over HTTP', () => {
  test('an administrator keeps and forgets it; the secret comes back nowhere', async () => {
    const put = await server.call('PUT', '/api/platform/settings', { body: basicInput });
    expect(put).toMatchObject({ status: 200, body: { source: 'stored', restartNeeded: true } });
    const page = await server.call('GET', '/api/platform');
    expect(page.body).toMatchObject({ frameworks: [], settings: { source: 'stored' } });
    const audit = await server.call('GET', '/api/audit?filter=action:savePlatformSettings');
    expect(audit.body).toMatchObject({ items: [{ target: 'tumblebug', outcome: 'done' }] });
    const gone = await server.call('DELETE', '/api/platform/settings');
    expect(gone).toMatchObject({ status: 200, body: { source: 'none', restartNeeded: false } });
    for (const { text } of [put, page, audit, gone]) expect(text).not.toContain(canary);
    expect(server.logged()).not.toContain(canary);
  });

  test('bad input is refused by field, without what was typed', async () => {
    const refused = await server.call('PUT', '/api/platform/settings', {
      body: { tumblebug: { url: `http://user:${canary}@cb.example`, authMode: 'digest', bogus: 1 } },
    });
    expect(refused.status).toBe(400);
    expect(refused.text).not.toContain(canary);
    const body = refused.body as { details: { issues: { field: string }[] } }; // an answer to bad input
    expect(body.details.issues.map(({ field }) => field).sort()).toEqual([
      'body.tumblebug.authMode',
      'body.tumblebug.bogus',
      'body.tumblebug.url',
    ]);
  });

  test('others may not, and the embedded engine has nothing of CB-Spider', async () => {
    const { authorization } = await addUser(server, 'reader');
    for (const [method, path] of [
      ['PUT', '/api/platform/settings'],
      ['DELETE', '/api/platform/settings'],
      ['POST', '/api/platform/test'],
    ] as const) {
      const body = method === 'DELETE' ? {} : { body: basicInput };
      expect((await server.call(method, path, { authorization, ...body })).status).toBe(403);
    }
    expect(await server.call('GET', '/api/cloud-systems', { authorization })).toMatchObject({
      status: 501,
      body: { code: 'unsupported', details: { reason: 'needsSpider' } },
    });
    expect((await server.call('GET', '/api/connections/none/quota')).status).toBe(404);
  });
});

test('a rotation of the master key seals it anew', async () => {
  await startService().save(basicInput);
  const sql = openDatabase(server.databaseUrl, { max: 2 });
  try {
    const system = createSystemStore(sql);
    const newMasterKey = randomBytes(32);
    await sql`update replicas set seen_at = now() - interval '1 minute'`;
    await rotateKey({ ...server.services.config, newMasterKey }, { sql, system });
    const stored = await readStoredSettings(system, createSecrets(newMasterKey));
    expect(stored?.tumblebug.auth).toMatchObject({ password: canary });
    await expect(readStoredSettings(system, secretsOf())).rejects.toThrow();
  } finally {
    await sql.end();
  }
});
