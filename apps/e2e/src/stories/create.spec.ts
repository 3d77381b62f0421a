import type { Page } from '@playwright/test';
import { expectAccessible } from '../support/axe.ts';
import { visit } from '../support/screen.ts';
import { expect, test } from '../support/test.ts';

const review = (page: Page) => page.getByRole('complementary', { name: 'Review' });

/** The group that is edited goes to a provider; its region, spec and image follow by themselves. */
async function chooseProvider(page: Page, provider: string): Promise<void> {
  await page.getByRole('radiogroup', { name: 'Provider' }).getByRole('radio', { name: provider, exact: true }).check();
  await expect(page.getByRole('table', { name: 'Spec' }).getByRole('radio', { checked: true })).toHaveCount(1);
}

test('an MCIS over three providers through the form: review, create, progress, all running without reload', async ({
  ns,
  page,
}) => {
  await visit(page, `/ns/${ns}`, 'Dashboard');
  await page.getByRole('link', { name: 'Create your first MCIS' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'New MCIS' })).toBeVisible();

  await test.step('an empty form says what is missing', async () => {
    await page.getByRole('button', { name: /^Create \d servers?$/ }).click();
    await expect(page.getByText('A name is needed.')).toBeVisible();
    await expectAccessible(page);
  });

  await test.step('name and first group, by keyboard', async () => {
    await page.getByLabel('Name', { exact: true }).focus();
    await page.keyboard.type('shop');
    await page.getByLabel('Group name').focus();
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('web');
    const size = page.getByRole('spinbutton', { name: 'Servers' });
    await size.focus();
    await page.keyboard.press('ArrowUp');
    await expect(size).toHaveAttribute('aria-valuenow', '2');
    await chooseProvider(page, 'Amazon Web Services');
  });

  await test.step('two more groups in other clouds', async () => {
    for (const [name, provider] of [
      ['api', 'Microsoft Azure'],
      ['db', 'Google Cloud'],
    ] as const) {
      await page.getByRole('button', { name: 'Add a server group' }).click();
      await page.getByLabel('Group name').fill(name);
      await chooseProvider(page, provider);
    }
    await expect(
      page.getByRole('region', { name: 'Server groups' }).getByRole('button', { pressed: true }),
    ).toContainText('db');
  });

  await test.step('a spec by size and price, an image that fits it', async () => {
    const specs = page.getByRole('region', { name: 'Spec' });
    await specs.getByLabel('vCPU from').selectOption('4');
    await expect(specs.getByRole('row').nth(1).getByRole('cell').first()).toHaveText(/^(4|8|\d\d+)$/);
    await specs.getByRole('radio').first().check();
    await expect(specs.getByRole('heading')).toContainText(/(4|8) vCPU/);
    await page.getByRole('combobox', { name: 'Image', exact: true }).click();
    await page.getByRole('listbox').getByRole('option').first().click();
  });

  const figures = await test.step('the review', async () => {
    await expect(review(page).getByRole('status')).toHaveText('Can be made');
    await expect(review(page)).toContainText('3 new');
    await expect(review(page).getByText('server', { exact: false }).first()).toBeVisible();
    const [hour, month, servers] = await review(page).locator('dl').first().getByRole('definition').allTextContents();
    expect(servers).toBe('4');
    const number = (text = '') => Number(text.replace(/[^\d.]/g, ''));
    expect(number(hour)).toBeGreaterThan(0);
    expect(number(month)).toBeGreaterThan(700 * number(hour));
    expect(number(month)).toBeLessThan(760 * number(hour));
    await expectAccessible(page);
    return { hour: hour ?? '' };
  });

  await test.step('create: live to the end', async () => {
    await page.getByRole('button', { name: 'Create 4 servers' }).click();
    await expect(page).toHaveURL(new RegExp(`/ns/${ns}/mcis/shop`));
    await expect(page.getByRole('gridcell', { name: 'Running', exact: true })).toHaveCount(4);
    await expect(page.getByRole('heading', { level: 1 }).locator('..')).toContainText('Running');
    await expect(page.getByText(figures.hour).first()).toBeVisible();
    await expectAccessible(page);
  });

  await test.step('its task tells of every server', async () => {
    await page
      .getByRole('banner')
      .getByRole('button', { name: /Tasks|running/ })
      .click();
    await page.getByRole('button', { name: /Create shop/ }).click();
    const drawer = page.getByRole('region', { name: /Create shop/ });
    await expect(drawer).toContainText('web-1');
    await expect(drawer).toContainText('Done');
  });
});

test('a draft survives a reload and is discarded on demand', async ({ ns, page }) => {
  await visit(page, `/ns/${ns}/mcis/new`, 'New MCIS');
  await page.getByLabel('Name', { exact: true }).fill('half-done');
  await expect(page.getByText(/^Draft saved/)).toBeVisible();
  await page.reload();
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('half-done');
  await page.getByRole('button', { name: 'Discard', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Discard the draft' }).click();
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('');
});

test('a name that is taken stops the creation with the reason', async ({ api, ns, page }) => {
  await api.createInfra(ns, 'shop', [{ name: 'web', provider: 'sim-aws', size: 1 }]);
  await visit(page, `/ns/${ns}/mcis/new`, 'New MCIS');
  await page.getByLabel('Name', { exact: true }).fill('shop');
  await expect(page.getByText('An MCIS "shop" exists already. Choose another name.').first()).toBeVisible();
  await expect(page.getByRole('button', { name: /^Create \d servers?$/ })).toHaveAttribute('aria-disabled', 'true');
  await page.getByLabel('Name', { exact: true }).fill('other');
  await expect(page.getByRole('button', { name: /^Create \d servers?$/ })).not.toHaveAttribute('aria-disabled', 'true');
});

test('a group is added to an MCIS that runs', async ({ api, ns, page }) => {
  await api.createInfra(ns, 'shop', [{ name: 'web', provider: 'sim-aws', size: 1 }]);
  await visit(page, `/ns/${ns}/mcis/shop?tab=groups`, 'shop');
  await page.getByRole('link', { name: 'Add server group' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Add a server group to shop' })).toBeVisible();
  await page.getByLabel('Group name').fill('cache');
  await chooseProvider(page, 'Google Cloud');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Add 1 server' }).click();
  await expect(page).toHaveURL(new RegExp(`/ns/${ns}/mcis/shop`));
  await expect
    .poll(async () => (await api.nodes(ns, 'shop')).map(({ status }) => status))
    .toEqual(['Running', 'Running']);
});

test('on hold from the form', async ({ ns, page }) => {
  await visit(page, `/ns/${ns}/mcis/new`, 'New MCIS');
  await page.getByLabel('Name', { exact: true }).fill('patient');
  await expect(review(page).getByRole('status')).toHaveText('Can be made');
  await page.getByRole('button', { name: 'Hold', exact: true }).click();
  await expect(page.getByText('On hold: no server is made yet.')).toBeVisible();
});
