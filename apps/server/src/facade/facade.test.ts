import { facadeRoutes } from '@waterstrider/cloud-barista/facade';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addUser } from '../testing/people.ts';
import { messageOf, openClient, type OpenApiClient } from './testing/open-api-client.ts';

type Item = { id: string; name: string; status: string; [key: string]: unknown };
let client: OpenApiClient;
beforeAll(async () => {
  client = await openClient();
});
afterAll(() => client.server.stop());

const call: OpenApiClient['call'] = (...request) => client.call(...request);
const body = <Body>(...request: Parameters<OpenApiClient['call']>): Promise<Body> => client.body<Body>(...request);

describe('the door', () => {
  test('health is open to all, the rest needs Basic or Bearer and never the cookie', async () => {
    expect(await body('GET', '/readyz', { authorization: '' })).toMatchObject({ ready: true, initialized: true });
    const none = await call('GET', '/ns', { authorization: '' });
    expect(none.status).toBe(401);
    expect(none.text).toBe('{"message":"Unauthorized"}');
    expect(none.headers['www-authenticate']).toBe('basic realm=Restricted');
    const login = await client.server.call('POST', '/api/session', {
      authorization: '',
      headers: { 'x-requested-with': 'waterstrider' },
      body: { username: 'admin', password: 'Correct-Horse-Battery-9' },
    });
    const cookie = String(login.headers['set-cookie']).split(';')[0] ?? '';
    expect((await client.server.call('GET', '/api/session', { authorization: '', headers: { cookie } })).status).toBe(
      200,
    );
    expect((await call('GET', '/ns', { authorization: '', headers: { cookie } })).status).toBe(401);
    const token = await client.server.call('POST', '/api/account/tokens', { body: { name: 'cli' } });
    const bearer = `Bearer ${(token.body as { token: string }).token}`; // checked against its row
    expect((await call('GET', '/ns', { authorization: bearer })).status).toBe(200);
  });

  test('pages of other sites are refused, preflights too, unless their origin is allowed', async () => {
    const foreign = { origin: 'https://evil.example' };
    expect((await call('GET', '/ns', { headers: foreign })).status).toBe(403);
    expect((await call('GET', '/livez', { headers: { 'sec-fetch-site': 'cross-site' } })).status).toBe(403);
    expect((await call('GET', '/ns', { headers: { origin: 'http://localhost:1234' } })).status).toBe(200);
    const preflight = (origin: string) =>
      client.server.app.inject({
        method: 'OPTIONS',
        url: '/tumblebug/ns',
        headers: { origin, host: 'localhost:1234' },
      });
    expect((await preflight('https://evil.example')).statusCode).toBe(403);
    client.server.services.config.facade.origins.push('http://map.example:1324');
    const allowed = await preflight('http://map.example:1324');
    expect(allowed.statusCode).toBe(204);
    expect(allowed.headers['access-control-allow-origin']).toBe('http://map.example:1324');
  });

  test('unknown addresses are JSON 404s; request ids are echoed, given out, and used once', async () => {
    const unknown = await call('GET', '/nothing/here', { headers: { accept: 'text/html' } });
    expect([unknown.status, unknown.text]).toEqual([404, '{"message":"Not Found"}']);
    expect(String((await call('GET', '/ns')).headers['x-request-id'])).toMatch(/^\d{19}$/);
    const first = await call('GET', '/ns/team', { headers: { 'x-request-id': 'mine-1' } });
    expect(first.headers['x-request-id']).toBe('mine-1');
    expect(first.headers['access-control-expose-headers']).toBe('X-Request-Id');
    expect((await call('GET', '/ns/team', { headers: { 'x-request-id': 'mine-1' } })).status).toBe(500);
    expect((await call('GET', '/ns', { headers: { 'x-credential-holder': 'bad holder!' } })).status).toBe(400);
  });

  test('wrong types and broken bodies are 400 in words', async () => {
    const wrong = await call('POST', '/recommendSpec', { body: { limit: '5' } });
    expect([wrong.status, messageOf(wrong)]).toEqual([
      400,
      'code=400, message=Unmarshal type error: expected=int, got=string, field=limit',
    ]);
    expect((await call('POST', '/recommendSpec', { body: { filter: { policy: [{ metric: 'moon' }] } } })).status).toBe(
      400,
    );
    const broken = await client.server.app.inject({
      method: 'POST',
      url: '/tumblebug/ns',
      headers: { authorization: String(Buffer.from('')), 'content-type': 'application/json' },
      payload: '{"name":',
    });
    expect(broken.statusCode).toBe(401);
    expect((await call('POST', '/ns', { body: { name: 'Bad_Name!' } })).status).toBe(400);
    expect((await call('POST', '/ns', { body: { name: 'team' } })).status).toBe(409);
  });

  test('what the platform lacks is an empty list, 404, or 501 with the reason', async () => {
    expect(await body('GET', '/ns/team/resources/nlb')).toEqual({ nlb: [] });
    expect(await body('GET', '/ns/team/k8sCluster')).toEqual({ K8sClusterInfo: [] });
    expect((await call('GET', '/ns/team/resources/dataDisk/x')).status).toBe(404);
    const command = await call('POST', '/ns/team/cmd/infra/x', { body: { command: ['id'] } });
    expect(command.status).toBe(501);
    expect(messageOf(command)).toContain('does not run commands');
    const refused = await call('POST', '/ns/team/infraDynamic', {
      body: { ...client.request('p'), postCommands: [{ command: ['id'] }] },
    });
    expect(refused.status).toBe(501);
  });
});

