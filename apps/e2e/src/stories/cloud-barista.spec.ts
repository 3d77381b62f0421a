import { startRecordedTumblebug } from '@waterstrider/cloud-barista/testing';
import type { RecordedTumblebug } from '@waterstrider/cloud-barista/testing';
import type { Page } from '@playwright/test';
import { expectAccessible } from '../support/axe.ts';
import { confirmTyped, rowOf, signIn, visit } from '../support/screen.ts';
import { adminPassword } from '../support/server.ts';
import { expect, test as base } from '../support/test.ts';

/** A CB-Tumblebug that answers as a recorded real one did. */
const test = base.extend<{ tumblebug: RecordedTumblebug }>({
  tumblebug: async ({}, use) => {
    const tumblebug = await startRecordedTumblebug();
    await use(tumblebug);
    await tumblebug.close();
  },
});

/** Where the double is and how one signs in there. */
function loginOf({ config }: RecordedTumblebug) {
  const { url = '', auth } = config.tumblebug ?? {};
  if (auth?.mode !== 'basic') throw new Error('The recorded CB-Tumblebug asks for no user and password.');
  return { url, username: auth.username, password: auth.password };
}

const actionsOf = (page: Page, name: string) => page.getByRole('group', { name: `Actions for ${name}` });

async function expectEach(page: Page, status: string, count: number): Promise<void> {
  await expect(page.getByRole('gridcell', { name: status, exact: true })).toHaveCount(count);
}

async function chooseProvider(page: Page, provider: string): Promise<void> {
  await page.getByRole('radiogroup', { name: 'Provider' }).getByRole('radio', { name: provider, exact: true }).check();
  await expect(page.getByRole('table', { name: 'Spec' }).getByRole('radio', { checked: true })).toHaveCount(1);
}

