import type { PlatformForward } from '@waterstrider/contract';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { buildApp } from '../app.ts';
import { addNamespace, addUser } from '../testing/people.ts';
import { asAdmin, startTestServer, type TestServer } from '../testing/start-test-server.ts';
import { withoutSecrets } from './forwarded-answer.ts';

type Asked = Parameters<PlatformForward>[0];

let server: TestServer;
let app: FastifyInstance;
let viewer = '';
let operator = '';
const asked: Asked[] = [];
let answer: unknown;

beforeAll(async () => {
  server = await startTestServer();
  await addNamespace(server, 'own');
  await addNamespace(server, 'foreign');
  viewer = (await addUser(server, 'viewer', [{ ns: 'own', role: 'viewer' }])).authorization;
  operator = (await addUser(server, 'operator', [{ ns: 'own', role: 'operator' }])).authorization;
  const forward: PlatformForward = (request) => {
    asked.push(request);
    return Promise.resolve({
      status: 200,
      contentType: 'application/json',
      body: JSON.stringify(answer),
      requestId: 'up-1',
    });
  };
  const { platform } = server.services;
  app = await buildApp({
    ...server.services,
    platform: Object.assign(platform, { kind: 'cloud-barista' as const, forward }),
  });
  await app.ready();
});
beforeEach(() => {
  asked.length = 0;
  answer = { message: 'done' };
  server.services.config.facade.showSecrets = false;
});
afterAll(async () => {
  await app.close();
  await server.stop();
});

async function call(method: 'GET' | 'POST' | 'DELETE', url: string, options: { as?: string; body?: object } = {}) {
  const headers = {
    authorization: options.as ?? asAdmin,
    host: 'localhost:1234',
    cookie: 'a=b',
    'x-request-id': 'mine',
  };
  const response = await app.inject({
    method,
    url: `/tumblebug${url}`,
    headers,
    ...(options.body ? { payload: options.body } : {}),
  });
  return { status: response.statusCode, body: response.json<Record<string, unknown>>(), headers: response.headers };
}

test('a known route goes on with its parts, and without what signs in', async () => {
  const { status, body, headers } = await call('POST', '/ns/own/infraDynamic?option=hold', {
    as: operator,
    body: { name: 'a' },
  });
  expect([status, body, headers['x-request-id']]).toEqual([200, { message: 'done' }, 'up-1']);
  expect(asked).toEqual([
    {
      method: 'POST',
      path: '/ns/own/infraDynamic',
      query: { option: 'hold' },
      headers: { 'x-request-id': 'mine' },
      body: { name: 'a' },
    },
  ]);
  const { body: audit } = await server.call('GET', '/api/audit?filter=actor:operator');
  expect(audit).toMatchObject({
    items: [{ action: 'POST /tumblebug/ns/:nsId/infraDynamic', ns: 'own', outcome: 'done' }],
  });
});

test('who may not call is refused here, and that is recorded', async () => {
  expect((await call('GET', '/ns/foreign/infra', { as: viewer })).status).toBe(404);
  expect((await call('GET', '/ns/own/control/infra/a?action=suspend', { as: viewer })).status).toBe(403);
  expect((await call('POST', '/forward/vm', { as: operator, body: {} })).status).toBe(403);
  expect((await call('GET', '/requests', { as: operator })).status).toBe(403);
  expect((await call('GET', '/nothing/here')).status).toBe(404);
  expect((await call('GET', '/ns/own/infra/..%2f..%2fforeign', { as: operator })).status).toBe(400);
  expect((await call('GET', '/ns/own/stream/cmd/infra/a', { as: operator })).status).toBe(501);
  expect(asked).toEqual([]);
  const { body } = await server.call('GET', '/api/audit?filter=actor:viewer');
  expect(body).toMatchObject({ items: [{ ns: 'own', outcome: 'refused', code: 'forbidden', target: 'a: suspend' }] });
});

test('namespaces that one may not see are left out', async () => {
  answer = { ns: [{ id: 'own' }, { id: 'foreign' }], output: ['own', 'foreign'] };
  expect((await call('GET', '/ns', { as: viewer })).body).toEqual({ ns: [{ id: 'own' }], output: ['own'] });
  expect((await call('GET', '/ns')).body).toEqual(answer);
});

