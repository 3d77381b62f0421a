import type { FrameworkName, FrameworkState } from '@waterstrider/contract';
import { onTestFinished, describe, expect, it } from 'vitest';
import { checkFramework, checkFrameworks } from './check-frameworks.ts';
import { createUpstream } from './create-upstream.ts';
import { serve, serveJson, type JsonReply } from './test-server.ts';

const none = { mode: 'none' as const };
const keysOf = (state: FrameworkState): string[] => state.problems.map(({ key }) => key);

async function check(name: FrameworkName, url: string, timeoutMs = 5000): Promise<FrameworkState> {
  const upstream = createUpstream(name, { url, auth: none });
  onTestFinished(() => upstream.close());
  return checkFramework(upstream, 'none', { timeoutMs, now: () => 0 });
}

const document = (paths: string[], schemas: unknown = {}): JsonReply => ({
  body: { swagger: '2.0', paths: Object.fromEntries(paths.map((path) => [path, { post: {} }])), definitions: schemas },
});
const tumblebug: Record<string, JsonReply> = {
  'GET /readyz': { body: { message: 'CB-Tumblebug is ready', ready: true, initialized: true } },
  'GET /ns': { body: { output: null } },
  'GET /api/doc.json': document(['/ns/{nsId}/infra', '/cloudInfo/{providerName}']),
  'GET /connConfig': { body: { connectionconfig: [{ configName: 'aws-r1', providerName: 'aws' }] } },
  'GET /ns/system/template/vNet': { body: { templates: [{ id: 'other' }, { id: 'vnet-default' }] } },
  'GET /ns/system/template/securityGroup': { body: { templates: [{ id: 'sg-default' }] } },
};
const checkTumblebugWith = async (changes: Record<string, JsonReply>): Promise<FrameworkState> =>
  check('tumblebug', (await serveJson({ ...tumblebug, ...changes })).url);

