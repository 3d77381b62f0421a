import type { FrameworkReads, FrameworkState } from '@waterstrider/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addNamespace, addUser } from '../testing/people.ts';
import { startTestServer, type TestServer } from '../testing/start-test-server.ts';

const asked: unknown[][] = [];
let states: FrameworkState[] = [];
const frameworkReads: FrameworkReads = {
  frameworks: () => states,
  cloudSystems: () =>
    Promise.resolve([
      {
        name: 'MOCK',
        credentialKeys: ['MockName'],
        regionKeys: ['Region'],
        rootDiskTypes: [],
        diskTypes: ['SSD'],
        drivers: [{ name: 'mock-driver', library: 'mock-driver-v1.0.so' }],
        connections: 3,
      },
    ]),
  quota(...given) {
    asked.push(['quota', ...given]);
    return Promise.resolve([{ name: 'vCPU', limit: '32', used: '4' }]);
  },
  prices(...given) {
    asked.push(['prices', ...given]);
    return Promise.resolve([{ spec: 'mock-small', price: 0.1, currency: 'USD', unit: 'Hour' }]);
  },
  cloudMetric(...given) {
    asked.push(['metric', ...given]);
    return Promise.resolve({ name: 'cpu_usage', unit: 'Percent', points: [] });
  },
};

let server: TestServer;
let outsider: string;
beforeAll(async () => {
  server = await startTestServer();
  // The embedded engine has none; the handlers ask the platform at each call.
  Object.assign(server.services.platform, { frameworkReads });
  const made = await server.call('POST', '/api/credentials', {
    body: { name: 'lab', provider: 'sim-openstack', values: { account: 'lab' }, namespaces: [] },
  });
  await server.ended((made.body as { operation: { id: string } }).operation.id); // checked against its row
  await addNamespace(server, 'team');
  ({ authorization: outsider } = await addUser(server, 'member', [{ ns: 'team', role: 'operator' }]));
});
afterAll(() => server.stop());

const state = (change: Partial<FrameworkState>): FrameworkState => ({
  name: 'tumblebug',
  url: 'http://hidden.example/tumblebug',
  authMode: 'none',
  reachable: true,
  archived: false,
  problems: [],
  checkedAt: '2026-08-22T00:00:00Z',
  ...change,
});

test('whoever is signed in sees the kinds of clouds', async () => {
  const { status, body } = await server.call('GET', '/api/cloud-systems', { authorization: outsider });
  expect(status).toBe(200);
  expect(body).toMatchObject({ items: [{ name: 'MOCK', connections: 3 }] });
});

test('quota and prices are asked for connections one may use only', async () => {
  const { body } = await server.call('GET', '/api/connections?limit=1');
  const name = (body as { items: { name: string }[] }).items[0]?.name ?? ''; // checked against its row
  for (const what of ['quota', 'prices']) {
    const url = `/api/connections/${name}/${what}`;
    expect((await server.call('GET', url, { authorization: outsider })).status).toBe(404);
    expect((await server.call('GET', url)).status).toBe(200);
    expect(asked.filter(([verb]) => verb === what)).toEqual([[what, name]]);
  }
});

test("a cloud's metrics are of servers of the namespace only", async () => {
  const url = '/api/ns/team/nodes/somebody-elses/cloud-metrics';
  expect((await server.call('GET', url, { authorization: outsider })).status).toBe(404);
  expect((await server.call('GET', `${url}?metric=nonsense`, { authorization: outsider })).status).toBe(400);
  expect(asked.filter(([verb]) => verb === 'metric')).toEqual([]);
});

test('readiness names each framework; only CB-Tumblebug decides', async () => {
  const ready = () => server.call('GET', '/readyz', { authorization: '' });
  expect(await ready()).toMatchObject({ status: 503, body: { ready: false } });
  const refused = { key: 'loginRefused', text: 'hidden words' } as const;
  states = [state({}), state({ name: 'spider', loginWorks: false, problems: [refused] })];
  const { status, body, text } = await ready();
  expect(status).toBe(200);
  expect(body).toEqual({
    ready: true,
    checks: [
      { name: 'database', ok: true },
      { name: 'inventory', ok: true },
      { name: 'tumblebug', ok: true },
      { name: 'spider', ok: false, detail: 'login refused' },
    ],
  });
  expect(text).not.toContain('hidden');
  states = [state({ reachable: false, problems: [{ key: 'unreachable' }] })];
  expect(await ready()).toMatchObject({ status: 503, body: { ready: false } });
  expect((await server.call('GET', '/api/platform')).body).toMatchObject({ frameworks: [{ name: 'tumblebug' }] });
});