test('in front of a CB-Tumblebug: the main job, what it lacks in words, and a console that stays when it is gone', async ({
  open,
  startOwn,
  tumblebug,
}) => {
  const { url, username, password } = loginOf(tumblebug);
  const settings = { TUMBLEBUG_URL: url, TUMBLEBUG_USER: username, TUMBLEBUG_PASSWORD: password };
  const server = await startOwn({ settings });
  const page = await open({ server, user: null });

  await test.step('sign in; the menu says who serves', async () => {
    await page.goto('/');
    await signIn(page, 'admin', adminPassword);
    await expect(page.getByRole('heading', { level: 1, name: 'Dashboard' })).toBeVisible();
    await expect(page.getByRole('navigation', { name: 'Main' })).toContainText(/Cloud-Barista\s*CB-Tumblebug 0\.\d+/);
  });

  await test.step('a namespace', async () => {
    await visit(page, '/settings/namespaces', 'Namespaces');
    await page.getByRole('button', { name: 'Create namespace' }).click();
    await page.getByRole('dialog').getByLabel('Name').fill('shopping');
    await page.getByRole('dialog').getByRole('button', { name: 'Create namespace' }).click();
    await expect(rowOf(page, 'shopping')).toBeVisible();
    expect(tumblebug.world.namespaces.has('shopping')).toBe(true);
  });

  await test.step('its connections; what it can not do says so', async () => {
    await visit(page, '/settings/connections', 'Cloud connections');
    await expect(rowOf(page, 'mock-mercury')).toContainText('Verified');
    await page.getByRole('button', { name: 'Actions for mock-mercury' }).click();
    const remove = page.getByRole('menuitem', { name: /^Delete/ });
    await expect(remove).toHaveAttribute('aria-disabled', 'true');
    await expect(remove).toContainText('CB-Tumblebug can not delete a connection.');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Add credential' }).first().click();
    const drawer = page.getByRole('region', { name: 'Add credential' });
    await drawer.getByLabel('Cloud', { exact: true }).selectOption('mock');
    await expect(drawer.getByLabel('Name', { exact: true })).toHaveValue('mock');
    await expect(drawer).toContainText('HOLDER-mock');
    await expectAccessible(page);
  });

  await test.step('an MCIS over two connections runs without reload', async () => {
    await visit(page, '/ns/shopping/mcis/new', 'New MCIS');
    await page.getByLabel('Name', { exact: true }).fill('shop');
    await chooseProvider(page, 'mock');
    // The one offered first has nothing behind it in this cloud.
    await page.getByLabel('Image', { exact: true }).first().click();
    await page
      .getByRole('option', { name: /mock-vmimage-/ })
      .first()
      .click();
    await page.getByRole('button', { name: 'Add a server group' }).click();
    await chooseProvider(page, 'alpha');
    await expect(page.getByText('no price known').first()).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Create 2 servers' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'shop' })).toBeVisible();
    await expectEach(page, 'Running', 2);
    await expectAccessible(page);
  });

  await test.step('suspend', async () => {
    const suspend = actionsOf(page, 'shop').getByRole('button', { name: 'Suspend' });
    await expect(suspend).not.toHaveAttribute('aria-disabled', 'true');
    await suspend.click();
    await expectEach(page, 'Suspended', 2);
  });

  await test.step('it is gone: said on every page since when, and the console stays usable', async () => {
    await tumblebug.fault('down');
    const banner = page.getByRole('status').filter({ hasText: 'Cloud-Barista does not answer.' });
    await expect(banner).toContainText(/as of \d\d:\d\d:\d\d/);
    await expectAccessible(page);
    await visit(page, '/ns/shopping/servers', 'Servers');
    await expect(rowOf(page, 'group-1-1')).toContainText('Suspended');
    await expect(banner).toBeVisible();
    await tumblebug.fault();
    await expect(banner).toBeHidden({ timeout: 40_000 });
  });

  await test.step('terminate, delete', async () => {
    await visit(page, '/ns/shopping/mcis/shop', 'shop');
    await actionsOf(page, 'shop').getByRole('button', { name: 'Terminate' }).click();
    await confirmTyped(page, 'shop', /^Terminate 2 servers$/);
    await expectEach(page, 'Terminated', 2);
    // The servers are gone a moment before their task has ended.
    await expect(actionsOf(page, 'shop').getByRole('button', { name: 'Suspend' })).toHaveAccessibleDescription(
      /No server is running/,
    );
    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Delete MCIS' }).click();
    await confirmTyped(page, 'shop', 'Delete shop');
    await expect(page.getByText('There is no such MCIS any more, or you may not see it.')).toBeVisible();
    expect(tumblebug.world.namespaces.get('shopping')?.infras.size).toBe(0);
  });
});

test('the first-run door to a running Cloud-Barista: tried in words, kept for the next start', async ({
  open,
  startOwn,
  tumblebug,
}) => {
  const { url, username, password } = loginOf(tumblebug);
  const server = await startOwn();
  const page = await open({ server });
  await page.goto('/setup');
  await page.getByRole('link', { name: 'Use a running Cloud-Barista' }).click();
  await expect(page).toHaveURL(/\/settings\/platform\?drawer=cloud-barista/);
  await page.getByRole('button', { name: 'Separate addresses' }).click();
  const fields = page.getByRole('group', { name: /^CB-Tumblebug/ });
  await fields.getByLabel('Address').fill(url);
  await fields.getByLabel('Way of signing in').selectOption('basic');
  await fields.getByLabel('User').fill(username);
  await fields.getByLabel('Password', { exact: true }).fill('not-the-password');

  await test.step('a wrong password is told as such', async () => {
    await page.getByRole('button', { name: 'Test', exact: true }).click();
    await expect(page.getByText('The console could not work with this.')).toBeVisible();
    await expectAccessible(page);
  });

  await test.step('the right one works; it is kept, and says from when on', async () => {
    await fields.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Test', exact: true }).click();
    await expect(page.getByText('All of it answers. Keep it to use it.')).toBeVisible();
    await page.getByRole('button', { name: 'Keep', exact: true }).click();
    await expect(page.getByText('Kept. It applies at the next start of the console.')).toBeVisible();
    await expect(page.getByText(/It applies when the console is started again/)).toBeVisible();
  });
});
