import { constants, createCipheriv, publicEncrypt, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addNamespace, addUser } from '../testing/people.ts';
import { startTestServer, type Answer, type CallOptions, type TestServer } from '../testing/start-test-server.ts';

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';
type Item = { id: string; name: string; status: string; [key: string]: unknown };
type InfraBody = Item & { node: Item[] | null; newNodeList: string[] | null; statusCount: Record<string, number> };

let server: TestServer;
const call = (method: Method, path: string, options: CallOptions = {}): Promise<Answer> =>
  server.call(method, `/tumblebug${path}`, options);
/** The body of an answer that must be there. */
async function body<Body>(method: Method, path: string, options: CallOptions = {}): Promise<Body> {
  const answer = await call(method, path, options);
  expect(answer.status, answer.text).toBe(200);
  return answer.body as Body; // each test looks at what it needs
}
const messageOf = (answer: Answer): string => (answer.body as { message: string }).message; // every refusal has one

const place = {
  filter: { policy: [{ metric: 'providerName', condition: [{ operator: '==', operand: 'sim-aws' }] }] },
  limit: 1,
};
let specId = '';
let imageId = '';

/** The hybrid encryption of a client. */
async function sendCredential(values: Record<string, string>, holder = 'admin'): Promise<Answer> {
  const key = await body<{ publicKeyTokenId: string; publicKey: string }>('GET', '/credential/publicKey');
  const aesKey = randomBytes(32);
  const seal = (text: string): string => {
    const iv = randomBytes(16);
    const cipher = createCipheriv('aes-256-cbc', aesKey, iv);
    return Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final()]).toString('base64');
  };
  const padding = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' };
  return call('POST', '/credential', {
    body: {
      credentialHolder: holder,
      providerName: 'sim-aws',
      publicKeyTokenId: key.publicKeyTokenId,
      encryptedClientAesKeyByPublicKey: publicEncrypt({ key: key.publicKey, ...padding }, aesKey).toString('base64'),
      credentialKeyValueList: Object.entries(values).map(([name, value]) => ({ key: name, value: seal(value) })),
    },
  });
}

beforeAll(async () => {
  server = await startTestServer();
  await addNamespace(server, 'team');
  const answer = await sendCredential({ account: 'canary-account' });
  expect(answer.status, answer.text).toBe(200);
  expect(answer.body).toMatchObject({
    credentialName: 'sim-aws',
    credentialHolder: 'admin',
    keyValueInfoList: [{ key: 'account', value: '************' }],
  });
  const [spec] = await body<{ id: string }[]>('POST', '/recommendSpec', { body: place });
  specId = spec?.id ?? '';
  const images = await body<{ imageList: { cspImageName: string; isBasicImage: boolean }[] }>(
    'POST',
    '/ns/system/resources/searchImage',
    { body: { MatchedSpecID: specId } },
  );
  imageId = images.imageList[0]?.cspImageName ?? '';
});
afterAll(() => server.stop());

const request = (name: string, more: Record<string, unknown> = {}) => ({
  name,
  nodeGroups: [{ name: 'g1', nodeGroupSize: 2, specId, imageId, ...more }],
});

