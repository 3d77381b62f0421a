import type { Page, Request } from '@playwright/test';
import { resolve } from 'node:path';
import { findBarriers } from '../support/axe.ts';
import { expect, test } from '../support/test.ts';
import { furnish } from './places.ts';
import type { Place } from './places.ts';
import { findKeys } from './texts.ts';

const pictures = resolve(import.meta.dirname, '../../../../test-results/pages');
let places: Promise<Place[]> | undefined;

test.describe.configure({ timeout: 300_000 });

for (const language of ['en', 'ko'] as const)
  for (const theme of ['light', 'dark'] as const)
    for (const width of [1440, 360])
      test(`every page in ${language}, ${theme}, at ${String(width)} px`, async ({ api, open }) => {
        // Once per worker, for all the looks.
        places ??= api.createNamespace('crawl').then((ns) => furnish(api, ns));
        const known = await places;
        const height = width === 360 ? 740 : 900;
        const page = await open({ language, theme, browser: { viewport: { width, height } } });
        const isQuiet = listenForQuiet(page);
        const folder = `${language}-${theme}-${String(width)}`;
        for (const place of known) await test.step(place.name, () => look(page, place, { folder, isQuiet }));
        const visitor = await open({ language, theme, user: null, browser: { viewport: { width, height } } });
        const ownLook = { folder, isQuiet: listenForQuiet(visitor) };
        await test.step('login', () => look(visitor, { name: 'login', path: '/login' }, ownLook));
      });

type Look = { folder: string; isQuiet: () => boolean };

/** Axe, sideways scrolling, untranslated texts; leaves a picture. Goes on after a finding: all are wanted at once. */
async function look(page: Page, { name, path }: Place, { folder, isQuiet }: Look): Promise<void> {
  await page.goto(path);
  await settle(page, isQuiet);
  await page.screenshot({ path: resolve(pictures, folder, `${name}.png`) });
  // As tall as its content: what a bar covers only until one scrolls is no barrier.
  const size = page.viewportSize() ?? { width: 0, height: 0 };
  const tall = await page.evaluate<number>('document.documentElement.scrollHeight');
  await page.setViewportSize({ ...size, height: Math.max(size.height, tall + 100) });
  expect.soft(await findBarriers(page), `axe on ${name}`).toEqual([]);
  await page.setViewportSize(size);
  expect.soft(await findKeys(page), `untranslated on ${name}`).toEqual([]);
  const overflow = await page.evaluate<number>(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  );
  expect.soft(overflow, `sideways scrolling of ${name}, in pixels`).toBeLessThanOrEqual(0);
}

/** Title there, nothing loading any more. */
async function settle(page: Page, isQuiet: () => boolean): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible();
  await expect.poll(isQuiet, { intervals: [50], message: 'nothing is being loaded' }).toBe(true);
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
  await expect.poll(() => page.evaluate<string>('document.fonts.status')).toBe('loaded');
}

/** True when the page has asked for nothing for a quarter of a second; the event stream never ends. */
function listenForQuiet(page: Page): () => boolean {
  const open = new Set<Request>();
  let lastMs = Date.now();
  page.on('request', (request) => {
    if (!request.url().includes('/api/events')) open.add(request);
  });
  const end = (request: Request) => {
    open.delete(request);
    lastMs = Date.now();
  };
  page.on('requestfinished', end);
  page.on('requestfailed', end);
  return () => open.size === 0 && Date.now() - lastMs > 250;
}
