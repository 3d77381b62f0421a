import { expect, test as base } from '@playwright/test';
import type { BrowserContextOptions, Page } from '@playwright/test';
import { Api } from './api.ts';
import { adminPassword, startServer } from './server.ts';
import type { Server, ServerOptions } from './server.ts';
import { watchPage } from './watch.ts';
import type { Watch } from './watch.ts';

export type OpenOptions = {
  /** Signed in as; `null`: nobody. The admin unless told. */
  user?: string | null;
  /** Another server than the worker's. */
  server?: Server;
  language?: 'en' | 'ko';
  theme?: 'light' | 'dark';
  browser?: BrowserContextOptions;
};

type WorkerFixtures = { server: Server; api: Api };
type TestFixtures = {
  /** A namespace of the test's own; every simulated cloud may be used in it. */
  ns: string;
  /** A server of the test's own, beside the shared one. */
  startOwn: (options?: ServerOptions) => Promise<Server>;
  /** A window with a session of its own. */
  open: (options?: OpenOptions) => Promise<Page>;
  /** Accepts problems of a page that are part of the test. */
  allow: (page: Page, problem: RegExp) => void;
  /** Signed in as admin. */
  page: Page;
};

let namespaces = 0;
const watches = new WeakMap<Page, Watch>();

export const test = base.extend<TestFixtures, WorkerFixtures>({
  server: [
    // Playwright reads which fixtures are needed from the pattern.
    async ({}, use) => {
      const server = await startServer();
      await new Api(server.url).trySimulatedClouds();
      await use(server);
      await server.end();
    },
    { scope: 'worker', timeout: 150_000 },
  ],
  api: [async ({ server }, use) => use(new Api(server.url)), { scope: 'worker' }],

  ns: async ({ api }, use) => {
    namespaces += 1;
    await use(await api.createNamespace(`team-${String(namespaces)}`));
  },

  startOwn: async ({}, use) => {
    const servers: Server[] = [];
    await use(async (options) => {
      const server = await startServer(options);
      servers.push(server);
      return server;
    });
    for (const server of servers) await server.end();
  },

  // Needs `startOwn` so that windows close before the servers they show.
  open: async ({ browser, server: shared, startOwn: _ }, use, testInfo) => {
    const opened: Page[] = [];
    const start = shared.log.length;
    await use(async (options = {}) => {
      const { server = shared, user = 'admin', language = 'en', theme = 'light' } = options;
      const context = await browser.newContext({ baseURL: server.url, ...options.browser });
      await context.addInitScript({ content: remember({ language, theme }) });
      if (user !== null) {
        const answer = await context.request.post('/api/session', {
          data: { username: user, password: adminPassword },
          headers: { 'x-requested-with': 'waterstrider' },
        });
        expect(answer.status(), `sign-in of ${user}`).toBe(200);
      }
      const page = await context.newPage();
      opened.push(page);
      watches.set(page, watchPage(page, server.url));
      return page;
    });
    const problems = opened.flatMap((page) => watches.get(page)?.problems ?? []);
    for (const page of opened) await page.context().close();
    if (testInfo.status !== testInfo.expectedStatus || problems.length > 0)
      await testInfo.attach('server.log', { body: shared.log.slice(start), contentType: 'text/plain' });
    expect(problems, 'errors in the console, of the server, or requests to another origin').toEqual([]);
  },

  allow: async ({}, use) => use((page, problem) => watches.get(page)?.allow(problem)),

  page: async ({ open }, use) => use(await open()),
});

/** Sets preferences once, before the first page; what the person changes later stays. */
function remember(preferences: Record<string, string>): string {
  return `if (sessionStorage.getItem('e2e') === null) {
    sessionStorage.setItem('e2e', 'set');
    for (const [key, value] of Object.entries(${JSON.stringify(preferences)}))
      if (localStorage.getItem('waterstrider.' + key) === null) localStorage.setItem('waterstrider.' + key, value);
  }`;
}

export { expect };
