import type { Locator, Page } from '@playwright/test';
import type { Api } from '../support/api.ts';
import { expectAccessible } from '../support/axe.ts';
import { choose, confirmTyped, rowOf, visit } from '../support/screen.ts';
import { expect, test } from '../support/test.ts';

const twoClouds = [
  { name: 'web', provider: 'sim-aws', size: 2 },
  { name: 'db', provider: 'sim-azure', size: 1 },
];

/** All servers of the open MCIS say this. */
async function expectEach(page: Page, status: string, count: number): Promise<void> {
  await expect(page.getByRole('gridcell', { name: status, exact: true })).toHaveCount(count);
}

const actionsOf = (page: Page, name: string) => page.getByRole('group', { name: `Actions for ${name}` });

/** How far an element is scrolled, in pixels; scrolls it first when told. */
const scrollTop = (locator: Locator, to?: number): Promise<number> =>
  locator.evaluate((element, wanted) => {
    const scrolled = element as unknown as { scrollTop: number }; // the tests are typed without the DOM
    if (wanted !== undefined) scrolled.scrollTop = wanted;
    return scrolled.scrollTop;
  }, to);

/** How many servers of an MCIS the clouds themselves still have. */
async function countInClouds(api: Api, ns: string, infra: string): Promise<number> {
  const ids = new Set((await api.nodes(ns, infra)).map(({ id }) => id));
  const { items } = await api.get<{ items: { tag: string; state: string }[] }>('/api/sim/servers?limit=100000');
  return items.filter(({ tag }) => ids.has(tag)).length;
}

test('one server, then all of an MCIS: suspend, resume, reboot; what does not fit says why', async ({
  api,
  ns,
  page,
}) => {
  await api.createInfra(ns, 'shop', twoClouds);
  await visit(page, `/ns/${ns}/mcis/shop`, 'shop');
  await expectEach(page, 'Running', 3);
  const actions = actionsOf(page, 'shop');
  await expect(actions.getByRole('button', { name: 'Resume' })).toHaveAttribute('aria-disabled', 'true');
  await expect(actions.getByRole('button', { name: 'Resume' })).toHaveAccessibleDescription(/No server is suspended\./);

  await test.step('one server', async () => {
    await choose(page, 'web-1', 'Suspend');
    await expect(rowOf(page, 'web-1')).toContainText('Suspended');
    await expect(page.getByRole('button', { name: /1\s*Suspended/ })).toBeVisible();
    await page.getByRole('button', { name: 'Actions for web-1' }).click();
    const suspend = page.getByRole('menuitem', { name: /^Suspend/ });
    await expect(suspend).toHaveAttribute('aria-disabled', 'true');
    await expect(suspend).toContainText('It is not running.');
    await page.keyboard.press('Escape');
  });

  await test.step('the whole MCIS', async () => {
    await actions.getByRole('button', { name: 'Suspend' }).click();
    await expectEach(page, 'Suspended', 3);
    await expectAccessible(page);
    await actions.getByRole('button', { name: 'Resume' }).click();
    await expectEach(page, 'Running', 3);
  });

  await test.step('reboot of the selected', async () => {
    await expect(actions.getByRole('button', { name: 'Suspend' })).not.toHaveAttribute('aria-disabled', 'true');
    await page.getByRole('checkbox', { name: 'Select web-1' }).check();
    await page.getByRole('checkbox', { name: 'Select db-1' }).check();
    const bar = page.getByRole('region', { name: 'Selection' });
    await expect(bar).toContainText('2 selected');
    await expect(bar.getByRole('button', { name: 'Resume 0' })).toHaveAttribute('aria-disabled', 'true');
    await expect(bar).toContainText('It is not suspended.');
    await bar.getByRole('button', { name: 'Reboot 2' }).click();
    await expect(bar, 'the selection stays for the next action').toContainText('2 selected');
    await page
      .getByRole('link', { name: /^Tasks/ })
      .and(page.locator('#tab-tasks'))
      .click();
    await expect(page.getByRole('button', { name: /^Done Reboot shop/ })).toBeVisible();
  });
});

