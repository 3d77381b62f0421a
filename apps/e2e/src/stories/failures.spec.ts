import type { Locator, Page } from '@playwright/test';
import type { Api } from '../support/api.ts';
import { expectAccessible } from '../support/axe.ts';
import { rowOf, visit } from '../support/screen.ts';
import { expect, test } from '../support/test.ts';

const halfFailing = [
  { name: 'fail-create', provider: 'sim-aws', size: 2 },
  { name: 'fine', provider: 'sim-azure', size: 1 },
];
const words = 'There is not enough';

/** Presses a retry and waits until the task has tried it. */
async function retry(page: Page, api: Api, button: Locator): Promise<void> {
  const [answer] = await Promise.all([page.waitForResponse(/\/retry$/), button.click()]);
  const { operation } = (await answer.json()) as { operation: { id: string } }; // as the row promises
  await api.ended(operation.id);
}

test("a partial failure: the cloud's own words, retry of the failed, and at last without them", async ({
  api,
  ns,
  page,
}) => {
  await api.createInfra(ns, 'batch', halfFailing);
  await visit(page, `/ns/${ns}`, 'Dashboard');
  await test.step('the dashboard says what needs a person', async () => {
    const attention = page.getByRole('complementary').filter({ hasText: 'Needs attention' });
    await expect(attention).toContainText('2 servers failed in batch');
    await expect(attention).toContainText('InsufficientInstanceCapacity');
    await expectAccessible(page);
  });

  await test.step('the task, failed items first', async () => {
    await page
      .getByRole('complementary')
      .getByRole('button', { name: /Create batch/ })
      .first()
      .click();
    const drawer = page.getByRole('region', { name: /Create batch/ });
    await expect(drawer.getByRole('listitem').first()).toContainText(words);
    await expect(drawer).toContainText('2 failed');
    await expectAccessible(page);
    await retry(page, api, drawer.getByRole('button', { name: 'Retry failed (2)' }));
    await expect(drawer.getByRole('button', { name: 'Retry failed (2)' })).toBeVisible();
    await drawer.getByRole('button', { name: 'Close' }).click();
  });

  await test.step('the MCIS: words beneath each failed server', async () => {
    await visit(page, `/ns/${ns}/mcis/batch`, 'batch');
    await expect(page.getByText('Partly failed').first()).toBeVisible();
    await expect(page.getByText(words)).toHaveCount(2);
    await retry(page, api, page.getByRole('button', { name: 'Retry failed (2)' }).first());
    await expect(page.getByText(words)).toHaveCount(2);
  });

  await test.step('remove the failed ones', async () => {
    await expect(
      page.getByRole('group', { name: 'Actions for batch' }).getByRole('button', { name: 'Suspend' }),
    ).not.toHaveAttribute('aria-disabled', 'true');
    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Remove failed and terminated' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove 2 servers from the list' }).click();
    await expect(page.getByText(words)).toHaveCount(0);
    await expect(page.getByRole('heading', { level: 1 }).locator('..')).toContainText('Running');
  });
});

test('rollback leaves nothing, refine keeps what works', async ({ api, ns, page }) => {
  await Promise.all([
    api.createInfra(ns, 'undone', halfFailing, { policyOnPartialFailure: 'rollback' }),
    api.createInfra(ns, 'refined', halfFailing, { policyOnPartialFailure: 'refine' }),
  ]);
  await visit(page, `/ns/${ns}/mcis`, 'MCIS');
  await expect(rowOf(page, 'refined')).toContainText('Running');
  await expect(rowOf(page, 'undone')).toHaveCount(0);
  expect(await api.nodes(ns, 'refined')).toHaveLength(1);
  expect((await api.nodes(ns)).map(({ name }) => name)).toEqual(['fine-1']);
  await visit(page, `/ns/${ns}/tasks`, 'Tasks');
  await page.getByRole('button', { name: 'Create undone' }).click();
  await expect(page.getByRole('region', { name: /Create undone/ })).toContainText(words);
});

test('on hold: nothing is made until somebody continues, or it is withdrawn', async ({ api, ns, page }) => {
  const groups = [{ name: 'web', provider: 'sim-ncp', size: 2 }];
  await Promise.all([
    api.createInfra(ns, 'wanted', groups, { hold: true }),
    api.createInfra(ns, 'unwanted', groups, { hold: true }),
  ]);

  await visit(page, `/ns/${ns}/mcis/wanted`, 'wanted');
  await expect(page.getByText('On hold: no server is made yet.')).toBeVisible();
  const actions = page.getByRole('group', { name: 'Actions for wanted' });
  await expect(actions.getByRole('button', { name: 'Suspend' })).toHaveAccessibleDescription(/It is on hold/);
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Continue, create 2 servers' }).click();
  await expect(page.getByRole('gridcell', { name: 'Running', exact: true })).toHaveCount(2);

  await visit(page, `/ns/${ns}/mcis/unwanted`, 'unwanted');
  await page.getByRole('button', { name: 'Withdraw', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Withdraw unwanted' }).click();
  await expect(page.getByText('On hold: no server is made yet.')).toBeHidden();
  await expect
    .poll(async () => (await api.nodes(ns, 'unwanted')).filter(({ status }) => status === 'Running'))
    .toEqual([]);
});
