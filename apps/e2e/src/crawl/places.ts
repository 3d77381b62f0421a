import type { Api } from '../support/api.ts';

/** A page to look at: the name of its picture and its address. */
export type Place = { name: string; path: string };

/** A namespace in which everything can be seen: running, suspended, failed, on hold; and an empty one. */
export async function furnish(api: Api, ns: string): Promise<Place[]> {
  const empty = await api.createNamespace(`${ns}-empty`);
  await Promise.all([
    api.createInfra(
      ns,
      'web-shop',
      [
        { name: 'front', provider: 'sim-aws', size: 3 },
        { name: 'orders', provider: 'sim-azure', size: 2 },
        { name: 'search', provider: 'sim-gcp', size: 2 },
      ],
      { description: 'Sells shoes in three clouds', labels: { env: 'prod' } },
    ),
    api.createInfra(ns, 'batch', [
      { name: 'fail-create', provider: 'sim-aws', size: 2 },
      { name: 'workers', provider: 'sim-openstack', size: 2 },
    ]),
    api.createInfra(ns, 'later', [{ name: 'group', provider: 'sim-ncp', size: 2 }], { hold: true }),
    api
      .createInfra(ns, 'asleep', [{ name: 'group', provider: 'sim-gcp', size: 2 }])
      .then(() => api.act(ns, 'asleep', 'suspend')),
    api.run('POST', '/api/credentials', {
      name: `refused-${ns}`,
      provider: 'sim-aws',
      values: { account: 'refuse-me' },
      regions: ['eu-west-1'],
    }),
    api.createUser(`viewer-${ns}`, [{ ns, role: 'viewer' }]),
    api.call('POST', '/api/account/tokens', { name: `token of ${ns}`, expiresInDays: 30 }),
  ]);
  const [server] = await api.nodes(ns, 'web-shop');
  const failed = (await api.nodes(ns, 'batch')).find(({ status }) => status === 'Failed');
  const { items } = await api.get<{ items: { id: string; kind: string; target: { name: string } }[] }>(
    `/api/operations?ns=${ns}`,
  );
  const task = items.find(({ kind, target }) => kind === 'createInfra' && target.name === 'batch');
  const inNs = `/ns/${ns}`;
  return Object.entries({
    dashboard: inNs,
    'dashboard-empty': `/ns/${empty}`,
    'dashboard-global': '/global',
    mcis: `${inNs}/mcis`,
    'mcis-empty': `/ns/${empty}/mcis`,
    'mcis-detail': `${inNs}/mcis/web-shop`,
    'mcis-failed': `${inNs}/mcis/batch`,
    'mcis-held': `${inNs}/mcis/later`,
    'mcis-groups': `${inNs}/mcis/web-shop?tab=groups`,
    'mcis-access': `${inNs}/mcis/web-shop?tab=access`,
    'mcis-tasks': `${inNs}/mcis/web-shop?tab=tasks`,
    'mcis-details': `${inNs}/mcis/web-shop?tab=details`,
    'mcis-gone': `${inNs}/mcis/nothing`,
    'mcis-new': `${inNs}/mcis/new`,
    servers: `${inNs}/servers`,
    'servers-filtered': `${inNs}/servers?filter=status:Failed`,
    server: `${inNs}/servers/${server?.id ?? ''}`,
    'server-failed': `${inNs}/servers/${failed?.id ?? ''}`,
    tasks: `${inNs}/tasks`,
    'task-drawer': `${inNs}/tasks?drawer=tasks:${task?.id ?? ''}`,
    connections: '/settings/connections',
    'connections-failed': '/settings/connections?filter=state:Failed',
    'connections-form': '/settings/connections?drawer=credential:new:sim-aws',
    credentials: '/settings/connections?tab=credentials',
    drivers: '/settings/drivers',
    namespaces: '/settings/namespaces',
    users: '/settings/users',
    'users-form': '/settings/users?drawer=user:new',
    audit: '/settings/audit',
    platform: '/settings/platform',
    'account-password': '/account',
    'account-tokens': '/account?tab=tokens',
    'account-preferences': '/account?tab=preferences',
    'not-found': '/nowhere',
  }).map(([name, path]) => ({ name, path }));
}