describe('the door', () => {
  test('health is open to all, the rest needs Basic or Bearer and never the cookie', async () => {
    expect(await body('GET', '/readyz', { authorization: '' })).toMatchObject({ ready: true, initialized: true });
    const none = await call('GET', '/ns', { authorization: '' });
    expect(none.status).toBe(401);
    expect(none.text).toBe('{"message":"Unauthorized"}');
    expect(none.headers['www-authenticate']).toBe('basic realm=Restricted');
    const login = await server.call('POST', '/api/session', {
      authorization: '',
      headers: { 'x-requested-with': 'waterstrider' },
      body: { username: 'admin', password: 'Correct-Horse-Battery-9' },
    });
    const cookie = String(login.headers['set-cookie']).split(';')[0] ?? '';
    expect((await server.call('GET', '/api/session', { authorization: '', headers: { cookie } })).status).toBe(200);
    expect((await call('GET', '/ns', { authorization: '', headers: { cookie } })).status).toBe(401);
    const token = await server.call('POST', '/api/account/tokens', { body: { name: 'cli' } });
    const bearer = `Bearer ${(token.body as { token: string }).token}`; // checked against its row
    expect((await call('GET', '/ns', { authorization: bearer })).status).toBe(200);
  });

  test('pages of other sites are refused, preflights too, unless their origin is allowed', async () => {
    const foreign = { origin: 'https://evil.example' };
    expect((await call('GET', '/ns', { headers: foreign })).status).toBe(403);
    expect((await call('GET', '/livez', { headers: { 'sec-fetch-site': 'cross-site' } })).status).toBe(403);
    expect((await call('GET', '/ns', { headers: { origin: 'http://localhost:1234' } })).status).toBe(200);
    const preflight = (origin: string) =>
      server.app.inject({ method: 'OPTIONS', url: '/tumblebug/ns', headers: { origin, host: 'localhost:1234' } });
    expect((await preflight('https://evil.example')).statusCode).toBe(403);
    server.services.config.facade.origins.push('http://map.example:1324');
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
    const broken = await server.app.inject({
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
      body: { ...request('p'), postCommands: [{ command: ['id'] }] },
    });
    expect(refused.status).toBe(501);
  });
});

describe('roles', () => {
  test('a stranger sees no namespace, a viewer changes nothing, and the refusal is in the audit trail', async () => {
    const { authorization: stranger } = await addUser(server, 'stranger');
    const { authorization: viewer } = await addUser(server, 'viewer', [{ ns: 'team', role: 'viewer' }]);
    expect(await body('GET', '/ns', { authorization: stranger })).toEqual({ ns: null });
    for (const path of ['/ns/team', '/ns/team/infra', '/ns/team/resources/nlb', '/ns/absent/infra']) {
      const answer = await call('GET', path, { authorization: stranger });
      expect([answer.status, answer.text]).toEqual([404, '{"message":"Not valid namespace"}']);
    }
    expect(await body('GET', '/ns', { authorization: viewer })).toMatchObject({ ns: [{ id: 'team' }] });
    expect((await call('POST', '/ns/team/infraDynamic', { authorization: viewer, body: request('v') })).status).toBe(
      403,
    );
    expect((await call('GET', '/ns/team/control/infra/x?action=suspend', { authorization: viewer })).status).toBe(403);
    expect((await call('GET', '/credential/publicKey', { authorization: viewer })).status).toBe(403);
    expect((await call('GET', '/request/mine-1', { authorization: viewer })).status).toBe(404);
    const { body: audit } = await server.call('GET', '/api/audit?filter=actor:viewer');
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
    const again = await sendCredential({ account: 'canary-account' }, 'second');
    expect(again.body).toMatchObject({ credentialName: 'second-sim-aws', credentialHolder: 'second' });
    const shown = await call('GET', '/requests');
    expect(`${again.text}${shown.text}${server.logged()}`).not.toContain('canary-account');
  });
});

