import { rows, type Row } from '@waterstrider/contract';
import { createSystemStore, openDatabase } from '@waterstrider/store';
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { composeServices } from '../composition.ts';
import { ConfigError } from '../config.ts';
import { addUser } from '../testing/people.ts';
import { startTestServer, type TestServer } from '../testing/start-test-server.ts';
import { createLog } from './log.ts';
import { rotateKey } from './rotate-key.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
  const made = await server.call('POST', '/api/credentials', {
    body: { name: 'lab', provider: 'sim-openstack', values: { account: 'lab' } },
  });
  await server.ended((made.body as { operation: { id: string } }).operation.id); // checked against its row
});
afterAll(() => server.stop());

describe('looking after the server', () => {
  test('it lives, and is ready', async () => {
    expect(await server.call('GET', '/healthz', { authorization: '' })).toMatchObject({ status: 200 });
    const ready = await server.call('GET', '/readyz', { authorization: '' });
    expect(ready).toMatchObject({ status: 200, body: { ready: true } });
  });

  test('figures are for this machine and for administrators', async () => {
    const local = await server.call('GET', '/metrics', { authorization: '' });
    expect(local.text).toMatch(/^waterstrider_connections [1-9]/m);
    const remoteAddress = '192.0.2.1';
    expect((await server.call('GET', '/metrics', { authorization: '', remoteAddress })).status).toBe(401);
    const { authorization } = await addUser(server, 'curious');
    expect((await server.call('GET', '/metrics', { authorization, remoteAddress })).status).toBe(403);
    expect((await server.call('GET', '/metrics', { remoteAddress })).status).toBe(200);
  });

  test('the Platform page names this replica and the sizes', async () => {
    const { body } = await server.call('GET', '/api/platform');
    expect(body).toMatchObject({ platform: 'embedded', database: { kind: 'external' }, replicas: [{ self: true }] });
  });
});

describe('the document', () => {
  test('describes every row, and refers to nothing it does not hold', async () => {
    const { body, text } = await server.call('GET', '/api/openapi.json', { authorization: '' });
    const document = body as {
      openapi: string;
      paths: Record<string, Record<string, { operationId: string; parameters: { name: string }[] }>>;
      components: { schemas: Record<string, unknown> };
    }; // read below
    expect(document.openapi).toBe('3.1.0');
    for (const row of Object.values<Row>(rows)) {
      const path = row.path.replace(/:(\w+)/g, '{$1}');
      const described = document.paths[path]?.[row.method.toLowerCase()];
      expect(described?.operationId).toBe(row.name);
      const names = described?.parameters.map(({ name }) => name) ?? [];
      expect(names).toEqual(expect.arrayContaining([...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1])));
      expect(names.includes('Idempotency-Key')).toBe(row.status === 202);
    }
    const references = [...text.matchAll(/"\$ref":"([^"]+)"/g)].map((match) => match[1] ?? '');
    expect(references.length).toBeGreaterThan(100);
    const known = Object.keys(document.components.schemas).map((name) => `#/components/schemas/${name}`);
    expect(references.filter((reference) => !known.includes(reference))).toEqual([]);
  });
});

describe('the catalogue', () => {
  type Specs = { items: { id: string; vcpu: number; architecture: string; costPerHourUsd?: number }[]; total: number };

  test('specs: cheapest first, unknown prices last, within the bounds', async () => {
    const { body } = await server.call('GET', '/api/specs?provider=sim-aws&region=us-east-1&minVcpu=4&limit=500');
    const { items } = body as Specs; // checked against its row
    expect(items.length).toBeGreaterThan(5);
    expect(items.every(({ vcpu }) => vcpu >= 4)).toBe(true);
    const prices = items.map(({ costPerHourUsd }) => costPerHourUsd ?? Infinity);
    expect(prices).toEqual([...prices].sort((left, right) => left - right));
  });

  test('images of a spec have its architecture', async () => {
    const specs = await server.call('GET', '/api/specs?provider=sim-aws&region=us-east-1&architecture=arm64&limit=1');
    const [spec] = (specs.body as Specs).items; // checked against its row
    const url = `/api/images?provider=sim-aws&region=us-east-1&spec=${encodeURIComponent(spec?.id ?? '')}`;
    const { items } = (await server.call('GET', url)).body as { items: { architecture: string }[] }; // likewise
    expect(new Set(items.map(({ architecture }) => architecture))).toEqual(new Set(['arm64']));
  });

  test('without a filter: the clouds one has connections to', async () => {
    const { body } = await server.call('GET', '/api/specs?limit=500');
    const providers = new Set((body as Specs).items.map(({ id }) => id.split('+')[0])); // checked against its row
    expect(providers).toEqual(new Set(['sim-openstack']));
    const { authorization } = await addUser(server, 'outsider');
    expect((await server.call('GET', '/api/specs', { authorization })).body).toEqual({ items: [], total: 0 });
  });
});

describe('the audit trail', () => {
  test('is paged, newest first, filtered and searched', async () => {
    type Page = { items: { id: string; at: string; action: string }[]; total: number; next?: string };
    for (let index = 0; index < 5; index += 1)
      await server.call('POST', '/api/ns', { body: { name: `trail-${String(index)}` } });
    const get = async (query: string) => (await server.call('GET', `/api/audit?${query}`)).body as Page; // checked
    const all = await get('filter=action:createNamespace');
    expect(all.total).toBe(5);
    const first = await get('filter=action:createNamespace&limit=3');
    const second = await get(`filter=action:createNamespace&limit=3&cursor=${first.next ?? ''}`);
    expect([...first.items, ...second.items]).toEqual(all.items);
    expect(second.next).toBeUndefined();
    const times = all.items.map(({ at }) => at);
    expect(times).toEqual([...times].sort().reverse());
    expect((await get('search=TRAIL-3')).total).toBe(1);
    expect((await get('filter=action:createNamespace&to=2020-01-01')).total).toBe(0);
  });
});

describe('the master key', () => {
  test('a wrong one is named at start, and a rotation seals every secret anew', async () => {
    const { config } = server.services;
    const newMasterKey = randomBytes(32);
    const sql = openDatabase(server.databaseUrl, { max: 2 });
    const silent = createLog('silent', () => undefined);
    const compose = (masterKey: Buffer) =>
      composeServices({
        config: { ...config, masterKey },
        runtime: { url: server.databaseUrl, kind: 'external' },
        log: silent,
      });
    try {
      await expect(compose(newMasterKey)).rejects.toThrow(ConfigError);
      await expect(rotateKey({ ...config, newMasterKey }, { sql, system: createSystemStore(sql) })).rejects.toThrow(
        /use this database/,
      );
      await sql`update replicas set seen_at = now() - interval '1 minute'`;
      expect(await rotateKey({ ...config, newMasterKey }, { sql, system: createSystemStore(sql) })).toBeGreaterThan(0);
      await expect(compose(config.masterKey ?? Buffer.alloc(32))).rejects.toThrow(/WATERSTRIDER_MASTER_KEY/);
      await (await compose(newMasterKey)).stop();
    } finally {
      await sql.end();
    }
  });
});