describe('roles', () => {
  test('a stranger sees no namespace, a viewer changes nothing, and the refusal is in the audit trail', async () => {
    const { authorization: stranger } = await addUser(client.server, 'stranger');
    const { authorization: viewer } = await addUser(client.server, 'viewer', [{ ns: 'team', role: 'viewer' }]);
    expect(await body('GET', '/ns', { authorization: stranger })).toEqual({ ns: null });
    for (const path of ['/ns/team', '/ns/team/infra', '/ns/team/resources/nlb', '/ns/absent/infra']) {
      const answer = await call('GET', path, { authorization: stranger });
      expect([answer.status, answer.text]).toEqual([404, '{"message":"Not valid namespace"}']);
    }
    expect(await body('GET', '/ns', { authorization: viewer })).toMatchObject({ ns: [{ id: 'team' }] });
    expect(
      (await call('POST', '/ns/team/infraDynamic', { authorization: viewer, body: client.request('v') })).status,
    ).toBe(403);
    expect((await call('GET', '/ns/team/control/infra/x?action=suspend', { authorization: viewer })).status).toBe(403);
    expect((await call('GET', '/credential/publicKey', { authorization: viewer })).status).toBe(403);
    expect((await call('GET', '/request/mine-1', { authorization: viewer })).status).toBe(404);
    const { body: audit } = await client.server.call('GET', '/api/audit?filter=actor:viewer');
    expect(audit).toMatchObject({
      items: expect.arrayContaining([expect.objectContaining({ outcome: 'refused', ns: 'team' })]),
    });
  });
});

describe('clouds, connections, credentials', () => {
  test('connections belong to their holders', async () => {
    const { connectionconfig: all } = await body<{ connectionconfig: Item[] }>('GET', '/connConfig');
    expect(all[0]).toMatchObject({
      providerName: 'sim-aws',
      credentialHolder: 'admin',
      verified: true,
      regionRepresentative: true,
    });
    expect(await body('GET', '/connConfig?filterCredentialHolder=nobody')).toEqual({ connectionconfig: null });
    expect(await body('GET', `/connConfig/${String(all[0]?.configName)}`)).toEqual(all[0]);
    expect(await body('GET', '/credentialHolder')).toMatchObject({
      credentialHolderList: [{ credentialHolder: 'admin', isDefault: true }],
    });
    expect((await call('GET', '/credentialHolder/nobody')).status).toBe(404);
    expect(await body('GET', '/provider/sim-aws/region/us-east-1')).toMatchObject({ regionId: 'us-east-1' });
  });

  test('a key serves once, and no value is logged or shown', async () => {
    const reused = await call('POST', '/credential', {
      body: {
        providerName: 'sim-aws',
        publicKeyTokenId: 'nope',
        encryptedClientAesKeyByPublicKey: 'AA==',
        credentialKeyValueList: [],
      },
    });
    expect([reused.status, messageOf(reused)]).toEqual([400, 'private key not found for token ID: nope']);
    const again = await client.sendCredential({ account: 'canary-account' }, 'second');
    expect(again.body).toMatchObject({
      credentialName: 'second-sim-aws',
      credentialHolder: 'second',
      keyValueInfoList: [{ key: 'account', value: '************' }],
    });
    const shown = await call('GET', '/requests');
    expect(`${again.text}${shown.text}${client.server.logged()}`).not.toContain('canary-account');
  });
});

describe('whatever is sent', () => {
  const bodies = [
    undefined,
    [],
    { name: 5 },
    { name: 'x', nodeGroups: [{}] },
    { nodeGroups: { length: 3 } },
    { limit: -1 },
  ];
  const queries = [
    '',
    '?option=id&filterKey=__proto__&filterVal=x',
    '?option=status&option=id&action=dance&specId=%25',
  ];
  // One makes a key pair each time, the other would delete all that the tests need.
  const routes = facadeRoutes.filter(
    ({ method, path }) => path !== '/credential/publicKey' && `${method} ${path}` !== 'DELETE /ns',
  );

  test('every route answers in JSON, and never fails inside', async () => {
    for (const { method, path, isBuilt } of routes) {
      for (const ns of ['team', 'absent']) {
        if (method === 'DELETE' && path === '/ns/:nsId') continue;
        const url = path.replace(':nsId', ns).replace(/:\w+/g, 'absent').replace('*', 'absent');
        for (const query of isBuilt ? queries : ['']) {
          for (const sent of method === 'GET' || !isBuilt ? [undefined] : bodies) {
            const answer = await call(method, `${url}${query}`, sent === undefined ? {} : { body: sent });
            const isMissingInfra = answer.text === '{"message":"The infra absent does not exist."}';
            expect(
              answer.status < 500 || answer.status === 501 || isMissingInfra,
              `${method} ${url} ${answer.text}`,
            ).toBe(true);
            expect(answer.body).toBeDefined();
          }
        }
      }
    }
  });
});
