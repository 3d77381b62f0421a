import type { PlatformForward } from '@waterstrider/contract';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { EventEmitter } from 'node:events';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { buildApp } from '../app.ts';
import { addNamespace, addUser } from '../testing/people.ts';
import { asAdmin, startTestServer, type TestServer } from '../testing/start-test-server.ts';
import { withoutSecrets } from './forwarded-answer.ts';
import { createReadGate } from './read-gate.ts';

type Asked = Parameters<PlatformForward>[0];

let server: TestServer;
let app: FastifyInstance;
let viewer = '';
let operator = '';
const asked: Asked[] = [];
let answer: unknown;
/** The Cloud-Barista answers when it is done. */
let hold: Promise<void> | undefined;

beforeAll(async () => {
  server = await startTestServer();
  await addNamespace(server, 'own');
  await addNamespace(server, 'foreign');
  viewer = (await addUser(server, 'viewer', [{ ns: 'own', role: 'viewer' }])).authorization;
  operator = (await addUser(server, 'operator', [{ ns: 'own', role: 'operator' }])).authorization;
  const forward: PlatformForward = async (request) => {
    asked.push(request);
    await hold;
    return { status: 200, contentType: 'application/json', body: JSON.stringify(answer), requestId: 'up-1' };
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

describe('connections', () => {
  const spec = 'sim-aws+us-east-1+t3.nano';
  const named = { name: 'g', imageId: 'i' };

  beforeAll(async () => {
    await addCredential('sim-aws', 'sim-aws', { regions: ['us-east-1', 'us-east-2'], namespaces: ['own'] });
    await addCredential('sim-gcp', 'sim-gcp', { regions: ['us-east1'], namespaces: ['foreign'] });
    await addCredential('dev-sim-gcp', 'sim-gcp', { regions: ['us-east1'], namespaces: ['own'] });
    const disabled = await server.call('POST', '/api/connections/sim-aws-us-east-2/disable');
    expect(disabled.status).toBe(200);
    await server.services.inventory.caughtUp();
  });

  async function addCredential(name: string, provider: string, where: { regions: string[]; namespaces: string[] }) {
    const { status, body } = await server.call('POST', '/api/credentials', {
      body: { name, provider, values: { account: name }, ...where },
    });
    expect([status, body]).toEqual([202, expect.anything()]);
    await server.ended((body as { operation: { id: string } }).operation.id); // checked against its row
  }

  const create = async (group: object, as = operator) =>
    (await call('POST', '/ns/own/infraDynamic', { as, body: { name: 'a', nodeGroups: [{ ...named, ...group }] } }))
      .status;

  test.each([
    [200, 'one of the namespace', { connectionName: 'sim-aws-us-east-1' }],
    [200, 'the spec of one of the namespace, in any case', { specId: 'SIM-AWS+US-East-1+t3.nano' }],
    [200, 'a bare spec with a connection', { specId: 't3.nano', connectionName: 'sim-aws-us-east-1' }],
    [200, "another holder's with its spec", { specId: 'sim-gcp+us-east1+e2', connectionName: 'dev-sim-gcp-us-east1' }],
    [404, 'an unknown one', { connectionName: 'sim-aws-eu-west-1', specId: spec }],
    [404, 'another spelling', { connectionName: 'SIM-AWS-us-east-1', specId: spec }],
    [404, 'an unknown one beside a known one', { connectionNames: ['sim-aws-us-east-1', 'none'] }],
    [403, "another namespace's", { ConnectionName: 'sim-gcp-us-east1', specId: spec }],
    [403, "another namespace's, deep inside", { a: [{ b: { connectionname: 'sim-gcp-us-east1' } }] }],
    [403, "another namespace's, with a letter that Go folds", { a: [{ ſpecId: 'sim-gcp+us-east1+e2' }] }],
    [403, 'a disabled one', { connectionName: 'sim-aws-us-east-2' }],
    [403, "another namespace's spec", { specId: 'sim-gcp+us-east1+e2' }],
    [403, "another namespace's spec, in any case", { specId: 'Sim-GCP+US-East1+e2' }],
    [403, "another namespace's spec among several", { specId: [spec, 'sim-gcp+us-east1+e2'] }],
    [403, "a disabled one's spec", { specId: 'sim-aws+us-east-2+t3.nano' }],
    [
      403,
      "another namespace's spec beside a usable connection",
      { specId: 'sim-aws+us-east-2+t3', connectionName: 'sim-aws-us-east-1' },
    ],
    [404, "an unknown one's spec", { specId: 'sim-aws+eu-west-1+t3.nano' }],
    [400, 'a bare spec', { specId: 't3.nano' }],
    [400, 'a bare spec by name', { specName: 't3.nano' }],
    [400, 'half an id', { specId: 'sim-aws+us-east-1' }],
    [400, 'a bare spec, the connection elsewhere', { specId: 't3.nano', a: { connectionName: 'sim-aws-us-east-1' } }],
    [400, 'keys that differ in case', { specId: spec, SpecId: 'sim-gcp+us-east1+e2' }],
    [400, 'keys that differ in case, deep inside', { a: [{ name: 'x', NAME: 'y' }] }],
  ])('%i for %s', async (status, _case, group) => {
    expect(await create(group)).toBe(status);
    expect(asked).toHaveLength(status === 200 ? 1 : 0);
    expect(await create(group, asAdmin)).toBe(200);
  });

  test("without a connection's name the caller's holder decides", async () => {
    const ask = async (holder: string) => {
      const { statusCode } = await app.inject({
        method: 'POST',
        url: '/tumblebug/ns/own/infraDynamic',
        headers: { authorization: operator, host: 'localhost:1234', 'x-credential-holder': holder },
        payload: { name: 'a', nodeGroups: [{ specId: 'sim-gcp+us-east1+e2' }] },
      });
      return statusCode;
    };
    expect([await ask('dev'), await ask('admin'), await ask('other')]).toEqual([200, 403, 404]);
  });

  test('the reviews of a request are checked, the shared catalogue is not', async () => {
    const body = { nodeGroups: [{ specId: 'sim-gcp+us-east1+e2' }] };
    expect((await call('POST', '/ns/own/infraDynamicReview', { as: viewer, body })).status).toBe(403);
    const search = { matchedSpecId: 'x', connectionName: 'none' };
    expect((await call('POST', '/ns/system/resources/searchImage', { as: viewer, body: search })).status).toBe(200);
  });

  test('the query is checked, and only an administrator acts on all connections', async () => {
    const share = async (query: string, as = operator) =>
      (await call('POST', `/ns/own/sharedResource?option=all${query}`, { as, body: {} })).status;
    expect(await share('&connectionName=sim-aws-us-east-1')).toBe(200);
    asked.length = 0;
    expect(await share('&connectionName=sim-aws-us-east-2')).toBe(403);
    expect(await share('&connectionName=sim-gcp-us-east1')).toBe(403);
    expect(await share('&connectionName=none')).toBe(404);
    // Tumblebug reads this key in one spelling only.
    for (const query of ['', '&connectionName=', '&ConnectionName=sim-aws-us-east-1']) {
      expect(await share(query)).toBe(403);
    }
    const recover = '/ns/own/sharedResources/recoverDependencies';
    for (const body of [{}, { a: { connectionName: 'sim-aws-us-east-1' } }]) {
      expect((await call('POST', recover, { as: operator, body })).status).toBe(403);
    }
    expect((await call('POST', '/ns/own/infraAutopilot', { as: operator, body: { name: 'a' } })).status).toBe(403);
    expect((await call('POST', '/inspectResources', { as: operator, body: {} })).status).toBe(403);
    expect((await call('POST', '/registerCspResourcesAll', { as: operator, body: {} })).status).toBe(403);
    expect(asked).toEqual([]);
    expect(await share('', asAdmin)).toBe(200);
    const body = { connectionName: 'sim-aws-us-east-1' };
    expect((await call('POST', recover, { as: operator, body })).status).toBe(200);
  });

  test('a body without end is refused', async () => {
    let body: object = {};
    for (let depth = 0; depth < 200; depth++) body = { a: body };
    expect((await call('POST', '/ns/own/infraDynamic', { as: operator, body })).status).toBe(400);
  });
});

describe('reads', () => {
  const untilAsked = (count: number) => vi.waitFor(() => expect(asked).toHaveLength(count));
  afterEach(() => {
    hold = undefined;
  });

  test('at most 50 wait at a time, changes beside them', async () => {
    let release = (): void => undefined;
    hold = new Promise<void>((resolve) => (release = resolve));
    const reads = Array.from({ length: 50 }, () => call('GET', '/ns/own/infra', { as: viewer }));
    await untilAsked(50);
    expect(asked[0]).toMatchObject({ isRead: true });
    const beyond = await call('GET', '/ns/own/infra', { as: viewer });
    expect([beyond.status, beyond.body]).toEqual([429, { message: 'rate limit exceeded' }]);
    const change = call('DELETE', '/ns/own/infra/a', { as: operator });
    await untilAsked(51);
    release();
    expect((await Promise.all([...reads, change])).every(({ status }) => status === 200)).toBe(true);
    expect((await call('GET', '/ns/own/infra', { as: viewer })).status).toBe(200);
  });

  test('a read ends with its caller, a change does not', async () => {
    hold = new Promise(() => undefined);
    const address = await app.listen({ port: 0, host: '127.0.0.1' });
    const caller = new AbortController();
    const open = ['GET', 'DELETE'].map((method) =>
      fetch(`${address}/tumblebug/ns/own/infra/a`, {
        method,
        headers: { authorization: operator },
        signal: caller.signal,
      }).catch((error: unknown) => error),
    );
    await untilAsked(2);
    const read = asked.find(({ method }) => method === 'GET');
    const change = asked.find(({ method }) => method === 'DELETE');
    expect(read?.signal?.aborted).toBe(false);
    caller.abort();
    await vi.waitFor(() => expect(read?.signal?.aborted).toBe(true));
    expect([change?.signal, change?.isRead]).toEqual([undefined, undefined]);
    await Promise.all(open);
  });

  test('a read ends with the server', async () => {
    const stopping = new AbortController();
    const raw = Object.assign(new EventEmitter(), { destroyed: false });
    const reply = { raw } as unknown as FastifyReply; // only this of it is used
    const read = createReadGate(stopping.signal)(
      reply,
      (signal) =>
        new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error))), // a DomainError
    );
    stopping.abort();
    await expect(read).rejects.toMatchObject({ code: 'unavailable' });
    expect(raw.listenerCount('close')).toBe(0);
  });
});
