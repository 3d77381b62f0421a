import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { messageOf, openClient, type OpenApiClient } from './testing/open-api-client.ts';

type Item = { id: string; name: string; status: string; [key: string]: unknown };
type InfraBody = Item & { node: Item[] | null; newNodeList: string[] | null; statusCount: Record<string, number> };
let client: OpenApiClient;
beforeAll(async () => {
  client = await openClient();
});
afterAll(() => client.server.stop());

const call: OpenApiClient['call'] = (...request) => client.call(...request);
const body = <Body>(...request: Parameters<OpenApiClient['call']>): Promise<Body> => client.body<Body>(...request);

describe('the main flow', () => {
  test('review, create while others watch, operate, grow, delete', async () => {
    const { specId, imageId } = client;
    expect(await body('POST', '/specImagePairReview', { body: { specId, imageId } })).toMatchObject({
      isValid: true,
      status: 'OK',
    });
    expect(await body('POST', '/ns/team/infraDynamicReview', { body: client.request('i1') })).toMatchObject({
      overallStatus: 'Ready',
      creationViable: true,
      totalNodeCount: 1,
      nodeReviews: [{ nodeName: 'g1', canCreate: true, specValidation: { isAvailable: true } }],
    });

    const creating = call('POST', '/ns/team/infraDynamic', {
      body: client.request('i1'),
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

    // As Tumblebug's MCP server sends them.
    await body('PUT', `/label/infra/${String(infra.uid)}`, { body: { role: 'web' } });
    expect(await body('GET', `/label/infra/${String(infra.uid)}`)).toMatchObject({
      labels: { team: 'blue', role: 'web' },
    });
    expect((await call('PUT', `/label/infra/${String(infra.uid)}`, { body: {} })).status).toBe(400);

    const exists = (path: string) => body<unknown>('GET', path);
    expect([await exists('/checkNs/team'), await exists('/checkNs/none')]).toEqual([true, false]);
    const checks: [string, boolean][] = [
      ['/ns/team/checkInfra/i1', true],
      ['/ns/team/checkInfra/i9', false],
      ['/ns/team/infra/i1/checkNode/g1-1', true],
      ['/ns/team/infra/i1/checkNode/g9-1', false],
      ['/ns/team/checkResource/sshKey/none', false],
      ['/ns/team/checkResource/dataDisk/none', false],
      [`/ns/system/checkResource/spec/${specId}`, true],
      [`/ns/system/checkResource/image/${encodeURIComponent(imageId)}`, true],
      ['/ns/system/checkResource/spec/none', false],
    ];
    for (const [path, wanted] of checks) expect([path, await exists(path)]).toEqual([path, { exists: wanted }]);
    expect((await call('GET', '/ns/team/checkResource/house/none')).status).toBe(400);

    const notYet = await call('DELETE', '/ns/team/infra/i1');
    expect(notYet.status).toBe(500);
    const { output } = await body<{ output: string[] }>('DELETE', '/ns/team/infra/i1?option=terminate');
    expect(output).toContain('[Done] Infra: i1');
    expect((await call('GET', '/ns/team/infra/i1')).status).toBe(404);
    const gone = await call('DELETE', '/ns/team/infra/i1');
    expect([gone.status, messageOf(gone)]).toEqual([500, 'The infra i1 does not exist.']);

    const { body: audit } = await client.server.call('GET', '/api/audit?filter=ns:team&limit=500');
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
    const held = call('POST', '/ns/team/infraDynamic?option=hold', { body: client.request('h1') });
    await expect.poll(() => status('h1'), { timeout: 20_000 }).toBe('Prepared');
    await body('GET', '/ns/team/control/infra/h1?action=continue');
    expect((await held).body).toMatchObject({ id: 'h1', status: 'Running:2 (R:2/2)' });
    const other = call('POST', '/ns/team/infraDynamic?option=hold', { body: client.request('h2') });
    await expect.poll(() => status('h2'), { timeout: 20_000 }).toBe('Prepared');
    await body('GET', '/ns/team/control/infra/h2?action=withdraw');
    expect((await other).status).toBe(400);
    expect(await body('DELETE', '/ns/team/infra?option=terminate')).toEqual({
      message: 'All Infras have been deleted',
    });
  });

  test('what fails is told: in part, wholly, before anything is made', async () => {
    const { specId, imageId } = client;
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
    const taken = await call('POST', '/ns/team/infraDynamic', { body: client.request('p1') });
    expect([taken.status, messageOf(taken)]).toEqual([400, 'The infra p1 already exists.']);
    expect(
      (await call('POST', '/ns/team/infraDynamic', { body: { ...client.request('p4'), nodeGroups: [] } })).status,
    ).toBe(400);
    await body('DELETE', '/ns/team/infra/p1?option=terminate');
    expect(await body('DELETE', '/ns/team')).toEqual({ message: 'The ns team has been deleted' });
  });
});