describe('a CB-Tumblebug', () => {
  it('is in order', async () => {
    expect(await checkTumblebugWith({})).toEqual({
      name: 'tumblebug',
      url: expect.stringMatching(/^http:/) as unknown, // a matcher, not a text
      authMode: 'none',
      reachable: true,
      loginWorks: true,
      initialised: true,
      version: '0.13',
      archived: false,
      problems: [],
      latencyMs: expect.any(Number) as unknown, // a matcher, not a number
      checkedAt: '1970-01-01T00:00:00.000Z',
    });
  });

  it('lacks what its initialisation brings', async () => {
    const missing = { status: 404, body: { message: 'Not valid namespace' } };
    const state = await checkTumblebugWith({
      'GET /readyz': { body: { message: 'not initialized', ready: true, initialized: false } },
      'GET /connConfig': { body: { connectionconfig: null } },
      'GET /ns/system/template/vNet': missing,
      'GET /ns/system/template/securityGroup': { body: { templates: null } },
    });
    expect(state.initialised).toBe(false);
    expect(state.problems).toEqual([
      { key: 'notInitialised' },
      { key: 'noConnections' },
      { key: 'noTemplates', text: 'vnet-default, sg-default' },
    ]);
  });

  it('is not ready', async () => {
    const body = { message: 'CB-Tumblebug is NOT ready', ready: false, initialized: false };
    expect(keysOf(await checkTumblebugWith({ 'GET /readyz': { status: 503, body } }))).toEqual(['notReady']);
    expect(keysOf(await checkTumblebugWith({ 'GET /readyz': { body } }))).toEqual(['notReady']);
  });

  it('refuses the login', async () => {
    const refused = { status: 401, body: { message: 'Unauthorized' } };
    const state = await checkTumblebugWith({ 'GET /ns': refused });
    expect(state).toMatchObject({ reachable: true, loginWorks: false });
    expect(state.version).toBeUndefined();
    expect(keysOf(state)).toEqual(['loginRefused']);
    expect(keysOf(await checkTumblebugWith({ 'GET /readyz': refused }))).toEqual(['loginRefused']);
  });

  it('asks for fewer requests', async () => {
    const limited = { status: 429, body: { message: 'rate limit exceeded' } };
    expect(keysOf(await checkTumblebugWith({ 'GET /connConfig': limited }))).toEqual(['throttled']);
  });

  it.each([
    ['0.12.29', document(['/ns/{nsId}/infra'], { InfraReq: { properties: { postCommandAsync: {} } } })],
    ['0.13', document(['/ns/{nsId}/infra/{infraId}', '/ns/{nsId}/resources/rdbms'])],
  ])('is of %s', async (version, reply) => {
    expect(await checkTumblebugWith({ 'GET /api/doc.json': reply })).toMatchObject({ version, problems: [] });
  });

  it.each([
    ['0.12.6', document(['/ns/{nsId}/infra'])],
    ['0.9.5', document(['/ns/{nsId}/mci', '/mciDynamicReview'])],
    ['0.1', document(['/ns/{nsId}/mcis'])],
  ])('is too old: %s', async (first, reply) => {
    const state = await checkTumblebugWith({ 'GET /api/doc.json': reply });
    expect(state.version?.split(' ')[0]).toBe(first);
    expect(state.problems).toEqual([{ key: 'tooOld', text: expect.stringContaining('v0.12.29 or newer') as unknown }]); // a matcher
  });

  it('tells its era by its routes where the document is not served, also without /readyz', async () => {
    const noDocument = { status: 404, body: { message: 'Not Found' } };
    const known = { status: 404, body: { message: 'Not valid namespace' } };
    const without = { 'GET /readyz': noDocument, 'GET /api/doc.json': noDocument };
    expect(await checkTumblebugWith({ ...without, 'GET /ns/none/mcis': known })).toMatchObject({
      version: '0.1 - 0.9.4',
      problems: [{ key: 'tooOld' }],
    });
    expect(await checkTumblebugWith({ ...without, 'GET /ns/none/mci': known })).toMatchObject({
      problems: [{ key: 'tooOld' }],
    });
    const infra = { ...without, 'GET /ns/none/infra': known };
    expect(await checkTumblebugWith(infra)).toMatchObject({ problems: [{ key: 'tooOld' }] });
    const live = { ...infra, 'GET /livez': { body: {} } };
    expect(await checkTumblebugWith(live)).toMatchObject({ version: '0.12.27+', problems: [] });
    const newest = { ...live, 'GET /cloudInfo/none': { status: 405, body: { message: 'Method Not Allowed' } } };
    expect(await checkTumblebugWith(newest)).toMatchObject({ version: '0.13', problems: [] });
    expect(keysOf(await checkTumblebugWith(without))).toEqual(['notTheFramework']);
  });

  it('has its document read once, and again after a failure', async () => {
    let isDown = false;
    const { url, requests } = await serveJson({
      ...tumblebug,
      'GET /readyz': () =>
        isDown ? { status: 500, body: { message: 'etcd is gone' } } : (tumblebug['GET /readyz'] ?? {}),
    });
    const upstream = createUpstream('tumblebug', { url, auth: none });
    onTestFinished(() => upstream.close());
    const reads = (): number => requests.filter((request) => request.url === '/api/doc.json').length;
    for (let count = 0; count < 3; count += 1) await checkFramework(upstream, 'none');
    expect(reads()).toBe(1);
    isDown = true;
    expect(keysOf(await checkFramework(upstream, 'none'))).toEqual(['failing']);
    isDown = false;
    await checkFramework(upstream, 'none');
    expect(reads()).toBe(2);
  });

  it('is something else', async () => {
    expect(keysOf(await checkTumblebugWith({ 'GET /readyz': { body: { status: 'ok' } } }))).toEqual([
      'notTheFramework',
    ]);
    expect(keysOf(await checkTumblebugWith({ 'GET /ns': { body: { items: [] } } }))).toEqual(['notTheFramework']);
    const html = { 'content-type': 'text/html' };
    const page = async (status: number): Promise<string[]> =>
      keysOf(await checkTumblebugWith({ 'GET /readyz': { status, text: '<html>gateway</html>', headers: html } }));
    expect(await page(404)).toEqual(['notTheFramework']);
    expect(await page(502)).toEqual(['failing']);
    expect(await page(200)).toEqual(['notJson']);
  });
});