test('an administrator makes a namespace and uses it at once, and reaches one that was not seen yet', async () => {
  expect((await call('POST', '/ns', { body: { name: 'fresh' } })).body).toMatchObject({ id: 'fresh', name: 'fresh' });
  expect(asked).toEqual([]);
  expect((await server.call('GET', '/api/ns/fresh')).status).toBe(200);
  expect((await call('GET', '/ns/unseen/infra')).status).toBe(200);
  expect((await call('DELETE', '/ns/unseen')).status).toBe(200);
  expect((await call('GET', '/ns/unseen/infra', { as: operator })).status).toBe(404);
  expect(asked.map(({ method, path }) => `${method} ${path}`)).toEqual(['GET /ns/unseen/infra', 'DELETE /ns/unseen']);
});

test('about connections and namespaces a member learns no more than from the console', async () => {
  for (const path of ['/connConfig/sim-aws-us-east-1', '/credentialHolder/admin']) {
    expect((await call('GET', path, { as: viewer })).status).toBe(404);
    expect((await call('GET', path)).body).toEqual(answer);
  }
  const exists = async (ns: string) => (await call('GET', `/checkNs/${ns}`, { as: viewer })).body;
  expect([await exists('own'), await exists('foreign'), await exists('none')]).toEqual([true, false, false]);
});

test('what changes the Cloud-Barista itself is recorded, with the name of what is made', async () => {
  await call('GET', '/loadAssets');
  expect((await call('DELETE', '/requests')).body).toEqual(answer);
  await call('POST', '/ns/own/resources/vNet', { body: { name: 'v1' } });
  const { body } = await server.call('GET', '/api/audit?filter=actor:admin');
  // Entries of one millisecond have no order.
  const { items } = body as { items: object[] }; // checked by what follows
  expect(items).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ action: 'POST /tumblebug/ns/:nsId/resources/vNet', ns: 'own', target: 'v1' }),
      expect.objectContaining({ action: 'DELETE /tumblebug/requests', outcome: 'done' }),
      expect.objectContaining({ action: 'GET /tumblebug/loadAssets', outcome: 'done' }),
    ]),
  );
});

test('keys and passwords are blank unless an administrator allows them, and then for operators only', async () => {
  answer = {
    sshKey: [{ id: 'k', privateKey: 'canary' }],
    node: [{ nodeUserPassword: 'canary' }],
    accessInfo: { kubeconfig: 'canary' },
  };
  expect(JSON.stringify((await call('GET', '/ns/own/resources/sshKey')).body)).not.toContain('canary');
  server.services.config.facade.showSecrets = true;
  expect((await call('GET', '/ns/own/resources/sshKey', { as: operator })).body).toEqual(answer);
  expect(JSON.stringify((await call('GET', '/ns/own/resources/sshKey', { as: viewer })).body)).not.toContain('canary');
});

test('only text is blanked', () => {
  expect(withoutSecrets({ token: { a: 1 }, list: [{ PrivateKey: 'x' }], name: 'n' })).toEqual({
    token: { a: 1 },
    list: [{ PrivateKey: '' }],
    name: 'n',
  });
});

test('a connection that the namespace may not use can not be named', async () => {
  const { body } = await server.call('POST', '/api/credentials', {
    body: {
      name: 'sim-aws',
      provider: 'sim-aws',
      values: { account: 'a' },
      regions: ['us-east-1'],
      namespaces: ['foreign'],
    },
  });
  await server.ended((body as { operation: { id: string } }).operation.id); // checked against its row
  const group = { name: 'g', specId: 'sim-aws+us-east-1+t3.nano', imageId: 'i' };
  for (const nodeGroup of [group, { ...group, specId: 'x', ConnectionName: 'sim-aws-us-east-1' }]) {
    const refused = await call('POST', '/ns/own/infraDynamic', {
      as: operator,
      body: { name: 'a', nodeGroups: [nodeGroup] },
    });
    expect(refused.status).toBe(403);
  }
  expect(asked).toEqual([]);
});
