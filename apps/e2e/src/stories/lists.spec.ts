import { readFileSync } from 'node:fs';
import { expectAccessible } from '../support/axe.ts';
import { confirmTyped, rowOf, visit } from '../support/screen.ts';
import { expect, test } from '../support/test.ts';

test('the dashboard: counts lead to what they count, cards with a square per server, live', async ({
  api,
  ns,
  page,
}) => {
  await visit(page, `/ns/${ns}`, 'Dashboard');
  await expect(page.getByText('Nothing yet. Create your first MCIS.')).toBeVisible();
  await api.createInfra(ns, 'shop', [
    { name: 'web', provider: 'sim-aws', size: 3 },
    { name: 'db', provider: 'sim-gcp', size: 1 },
  ]);
  await api.createInfra(ns, 'batch', [{ name: 'fail-create', provider: 'sim-aws', size: 1 }]);
  await expect(page.getByRole('link', { name: 'All servers: 5' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'All MCIS: 2' })).toBeVisible();
  await expect(page.getByRole('group', { name: /Servers of shop: 4 running/ })).toBeVisible();
  const card = page.getByRole('article').filter({ has: page.getByRole('link', { name: 'shop', exact: true }) });
  await expect(card.locator('[data-square]')).toHaveCount(4);
  await expect(page.getByRole('complementary')).toContainText('failed');

  await page.getByRole('group', { name: /Servers of shop/ }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByText('web 1: Running')).toBeVisible();

  await page.getByRole('link', { name: '4 running' }).click();
  await expect(page).toHaveURL(/servers\?filter=status(:|%3A)Running/);
  await expect(page.getByRole('row')).toHaveCount(5);
  await page.goBack();
  await page.getByRole('button', { name: 'Actions for shop' }).click();
  await page.getByRole('menuitem', { name: 'Suspend', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Suspend 4 servers' }).click();
  await expect(page.getByRole('group', { name: /Servers of shop: 4 suspended/ })).toBeVisible();

  await visit(page, '/global', 'All namespaces');
  const overview = page.getByRole('article').filter({ has: page.getByRole('link', { name: ns, exact: true }) });
  await expect(overview).toContainText('2 MCIS');
  await overview.getByRole('link', { name: ns, exact: true }).click();
  await expect(page).toHaveURL(new RegExp(`/ns/${ns}$`));
});

test('servers as a table: search, filter, sort, columns, all of it in the address', async ({ api, ns, page }) => {
  await api.createInfra(ns, 'shop', [
    { name: 'web', provider: 'sim-aws', size: 3 },
    { name: 'db', provider: 'sim-gcp', size: 2 },
  ]);
  await visit(page, `/ns/${ns}/servers`, 'Servers');
  await expect(page.getByText('5 of 5')).toBeVisible();

  await page.keyboard.press('/');
  await page.keyboard.type('db');
  await expect(page.getByText('2 of 2')).toBeVisible();
  await expect(page).toHaveURL(/search=db/);
  await page.keyboard.press('Escape');
  await expect(page.getByText('5 of 5')).toBeVisible();

  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  await page.getByRole('dialog', { name: 'Filter' }).getByRole('button', { name: 'Cloud' }).click();
  await page.getByRole('group', { name: 'Cloud' }).getByRole('checkbox').first().check();
  await page.keyboard.press('Escape');
  await expect(page.getByText('3 of 3')).toBeVisible();
  await page.reload();
  await expect(page.getByText('3 of 3')).toBeVisible();
  await page.getByRole('button', { name: 'Remove filter Cloud' }).click();

  const names = page.getByRole('gridcell').getByRole('link', { name: /-\d$/ });
  await page.getByRole('columnheader', { name: 'Name' }).getByRole('button').click();
  await expect(page.getByRole('columnheader', { name: 'Name' })).toHaveAttribute('aria-sort', 'descending');
  await expect(names.first()).toHaveText('web-3');

  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('checkbox', { name: 'Image' }).check();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('columnheader', { name: 'Image' })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('columnheader', { name: 'Image' })).toBeVisible();
  await expectAccessible(page);

  await page.getByRole('searchbox').fill('nothing like this');
  await expect(page.getByText('No match. Clear the filter.')).toBeVisible();
  await page.getByRole('button', { name: 'Clear the filter' }).click();
  await expect(page.getByText('5 of 5')).toBeVisible();
});

test('a CSV of all rows', async ({ api, ns, page }) => {
  await api.createInfra(ns, 'shop', [{ name: 'web', provider: 'sim-aws', size: 60 }]);
  await visit(page, `/ns/${ns}/servers`, 'Servers');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'CSV' }).click(),
  ]);
  const lines = readFileSync(await download.path(), 'utf8')
    .trim()
    .split(/\r?\n/);
  expect(lines).toHaveLength(61);
  expect(lines[0]).toContain('Name');
  expect(lines.some((line) => line.includes('web-60'))).toBe(true);
});

test('selection by keyboard, and terminating some asks for their number', async ({ api, ns, page }) => {
  await api.createInfra(ns, 'shop', [{ name: 'web', provider: 'sim-aws', size: 4 }]);
  await visit(page, `/ns/${ns}/servers`, 'Servers');
  await page.getByRole('row', { name: /web-1/ }).focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Shift+Space');
  const bar = page.getByRole('region', { name: 'Selection' });
  await expect(bar).toContainText('2 selected');
  await expect(bar).toContainText('web-1, web-2');
  await bar.getByRole('button', { name: 'Terminate 2' }).click();
  await expect(page.getByRole('dialog').getByRole('listitem')).toHaveText(['web-1', 'web-2']);
  await confirmTyped(page, '2', 'Terminate 2 servers');
  await expect(rowOf(page, 'web-1')).toContainText('Terminated');
  await expect(rowOf(page, 'web-3')).toContainText('Running');
});
