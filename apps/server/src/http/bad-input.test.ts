import { rows, type Row } from '@waterstrider/contract';
import fc from 'fast-check';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addNamespace } from '../testing/people.ts';
import { asAdmin, startTestServer, type TestServer } from '../testing/start-test-server.ts';

let server: TestServer;
let port = 0;

beforeAll(async () => {
  server = await startTestServer();
  await addNamespace(server, 'team');
  await server.app.listen({ host: '127.0.0.1', port: 0 });
  const address = server.app.server.address();
  port = typeof address === 'object' && address !== null ? address.port : 0;
});
afterAll(() => server.stop());

/** Half surrogate pairs can not be in an address. */
const toSegment = (text: string): string => encodeURIComponent(text.replace(/\p{Cs}/gu, '') || 'x');

type Refusal = {
  code: string;
  message: string;
  requestId: string;
  details?: { issues?: { field: string; reason: string }[] };
};
const create = async (payload: string | Buffer, headers: Record<string, string> = {}) => {
  const response = await server.app.inject({
    method: 'POST',
    url: '/api/ns',
    headers: { authorization: asAdmin, 'content-type': 'application/json', ...headers },
    payload,
  });
  return { status: response.statusCode, ...(JSON.parse(response.payload) as Refusal) };
};

/** Sends bytes as they are; resolves with all that comes back until the server closes. */
const sendRaw = (bytes: string): Promise<string> =>
  new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    socket.on('data', (chunk) => (answer += chunk.toString()));
    socket.on('end', () => resolve(answer));
    socket.on('error', reject);
  });

