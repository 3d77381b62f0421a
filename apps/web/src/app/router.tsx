import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
} from '@tanstack/react-router';
import { parseSearch, stringifySearch } from '../shared/search-params.ts';
import type { SearchParams } from '../shared/search-params.ts';
import { openStartPage, refuseSession, requireSession, requireSetup } from './guards.ts';
import { NotFoundPage, PageError, PagePending } from './pages.tsx';

interface RouterContext {
  queryClient: QueryClient;
}

/** What any page may keep in the URL; values are plain text. */
export interface AppSearch extends SearchParams {
  search?: string | undefined;
  sort?: string | undefined;
  filter?: string | string[] | undefined;
  tab?: string | undefined;
  drawer?: string | undefined;
  next?: string | undefined;
}

/** The tasks drawer stays open from page to page; other drawers belong to their page. */
function keepTasksDrawer({ search, next }: { search: AppSearch; next: (search: AppSearch) => AppSearch }): AppSearch {
  const result = next(search);
  const stays = search.drawer?.startsWith('tasks') === true && !('drawer' in result);
  return stays ? { ...result, drawer: search.drawer } : result;
}

const root = createRootRouteWithContext<RouterContext>()({
  validateSearch: (search: Record<string, unknown>): AppSearch => search as AppSearch, // parseSearch gives text only
  search: { middlewares: [keepTasksDrawer] },
  component: Outlet,
  notFoundComponent: NotFoundPage,
});

const login = createRoute({
  getParentRoute: () => root,
  path: '/login',
  beforeLoad: ({ context, search }) => refuseSession(context.queryClient, search.next),
  component: lazyRouteComponent(() => import('../features/auth/LoginPage.tsx'), 'LoginPage'),
});

const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  beforeLoad: ({ context }) => requireSetup(context.queryClient),
  component: lazyRouteComponent(() => import('../features/setup/SetupPage.tsx'), 'SetupPage'),
});

const frame = createRoute({
  getParentRoute: () => root,
  id: 'frame',
  beforeLoad: ({ context, location }) => requireSession(context.queryClient, location.href),
  component: lazyRouteComponent(() => import('./frame/Frame.tsx'), 'Frame'),
  notFoundComponent: NotFoundPage,
});

const start = createRoute({
  getParentRoute: () => frame,
  path: '/',
  beforeLoad: ({ context }) => openStartPage(context.queryClient),
});

const dashboard = createRoute({
  getParentRoute: () => frame,
  path: '/ns/$ns',
  component: lazyRouteComponent(() => import('../features/dashboard/DashboardPage.tsx'), 'DashboardPage'),
});

const globalDashboard = createRoute({
  getParentRoute: () => frame,
  path: '/global',
  component: lazyRouteComponent(() => import('../features/dashboard/GlobalDashboardPage.tsx'), 'GlobalDashboardPage'),
});

const mcisList = createRoute({
  getParentRoute: () => frame,
  path: '/ns/$ns/mcis',
  component: lazyRouteComponent(() => import('../features/mcis/McisListPage.tsx'), 'McisListPage'),
});

const createMcis = createRoute({
  getParentRoute: () => frame,
  path: '/ns/$ns/mcis/new',
  component: lazyRouteComponent(() => import('../features/create/CreateMcisPage.tsx'), 'CreateMcisPage'),
});

const mcisDetail = createRoute({
  getParentRoute: () => frame,
  path: '/ns/$ns/mcis/$infra',
  component: lazyRouteComponent(() => import('../features/mcis/McisDetailPage.tsx'), 'McisDetailPage'),
});

const servers = createRoute({
  getParentRoute: () => frame,
  path: '/ns/$ns/servers',
  component: lazyRouteComponent(() => import('../features/servers/ServersPage.tsx'), 'ServersPage'),
});

const server = createRoute({
  getParentRoute: () => frame,
  path: '/ns/$ns/servers/$node',
  component: lazyRouteComponent(() => import('../features/servers/ServerPage.tsx'), 'ServerPage'),
});

const tasks = createRoute({
  getParentRoute: () => frame,
  path: '/ns/$ns/tasks',
  component: lazyRouteComponent(() => import('../features/tasks/TasksPage.tsx'), 'TasksPage'),
});

const connections = createRoute({
  getParentRoute: () => frame,
  path: '/settings/connections',
  component: lazyRouteComponent(() => import('../features/connections/ConnectionsPage.tsx'), 'ConnectionsPage'),
});

const drivers = createRoute({
  getParentRoute: () => frame,
  path: '/settings/drivers',
  component: lazyRouteComponent(() => import('../features/drivers/DriversPage.tsx'), 'DriversPage'),
});

const namespaces = createRoute({
  getParentRoute: () => frame,
  path: '/settings/namespaces',
  component: lazyRouteComponent(() => import('../features/namespaces/NamespacesPage.tsx'), 'NamespacesPage'),
});

const users = createRoute({
  getParentRoute: () => frame,
  path: '/settings/users',
  component: lazyRouteComponent(() => import('../features/users/UsersPage.tsx'), 'UsersPage'),
});

const audit = createRoute({
  getParentRoute: () => frame,
  path: '/settings/audit',
  component: lazyRouteComponent(() => import('../features/audit/AuditPage.tsx'), 'AuditPage'),
});

const platform = createRoute({
  getParentRoute: () => frame,
  path: '/settings/platform',
  component: lazyRouteComponent(() => import('../features/platform/PlatformPage.tsx'), 'PlatformPage'),
});

const account = createRoute({
  getParentRoute: () => frame,
  path: '/account',
  component: lazyRouteComponent(() => import('../features/account/AccountPage.tsx'), 'AccountPage'),
});

const pages = [
  start,
  dashboard,
  globalDashboard,
  mcisList,
  createMcis,
  mcisDetail,
  servers,
  server,
  tasks,
  connections,
  drivers,
  namespaces,
  users,
  audit,
  platform,
  account,
] as const;

const routeTree = root.addChildren([login, setup, frame.addChildren(pages)]);

/** The routes of the app; every page is loaded when it is first opened. */
export function createAppRouter(queryClient: QueryClient) {
  return createRouter({
    routeTree,
    context: { queryClient },
    parseSearch,
    stringifySearch,
    defaultPreload: 'intent',
    scrollRestoration: true,
    defaultPendingMs: 300,
    defaultPendingComponent: PagePending,
    defaultErrorComponent: PageError,
    defaultNotFoundComponent: NotFoundPage,
  });
}
