import type { Page } from '@playwright/test';
import { expectAccessible } from '../support/axe.ts';
import { choose, rowOf, visit } from '../support/screen.ts';
import { expect, test } from '../support/test.ts';

const refusal = 'could not be validated';

/** Only the named region. */
async function chooseRegion(page: Page, region: string): Promise<void> {
  const regions = page.getByRole('group', { name: /^Regions/ });
  await regions.getByRole('button', { name: 'Select none' }).click();
  await regions.getByLabel('Find a region').fill(region);
  await regions.getByRole('checkbox').check();
}

test('a credential by the form of its provider: refused in its own words, then right, disabled, deleted', async ({
  ns,
  page,
}) => {
  const name = `mine-${ns}`;
  const connection = `${name}-eu-west-1`;
  await visit(page, '/settings/connections', 'Cloud connections');
  await page.getByRole('button', { name: 'Add credential', exact: true }).first().click();
  const drawer = page.getByRole('region', { name: /Add credential|^mine/ });

  await test.step('the form says what is missing', async () => {
    await drawer.getByLabel('Cloud', { exact: true }).selectOption('sim-aws');
    await drawer.getByRole('button', { name: 'Verify and save' }).click();
    await expect(drawer.getByText('A name is needed.')).toBeVisible();
    await expect(drawer.getByText('This is needed.')).toBeVisible();
    await expectAccessible(page);
  });

  await test.step('an account that the cloud refuses', async () => {
    await drawer.getByRole('textbox', { name: 'Name' }).fill(name);
    await drawer.getByRole('textbox', { name: 'Account' }).fill('refuse-me');
    await chooseRegion(page, 'eu-west-1');
    await drawer.getByRole('button', { name: 'Verify and save' }).click();
    await expect(drawer.getByText('AuthFailure')).toBeVisible();
    await expect(drawer).toContainText(refusal);
    await expectAccessible(page);
    await drawer.getByRole('button', { name: 'Close' }).last().click();
    await page.getByRole('searchbox', { name: 'Search connections' }).fill(name);
    await expect(rowOf(page, connection)).toContainText('Failed');
    await expect(page.getByRole('row', { name: new RegExp(refusal) })).toHaveCount(1);
  });

  await test.step('another key', async () => {
    await page
      .getByRole('row', { name: new RegExp(refusal) })
      .getByRole('button', { name: 'Replace key' })
      .click();
    const editor = page.getByRole('region', { name: new RegExp(name) });
    await expect(page.locator('body')).not.toContainText('refuse-me');
    await editor.getByRole('button', { name: 'Replace key' }).click();
    await editor.getByRole('textbox', { name: 'Account' }).fill('demo');
    await editor.getByRole('button', { name: 'Verify and save' }).click();
    await expect(page.getByText('All 1 connections are verified.')).toBeVisible();
    await page
      .getByRole('region', { name: new RegExp(name) })
      .getByRole('button', { name: 'Close' })
      .last()
      .click();
    await expect(rowOf(page, connection)).toContainText('Verified');
  });

  await test.step('verify again, disable, enable', async () => {
    await choose(page, connection, 'Verify again');
    await expect(rowOf(page, connection)).toContainText('Verified');
    await choose(page, connection, /^Disable/);
    await expect(rowOf(page, connection)).toContainText('Disabled');
    await choose(page, connection, 'Enable');
    await expect(rowOf(page, connection)).toContainText(/Verified|Verifying/);
  });

  await test.step('delete', async () => {
    await page.getByRole('link', { name: 'Credentials' }).click();
    await choose(page, name, 'Delete');
    await page.getByRole('dialog').getByRole('button', { name: 'Delete credential' }).click();
    await expect(rowOf(page, name)).toBeHidden();
  });
});