describe('the main flow', () => {
  test('review, create while others watch, operate, grow, delete', async () => {
    expect(await body('POST', '/specImagePairReview', { body: { specId, imageId } })).toMatchObject({
      isValid: true,
      status: 'OK',
    });
    expect(await body('POST', '/ns/team/infraDynamicReview', { body: request('i1') })).toMatchObject({
      overallStatus: 'Ready',
      creationViable: true,
      totalNodeCount: 1,
      nodeReviews: [{ nodeName: 'g1', canCreate: true, specValidation: { isAvailable: true } }],
    });

    const creating = call('POST', '/ns/team/infraDynamic', {
      body: request('i1'),
      headers: { 'x-request-id': 'create-i1' },
    });
    const seen = new Set<string>();
    const titles = new Set<string>();
    let isDone = false;
    void creating.finally(() => (isDone = true));
    while (!isDone) {
      const state = await call('GET', '/ns/team/infra/i1?option=status');
      if (state.status === 200) seen.add((state.body as { status: Item }).status.status.replace(/:.*/, '')); // as below
      const progress = await call('GET', '/request/create-i1');
      const { responseData } = progress.body as { responseData: { title: string }[] | null }; // as below
      if (!isDone) for (const { title } of responseData ?? []) titles.add(title);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    const created = await creating;
    expect(created.status, created.text).toBe(200);
    const infra = created.body as InfraBody; // checked by what follows
    expect(infra).toMatchObject({
      resourceType: 'infra',
      id: 'i1',
      status: 'Running:2 (R:2/2)',
      targetAction: 'None',
      newNodeList: null,
      systemMessage: null,
      statusCount: { countTotal: 2, countRunning: 2 },
    });
    expect(infra.node?.[0]).toMatchObject({
      id: 'g1-1',
      specId,
      imageId,
      sshPort: 22,
      vNetId: expect.stringContaining('team-shared'),
    });
    expect(JSON.stringify(infra)).not.toContain('PRIVATE KEY');
    expect([...seen].some((status) => status.includes('Creating'))).toBe(true);
    expect([...titles]).toContain('Preparing node:g1-1');
    expect(await body('GET', '/request/create-i1')).toMatchObject({ status: 'Success', responseData: { id: 'i1' } });

    expect(await body('GET', '/ns/team/infra?option=id')).toEqual({ output: ['i1'] });
    expect(await body('GET', '/ns/team/infra/i1?option=id')).toEqual({ output: ['g1-1', 'g1-2'] });
    expect(await body('GET', '/ns/team/infra?option=status')).toMatchObject({
      infra: [{ masterNodeId: 'g1-1', masterSSHPort: 22 }],
    });
    const access = await body<Item>('GET', '/ns/team/infra/i1?option=accessinfo&accessInfoOption=showSshKey');
    expect(access).toMatchObject({ InfraId: 'i1', InfraNodeGroupAccessInfo: [{ NodeGroupId: 'g1' }] });
    expect(JSON.stringify(access)).not.toContain('privateKey');
    expect(await body('GET', '/ns/team/infra/i1/associatedResources')).toMatchObject({
      nodeGroupIds: ['g1'],
      specIds: [specId],
      dataDiskIds: [],
    });
    expect(await body('GET', '/ns/team/infra/i1/nodegroup/g1')).toEqual({ output: ['g1-1', 'g1-2'] });
    expect(await body('GET', '/ns/team/resources/sshKey')).toMatchObject({
      sshKey: [{ resourceType: 'sshKey', privateKey: '' }],
    });
    expect(await body('GET', '/ns/team/resources/securityGroup')).toMatchObject({
      securityGroup: [{ firewallRules: [{ Port: '22' }, {}] }],
    });

    const status = async () => (await body<{ status: Item }>('GET', '/ns/team/infra/i1?option=status')).status.status;
    for (const [action, wanted] of [
      ['suspend', 'Suspended:2 (R:0/2)'],
      ['resume', 'Running:2 (R:2/2)'],
    ]) {
      await body('GET', `/ns/team/control/infra/i1?action=${String(action)}`);
      await expect.poll(status, { timeout: 20_000 }).toBe(wanted);
    }
    const wrong = await call('GET', '/ns/team/control/infra/i1?action=resume');
    expect(wrong.status).toBe(409);
    expect(await body('GET', '/ns/team/control/infra/i1?action=refine')).toEqual({ message: 'Refined the Infra' });

    const grown = await body<InfraBody>('POST', '/ns/team/infra/i1/nodegroup/g1', { body: { numNodesToAdd: 1 } });
    expect(grown).toMatchObject({ status: 'Running:3 (R:3/3)', newNodeList: ['g1-3'] });
    const added = await body<InfraBody>('POST', '/ns/team/infra/i1/nodeGroupDynamic', {
      body: { name: 'g2', specId, imageId },
    });
    expect(added).toMatchObject({ status: 'Running:4 (R:4/4)', newNodeList: ['g2-1'] });
    expect(
      (await call('POST', '/ns/team/infra/i1/nodeGroupDynamic', { body: { name: 'g2', specId, imageId } })).status,
    ).toBe(400);

    expect(await body('DELETE', '/ns/team/infra/i1/node/g1-3')).toEqual({ message: 'Deleted the Node info' });
    expect(await body('GET', '/ns/team/infra/i1/nodegroup/g1')).toEqual({ output: ['g1-1', 'g1-2'] });

    const label = { labels: { team: 'blue' } };
    await body('PUT', `/label/infra/${String(infra.uid)}`, { body: label });
    expect(await body('GET', `/label/infra/${String(infra.uid)}`)).toMatchObject({
      resourceKey: '/ns/team/infra/i1',
      labels: { team: 'blue', 'sys.id': 'i1' },
    });
    expect(await body('GET', '/resources/infra?labelSelector=team=blue')).toMatchObject({ results: [{ id: 'i1' }] });

    const notYet = await call('DELETE', '/ns/team/infra/i1');
    expect(notYet.status).toBe(500);
    const { output } = await body<{ output: string[] }>('DELETE', '/ns/team/infra/i1?option=terminate');
    expect(output).toContain('[Done] Infra: i1');
    expect((await call('GET', '/ns/team/infra/i1')).status).toBe(404);
    const gone = await call('DELETE', '/ns/team/infra/i1');
    expect([gone.status, messageOf(gone)]).toEqual([500, 'The infra i1 does not exist.']);

    const { body: audit } = await server.call('GET', '/api/audit?filter=ns:team&limit=500');
    const actions = (audit as { items: { action: string }[] }).items.map(({ action }) => action); // checked against its row
    expect(actions).toEqual(
      expect.arrayContaining([
        'createInfra',
        'actOnInfra',
        'scaleNodeGroup',
        'addNodeGroup',
        'updateInfra',
        'deleteInfra',
      ]),
    );
  });

  test('on hold the call waits until it is continued, or withdrawn', async () => {
    const status = async (id: string) => {
      const answer = await call('GET', `/ns/team/infra/${id}?option=status`);
      return answer.status === 200 ? (answer.body as { status: Item }).status.status : ''; // as asked
    };
    const held = call('POST', '/ns/team/infraDynamic?option=hold', { body: request('h1') });
    await expect.poll(() => status('h1'), { timeout: 20_000 }).toBe('Prepared');
    await body('GET', '/ns/team/control/infra/h1?action=continue');
    expect((await held).body).toMatchObject({ id: 'h1', status: 'Running:2 (R:2/2)' });
    const other = call('POST', '/ns/team/infraDynamic?option=hold', { body: request('h2') });
    await expect.poll(() => status('h2'), { timeout: 20_000 }).toBe('Prepared');
    await body('GET', '/ns/team/control/infra/h2?action=withdraw');
    expect((await other).status).toBe(400);
    expect(await body('DELETE', '/ns/team/infra?option=terminate')).toEqual({
      message: 'All Infras have been deleted',
    });
  });

  test('what fails is told: in part, wholly, before anything is made', async () => {
    const groups = [
      { name: 'good', specId, imageId },
      { name: 'fail-create', specId, imageId },
    ];
    const partly = await body<InfraBody>('POST', '/ns/team/infraDynamic', { body: { name: 'p1', nodeGroups: groups } });
    expect(partly).toMatchObject({
      status: 'Partial-Failed:1 (R:1/2)',
      creationErrors: {
        totalNodeCount: 2,
        failedNodeCount: 1,
        successfulNodeCount: 1,
        failureHandlingStrategy: 'continue',
      },
    });
    const back = await call('POST', '/ns/team/infraDynamic', {
      body: { name: 'p2', policyOnPartialFailure: 'rollback', nodeGroups: groups },
    });
    expect(back.status).toBe(400);
    expect(messageOf(back)).toContain('fail-create-1');
    const unknown = await call('POST', '/ns/team/infraDynamic', {
      body: { name: 'p3', nodeGroups: [{ specId: 'nope', imageId }] },
    });
    expect([unknown.status, messageOf(unknown)]).toEqual([
      400,
      expect.stringContaining("NodeGroup 'g1': The specKey nope not found"),
    ]);
    const taken = await call('POST', '/ns/team/infraDynamic', { body: request('p1') });
    expect([taken.status, messageOf(taken)]).toEqual([400, 'The infra p1 already exists.']);
    expect((await call('POST', '/ns/team/infraDynamic', { body: { ...request('p4'), nodeGroups: [] } })).status).toBe(
      400,
    );
    await body('DELETE', '/ns/team/infra/p1?option=terminate');
    expect(await body('DELETE', '/ns/team')).toEqual({ message: 'The ns team has been deleted' });
  });
});