test('scale out and in, one more group, terminate by name, delete', async ({ api, ns, page }) => {
  await api.createInfra(ns, 'shop', twoClouds);
  await visit(page, `/ns/${ns}/mcis/shop?tab=groups`, 'shop');

  await test.step('out', async () => {
    await page.getByRole('button', { name: 'Scale' }).first().click();
    const dialog = page.getByRole('dialog', { name: /^Scale (web|db)$/ });
    await dialog.getByRole('spinbutton', { name: 'Servers' }).fill('4');
    await expectAccessible(page);
    await dialog.getByRole('button', { name: /^Add \d servers?$/ }).click();
    await expect(page.getByText('4 servers')).toBeVisible();
    await expect(page.getByText('4 wanted')).toBeVisible();
  });

  await test.step('in: names those that go and asks for the number', async () => {
    await expect(page.getByRole('button', { name: 'Scale' }).first()).not.toHaveAttribute('aria-disabled', 'true');
    await page.getByRole('button', { name: 'Scale' }).first().click();
    await page.getByRole('dialog').getByRole('button', { name: 'Servers: one less' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Servers: one less' }).click();
    const names = page.getByRole('dialog').getByRole('listitem');
    await expect(names).toHaveCount(2);
    await confirmTyped(page, '2', 'Terminate 2 servers');
    await expect(page.getByText('2 wanted')).toBeVisible();
  });

  await test.step('terminate all of it, then delete', async () => {
    await page.locator('#tab-servers').click();
    const actions = actionsOf(page, 'shop');
    await expect(actions.getByRole('button', { name: 'Suspend' })).not.toHaveAttribute('aria-disabled', 'true');
    await actions.getByRole('button', { name: 'Terminate' }).click();
    await expectAccessible(page);
    await confirmTyped(page, 'shop', /^Terminate 3 servers$/);
    await expect(page.getByRole('button', { name: /\d\s*Terminated/ })).toBeVisible();
    await expect.poll(() => countInClouds(api, ns, 'shop')).toBe(0);
    await expect(actions.getByRole('button', { name: 'Terminate' })).toHaveAccessibleDescription(/No server is left/);

    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Delete MCIS' }).click();
    await confirmTyped(page, 'shop', 'Delete shop');
    await expect(page.getByText('There is no such MCIS any more, or you may not see it.')).toBeVisible();
    await page.getByRole('link', { name: 'All MCIS' }).click();
    await expect(page.getByText('Nothing yet. Create your first MCIS.')).toBeVisible();
  });
});

test('several MCIS at once: the names first, then the task item by item', async ({ api, ns, page }) => {
  await Promise.all([api.createInfra(ns, 'one', twoClouds), api.createInfra(ns, 'two', twoClouds)]);
  await visit(page, `/ns/${ns}/mcis`, 'MCIS');
  await page.getByRole('checkbox', { name: 'Select one' }).check();
  await page.getByRole('checkbox', { name: 'Select two' }).check();
  await page.getByRole('button', { name: 'Suspend 6' }).click();
  const dialog = page.getByRole('dialog', { name: 'Suspend 6 servers' });
  await expect(dialog.getByRole('listitem')).toHaveText(['one', 'two']);
  await dialog.getByRole('button', { name: 'Suspend 6 servers' }).click();
  await expect(rowOf(page, 'one')).toContainText('Suspended');
  await expect(rowOf(page, 'two')).toContainText('Suspended');

  await page
    .getByRole('banner')
    .getByRole('button', { name: /Tasks|running/ })
    .click();
  await page.getByRole('button', { name: /Suspend 6 servers/ }).click();
  await expect(page.getByRole('region', { name: /Suspend 6 servers/ })).toContainText('6of 6 done');
  await expectAccessible(page);
});

test('another window sees every change by itself and keeps its scroll and selection', async ({
  api,
  ns,
  page,
  open,
}) => {
  await api.createInfra(ns, 'crowd', [{ name: 'many', provider: 'sim-gcp', size: 60 }]);
  await api.createInfra(ns, 'shop', twoClouds);
  const other = await open();
  await visit(other, `/ns/${ns}/servers?sort=name`, 'Servers');
  await other.getByRole('checkbox', { name: 'Select many-10', exact: true }).check();
  const scroller = other.getByRole('grid', { name: 'Servers' }).locator('..');
  await scrollTop(scroller, 400);
  await expect.poll(() => scrollTop(scroller)).toBe(400);
  const loaded = await other.evaluate<number>('window.e2eLoaded = Math.random()');

  await visit(page, `/ns/${ns}/mcis/crowd`, 'crowd');
  await actionsOf(page, 'crowd').getByRole('button', { name: 'Suspend' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Suspend 60 servers' }).click();

  await expect(other.getByRole('row', { name: /many-2\d.*Suspended/ }).first()).toBeVisible();
  expect(await scrollTop(scroller)).toBe(400);
  await expect(other.getByRole('region', { name: 'Selection' })).toContainText('many-10');
  expect(await other.evaluate<number>('window.e2eLoaded'), 'the page was not loaded again').toBe(loaded);
});

test("a server's page: what it is, what happened to it, a change made outside comes in", async ({ api, ns, page }) => {
  await api.createInfra(ns, 'shop', [{ name: 'web', provider: 'sim-aws', size: 1 }]);
  const [node] = await api.nodes(ns, 'shop');
  await visit(page, `/ns/${ns}/servers`, 'Servers');
  await page.getByRole('link', { name: node?.name ?? '' }).click();
  await expect(page.getByRole('heading', { level: 1, name: node?.name ?? '' })).toBeVisible();
  for (const fact of ['Public IP', 'Private IP', 'Spec', 'Image', 'Zone', 'Id in the cloud', 'List price'])
    await expect(page.getByText(fact, { exact: true })).toBeVisible();
  await expect(page.getByText(node?.cspResourceId ?? 'no id').first()).toBeVisible();
  await expectAccessible(page);

  await api.call('POST', `/api/sim/servers/${node?.cspResourceId ?? ''}`, { state: 'Stopped' });
  // The observer looks every 15 s.
  const resume = page.getByRole('button', { name: 'Resume' });
  await expect(resume).not.toHaveAttribute('aria-disabled', 'true', { timeout: 45_000 });
  await expect(page.getByText('Its state was changed from outside.')).toBeVisible();
});