test('a connection and a credential in use are not deleted, and it says by what they are used', async ({
  api,
  ns,
  page,
}) => {
  await api.createInfra(ns, 'shop', [{ name: 'web', provider: 'sim-ibm', size: 2 }]);
  const { items } = await api.get<{ items: { connection: string }[] }>(`/api/ns/${ns}/nodes`);
  const connection = items[0]?.connection ?? '';
  await visit(page, `/settings/connections?search=${connection}`, 'Cloud connections');
  await expect(rowOf(page, connection)).toContainText('2');
  await page.getByRole('button', { name: `Actions for ${connection}` }).click();
  const remove = page.getByRole('menuitem', { name: /^Delete/ });
  await expect(remove).toHaveAttribute('aria-disabled', 'true');
  await expect(remove).toContainText('2 servers use it.');
  await page.keyboard.press('Escape');

  await page.getByRole('link', { name: 'Credentials' }).click();
  await choose(page, 'sim-ibm', 'Delete');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Delete credential' }).click();
  await expect(dialog.getByText('It is in use')).toBeVisible();
  await expect(dialog).toContainText('shop');
});

test('providers as cards filter the table; search finds a region by name', async ({ page }) => {
  await visit(page, '/settings/connections', 'Cloud connections');
  const card = page.getByRole('button', { name: /^Google Cloud Simulated/ });
  await card.click();
  await expect(card).toHaveAttribute('aria-pressed', 'true');
  await expect(page).toHaveURL(/filter=provider/);
  await expect(page.getByRole('row', { name: /sim-aws/ })).toHaveCount(0);
  await page.getByRole('searchbox', { name: 'Search connections' }).fill('seoul');
  await expect(page.getByRole('row', { name: /Seoul/ })).toHaveCount(1);
  await page.getByRole('button', { name: 'Remove filter Cloud' }).click();
  await expect(page.getByRole('row', { name: /sim-aws-ap-northeast-2/ })).toBeVisible();
});

test('drivers and what they can do', async ({ page }) => {
  await visit(page, '/settings/drivers', 'Drivers');
  for (const cloud of ['AWS', 'Azure', 'Alibaba', 'GCP', 'Cloudit', 'OpenStack'])
    await expect(
      page
        .getByRole('row')
        .filter({ hasText: new RegExp(cloud, 'i') })
        .first(),
    ).toContainText('Simulated');
  await page.getByRole('searchbox', { name: 'Search drivers' }).fill('cloudit');
  await expect(page.getByRole('row')).toHaveCount(2);
  await rowOf(page, /Cloudit/)
    .getByRole('link')
    .click();
  await expect(page).toHaveURL(/settings\/connections\?filter=provider/);
});

test('the audit log says who did what on what, and how it ended', async ({ api, ns, page }) => {
  await api.createInfra(ns, 'shop', [{ name: 'web', provider: 'sim-aws', size: 1 }]);
  expect((await api.send('POST', `/api/ns/${ns}/infra`, { name: 'shop', nodeGroups: [] })).status).toBe(400);
  await visit(page, `/settings/audit?search=${ns}`, 'Audit log');
  const row = page.getByRole('row').filter({ hasText: 'Create MCIS' });
  await expect(row.first()).toContainText('shop');
  await expect(row.first()).toContainText('admin');
  await expect(row.first()).toContainText('127.0.0.1');
  await expect(page.getByRole('row').filter({ hasText: 'Create namespace' })).toContainText(ns);
});

test('the platform page: health, database, sizes', async ({ page }) => {
  await visit(page, '/settings/platform', 'Platform');
  await expect(page.getByRole('heading', { level: 1 }).locator('..')).toContainText('Healthy');
  await expect(page.getByText('Embedded PostgreSQL').first()).toBeVisible();
  await expect(page.getByRole('table', { name: 'Tables' }).getByRole('row')).not.toHaveCount(1);
  await page.getByRole('button', { name: 'Refresh' }).click();
  await expect(page.getByText(/^As of/)).toBeVisible();
});