describe('bodies', () => {
  test('what is wrong is named by field and reason', async () => {
    const answer = await create('{"name": "-x", "colour": "red", "description": 5}');
    expect(answer).toMatchObject({ status: 400, code: 'invalid' });
    const fields = answer.details?.issues?.map(({ field }) => field).sort();
    expect(fields).toEqual(['body.colour', 'body.description', 'body.name']);
  });

  test.each([
    ['JSON cut short', '{"name":', {}],
    ['no body at all', '', {}],
    ['another content type', '{"name":"x"}', { 'content-type': 'text/plain' }],
    ['a form', 'name=x', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['a prototype key', '{"name":"x","__proto__":{"admin":true}}', {}],
    ['an escaped prototype key', '{"name":"x","\\u005f_proto__":{"admin":true}}', {}],
    ['a constructor key', '{"name":"x","constructor":{"prototype":{"admin":true}}}', {}],
    ['a NUL', '{"name":"x","description":"a\\u0000b"}', {}],
    ['half a surrogate pair', '{"name":"x","description":"\\ud800"}', {}],
    ['HTML', '{"name":"x","description":"<img src=x onerror=alert(1)>"}', {}],
    ['a list', '[]', {}],
    ['deep nesting', '['.repeat(100_000), {}],
  ])('%s is refused', async (_what, payload, headers) => {
    expect(await create(payload, headers)).toMatchObject({ status: 400, code: 'invalid' });
    const { body } = await server.call('GET', '/api/ns?search=x');
    expect(body).toMatchObject({ total: 0 });
  });

  test('10 MB get a clean 413 over a real connection, before the client has given up', async () => {
    const response = await fetch(`http://127.0.0.1:${String(port)}/api/ns`, {
      method: 'POST',
      headers: { authorization: asAdmin, 'content-type': 'application/json' },
      body: Buffer.alloc(10_000_000, 'a'),
    });
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({ code: 'too_large' });
  });
});

describe('addresses, headers and methods', () => {
  test.each([
    ['/api/nothing', 404, 'not_found'],
    ['/api', 404, 'not_found'],
    ['/api/ns/%E0%A4%A/infra', 400, 'invalid'],
    ['/api/ns/%00', 404, 'not_found'],
    ['/api/ns?search=%00', 400, 'invalid'],
    ['/api/ns?limit=0', 400, 'invalid'],
    ['/api/ns?limit=1&limit=2', 400, 'invalid'],
    ['/api/ns?limit=501', 400, 'invalid'],
    ['/api/ns?sort=colour', 400, 'invalid'],
    ['/api/ns?filter=colour', 400, 'invalid'],
    ['/api/audit?filter=colour:red', 400, 'invalid'],
    ['/api/audit?cursor=WzEsMl0', 400, 'invalid'],
    ['/api/audit?from=yesterday', 400, 'invalid'],
    ['/api/specs?provider=nowhere', 404, 'not_found'],
    ['/api/specs?connection=nowhere', 404, 'not_found'],
    ['/api/images?spec=sim-aws%2Bnowhere%2Bx', 404, 'not_found'],
  ])('%s is a %i', async (url, status, code) => {
    const answer = await server.call('GET', url);
    expect(answer).toMatchObject({ status, body: { code } });
  });

  test('broken HTTP, huge headers and unknown methods are answered in JSON', async () => {
    expect(await sendRaw('GARBAGE\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 [^]*"code":"invalid"/);
    const huge = `GET /api/ns HTTP/1.1\r\nHost: x\r\nX-Big: ${'a'.repeat(40_000)}\r\nConnection: close\r\n\r\n`;
    expect(await sendRaw(huge)).toMatch(/^HTTP\/1\.1 431 [^]*"code":"invalid"/);
    expect(await sendRaw('FOO /api/ns HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')).toMatch(/^HTTP\/1\.1 4\d\d /);
    expect(await sendRaw('PROPFIND /api/ns HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')).toMatch(
      /^HTTP\/1\.1 404 [^]*"code":"not_found"/,
    );
  });

  test('HEAD has no body', async () => {
    const { statusCode, payload } = await server.app.inject({
      method: 'HEAD',
      url: '/api/ns',
      headers: { authorization: asAdmin },
    });
    expect([statusCode, payload]).toEqual([200, '']);
  });

  test('large JSON is compressed for who takes it', async () => {
    const get = (encoding: string) =>
      server.app.inject({
        method: 'GET',
        url: '/api/clouds',
        headers: { authorization: asAdmin, 'accept-encoding': encoding },
      });
    expect((await get('gzip')).headers['content-encoding']).toBe('gzip');
    expect((await get('identity')).headers['content-encoding']).toBeUndefined();
  });

  test('security headers are on every answer', async () => {
    for (const url of ['/api/ns', '/api/nothing', '/healthz']) {
      const { headers } = await server.call('GET', url);
      expect(headers['content-security-policy']).toContain("default-src 'self'");
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['strict-transport-security']).toBeUndefined();
    }
  });
});

describe('whatever is sent', () => {
  // Random calls must not end the admin's own rights, nor make tasks for hours.
  const skipped = new Set(['streamEvents', 'setSimChurn', 'setSimFaults']);
  // Only a Cloud-Barista can answer them; here a right question is told so.
  const foreign = new Set(['listCloudSystems', 'getConnectionQuota', 'getConnectionPrices', 'getCloudMetric']);
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 30 }),
    fc.constantFrom('team', '../..', "' or 1=1 --", '%00', ''),
  );
  const segment = fc.oneof(
    { weight: 2, arbitrary: fc.constantFrom('team', 'x', 'nobody') },
    { weight: 1, arbitrary: text },
  );
  const names = [
    'name',
    'nodeGroups',
    'action',
    'size',
    'password',
    'values',
    'roles',
    'limit',
    'sort',
    'filter',
    'cursor',
  ];
  const key = fc.oneof(fc.constantFrom(...names), text);
  const body = fc.oneof(fc.dictionary(key, fc.jsonValue(), { maxKeys: 6 }), fc.jsonValue());
  const query = fc.array(fc.tuple(key, text), { maxLength: 3 });

  for (const row of Object.values<Row>(rows).filter(({ name }) => !skipped.has(name))) {
    test(`${row.name} never fails inside`, async () => {
      await fc.assert(
        fc.asyncProperty(segment, query, body, async (id, pairs, sent) => {
          const path = row.path.replace(':ns', 'team').replace(/:\w+/g, () => toSegment(id));
          const search = new URLSearchParams(pairs).toString();
          const response = await server.app.inject({
            method: row.method,
            url: search === '' ? path : `${path}?${search}`,
            headers: { host: 'localhost', authorization: asAdmin, 'content-type': 'application/json' },
            ...(row.method === 'GET' ? {} : { payload: JSON.stringify(sent) }),
          });
          if (foreign.has(row.name)) expect([400, 404, 501], response.payload).toContain(response.statusCode);
          else expect(response.statusCode, response.payload).toBeLessThan(500);
        }),
        { numRuns: 25 },
      );
    });
  }
});
