import { expectAccessible } from '../support/axe.ts';
import { choose, rowOf, visit } from '../support/screen.ts';
import { adminPassword } from '../support/server.ts';
import { expect, test } from '../support/test.ts';

test('make, describe, switch and delete a namespace; one in use is refused with what is in it', async ({
  api,
  ns,
  page,
}) => {
  await api.createInfra(ns, 'shop', [{ name: 'web', provider: 'sim-aws', size: 1 }]);
  await visit(page, '/settings/namespaces', 'Namespaces');
  const other = `${ns}-other`;

  await test.step('make', async () => {
    await page.getByRole('button', { name: 'Create namespace' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('1st try!');
    await dialog.getByRole('button', { name: 'Create namespace' }).click();
    await expect(dialog.getByText(/A letter first/)).toBeVisible();
    await dialog.getByLabel('Name').fill(other);
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Create namespace' }).click();
    await expect(rowOf(page, other)).toBeVisible();
  });

  await test.step('describe', async () => {
    await choose(page, other, 'Describe');
    await page
      .getByRole('dialog')
      .getByLabel(/Description/)
      .fill('Of the other team');
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await expect(rowOf(page, other)).toContainText('Of the other team');
  });

  await test.step('switch: the page stays', async () => {
    await visit(page, `/ns/${ns}/servers`, 'Servers');
    await page
      .getByRole('banner')
      .getByRole('button', { name: new RegExp(ns) })
      .click();
    await page.getByLabel('Find a namespace').fill('other');
    await page.getByLabel('Find a namespace').press('Enter');
    await expect(page).toHaveURL(new RegExp(`/ns/${other}/servers$`));
    await expect(page.getByText('No server yet. Servers come with an MCIS.')).toBeVisible();
    await visit(page, `/ns/${ns}/mcis/shop`, 'shop');
    await page
      .getByRole('banner')
      .getByRole('button', { name: new RegExp(ns) })
      .click();
    await page.getByRole('link', { name: new RegExp(`^${other}`) }).click();
    await expect(page).toHaveURL(new RegExp(`/ns/${other}/mcis$`));
  });

  await test.step('delete', async () => {
    await visit(page, `/settings/namespaces`, 'Namespaces');
    await choose(page, ns, 'Delete');
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Delete namespace' }).click();
    await expect(dialog.getByText('It is in use')).toBeVisible();
    await expect(dialog.getByText(/shop/)).toBeVisible();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await choose(page, other, 'Delete');
    await dialog.getByRole('button', { name: 'Delete namespace' }).click();
    await expect(rowOf(page, other)).toBeHidden();
    await expect(rowOf(page, ns)).toBeVisible();
  });
});

test('two tabs of one person in two namespaces never interfere', async ({ api, ns, page }) => {
  const other = await api.createNamespace(`${ns}-second`);
  const groups = [{ name: 'web', provider: 'sim-alibaba', size: 1 }];
  await Promise.all([api.createInfra(ns, 'shop', groups), api.createInfra(other, 'shop', groups)]);
  const tab = await page.context().newPage();
  await visit(page, `/ns/${ns}/mcis/shop`, 'shop');
  await visit(tab, `/ns/${other}/mcis/shop`, 'shop');

  await tab.getByRole('group', { name: 'Actions for shop' }).getByRole('button', { name: 'Suspend' }).click();
  await expect(tab.getByRole('gridcell', { name: 'Suspended', exact: true })).toHaveCount(1);
  await expect(page.getByRole('gridcell', { name: 'Running', exact: true })).toHaveCount(1);
  await page.getByRole('navigation', { name: 'Main', exact: true }).getByRole('link', { name: 'Tasks' }).click();
  await expect(page).toHaveURL(new RegExp(`/ns/${ns}/tasks`));
  await expect(page.getByRole('button', { name: 'Create shop' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Suspend shop' })).toHaveCount(0);
});

test('a user is added by form; a viewer sees and is told why not, an operator acts, a stranger finds nothing', async ({
  api,
  ns,
  page,
  open,
}) => {
  await api.createInfra(ns, 'shop', [{ name: 'web', provider: 'sim-aws', size: 1 }]);
  const [viewer, operator, stranger] = [`vera-${ns}`, `olga-${ns}`, `stan-${ns}`];

  await test.step('the admin adds the viewer', async () => {
    await visit(page, '/settings/users', 'Users');
    await page.getByRole('button', { name: 'Add user' }).click();
    const drawer = page.getByRole('region', { name: 'Add user' });
    await drawer.getByLabel('User name').fill(viewer);
    await drawer.getByLabel('Password', { exact: true }).fill(adminPassword);
    await drawer.getByLabel('Once more', { exact: true }).fill(adminPassword);
    await drawer
      .getByRole('group', { name: `Role in ${ns}`, exact: true })
      .getByRole('button', { name: 'Viewer' })
      .click();
    await expectAccessible(page);
    await drawer.getByRole('button', { name: 'Add user' }).click();
    await expect(rowOf(page, viewer)).toContainText(`${ns}: Viewer`);
  });
  await api.createUser(operator, [{ ns, role: 'operator' }]);
  await api.createUser(stranger, []);

  await test.step('viewer', async () => {
    const window = await open({ user: viewer });
    await visit(window, `/ns/${ns}/mcis/shop`, 'shop');
    const suspend = window.getByRole('group', { name: 'Actions for shop' }).getByRole('button', { name: 'Suspend' });
    await expect(suspend).toHaveAttribute('aria-disabled', 'true');
    await expect(suspend).toHaveAccessibleDescription(/You have no right to change this\./);
    await suspend.click({ force: true });
    await expect(window.getByRole('gridcell', { name: 'Running', exact: true })).toHaveCount(1);
    await visit(window, `/ns/${ns}`, 'Dashboard');
    await expect(window.getByRole('link', { name: 'New MCIS' })).toHaveCount(0);
    await expect(window.getByRole('link', { name: 'Users' })).toHaveCount(0);
    await visit(window, '/settings/audit', 'Audit log');
    await expect(window.getByText('Only administrators see the audit log.')).toBeVisible();
    await expectAccessible(window);
  });

  await test.step('operator', async () => {
    const window = await open({ user: operator });
    await visit(window, `/ns/${ns}/mcis/shop`, 'shop');
    await window.getByRole('group', { name: 'Actions for shop' }).getByRole('button', { name: 'Suspend' }).click();
    await expect(window.getByRole('gridcell', { name: 'Suspended', exact: true })).toHaveCount(1);
  });

  await test.step('stranger', async () => {
    const window = await open({ user: stranger });
    await visit(window, '/');
    await expect(window.getByText('You are not a member of any namespace yet.')).toBeVisible();
    await window.goto(`/ns/${ns}/servers`);
    await expect(window.getByText('Not found').first()).toBeVisible();
    await expect(window.locator('body')).not.toContainText('web-1');
  });

  await test.step('a role taken away works at once', async () => {
    const window = await open({ user: operator });
    await visit(window, `/ns/${ns}/mcis/shop`, 'shop');
    await visit(page, `/settings/users?search=${operator}`, 'Users');
    await choose(page, operator, 'Edit rights');
    const drawer = page.getByRole('region', { name: operator });
    await drawer
      .getByRole('group', { name: `Role in ${ns}`, exact: true })
      .getByRole('button', { name: 'None' })
      .click();
    await drawer.getByRole('button', { name: 'Save' }).click();
    await expect(rowOf(page, operator)).toContainText('none');
    await window.reload();
    await expect(window.getByText('There is no such MCIS any more, or you may not see it.')).toBeVisible();
  });
});