describe('a CB-Spider', () => {
  const spider: Record<string, JsonReply> = {
    'GET /readyz': { body: { message: 'CB-Spider is ready' } },
    'GET /version': { body: { Version: 'CB-Spider v0.13.0-2' } },
    'GET /cloudos': { body: { cloudos: ['AWS', 'MOCK'] } },
  };
  const checkWith = async (changes: Record<string, JsonReply>): Promise<FrameworkState> =>
    check('spider', (await serveJson({ ...spider, ...changes })).url);

  it('is in order', async () => {
    expect(await checkWith({})).toMatchObject({
      loginWorks: true,
      version: '0.13.0-2',
      facts: { clouds: 2 },
      problems: [],
    });
  });

  it('refuses the login, is not ready, or is something else', async () => {
    const refused = await checkWith({ 'GET /cloudos': { status: 401, body: {} } });
    expect(refused).toMatchObject({ loginWorks: false, version: '0.13.0-2', problems: [{ key: 'loginRefused' }] });
    const unready = { status: 503, body: { message: 'CB-Spider: meta db is down' } };
    expect(keysOf(await checkWith({ 'GET /readyz': unready }))).toEqual(['notReady']);
    expect(keysOf(await checkWith({ 'GET /cloudos': { body: { output: [] } } }))).toEqual(['notTheFramework']);
  });
});

describe('the archived ones', () => {
  it('tell a little', async () => {
    const dragonfly = await serveJson({
      'GET /healthcheck': { status: 204 },
      'GET /config': { body: { monitoring_policy: 'agentCount', default_policy: 'push' } },
      'GET /agents/metadata': { body: { one: {}, two: {} } },
      'GET /alert/tasks': { body: null },
    });
    expect(await check('dragonfly', dragonfly.url)).toMatchObject({
      archived: true,
      facts: { agents: 2, alertTasks: 0, policy: 'push', agentPolicy: 'agentCount' },
      problems: [{ key: 'archived' }],
    });
    const ladybug = await serveJson({
      'GET /healthy': { text: 'cloud-barista cb-ladybug is alived\n' },
      'GET /ns/default/clusters': { body: { kind: 'ClusterList', items: [{ clusterConfig: 'secret' }] } },
    });
    const state = await check('ladybug', ladybug.url);
    expect(state).toMatchObject({ archived: true, facts: { clusters: 1 }, problems: [{ key: 'archived' }] });
    expect(JSON.stringify(state)).not.toContain('secret');
  });

  it('are something else', async () => {
    const other = await serveJson({ 'GET /healthcheck': { body: {} }, 'GET /config': { body: { config: [] } } });
    expect(keysOf(await check('dragonfly', other.url))).toEqual(['notTheFramework', 'archived']);
    const text = await serveJson({ 'GET /healthy': { text: 'ok' } });
    expect(keysOf(await check('ladybug', text.url))).toEqual(['notTheFramework', 'archived']);
  });

  it('fail in part', async () => {
    const ladybug = await serveJson({
      'GET /healthy': { text: 'cloud-barista cb-ladybug is alived\n' },
      'GET /ns/default/clusters': { status: 500, body: { kind: 'Status', code: 1, message: 'no store' } },
    });
    expect((await check('ladybug', ladybug.url)).problems).toEqual([
      { key: 'failing', text: 'no store' },
      { key: 'archived' },
    ]);
  });
});

describe('all together', () => {
  it('are asked at once, within the time, and one never spoils another', async () => {
    const silent = await serve(() => undefined);
    const good = await serveJson(tumblebug);
    const startedAt = performance.now();
    const states = await checkFrameworks(
      {
        tumblebug: { url: good.url, auth: none },
        spider: { url: silent, auth: { mode: 'basic', username: 'user', password: 'top-secret-word' } },
        dragonfly: { url: 'http://user:top-secret-word@', auth: none },
        ladybug: { url: 'http://127.0.0.1:1/ladybug', auth: none },
      },
      { timeoutMs: 1000 },
    );
    expect(performance.now() - startedAt).toBeLessThan(4000);
    expect(states.map((state) => [state.name, keysOf(state)])).toEqual([
      ['tumblebug', []],
      ['spider', ['timeout']],
      ['dragonfly', ['unreachable']],
      ['ladybug', ['unreachable', 'archived']],
    ]);
    expect(JSON.stringify(states)).not.toContain('top-secret-word');
  });
});
