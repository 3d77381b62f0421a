import { expectAccessible } from '../support/axe.ts';
import { adminPassword } from '../support/server.ts';
import { expect, test } from '../support/test.ts';

test('the first visit: choose a password, one click for simulated clouds, on to the dashboard', async ({
  open,
  startOwn,
}) => {
  const server = await startOwn({ hasAdmin: false });
  const page = await open({ server, user: null });
  await page.goto('/');
  await expect(page).toHaveURL(/\/setup$/);
  await expectAccessible(page);

  await test.step('a weak password is refused with the reason', async () => {
    await page.getByLabel('Password', { exact: true }).fill('password123');
    await page.getByLabel('Once more', { exact: true }).fill('password123');
    await page.getByRole('button', { name: 'Set the password' }).click();
    await expect(page.getByText('It is one of the most common passwords.')).toBeVisible();
    await page.getByLabel('Password', { exact: true }).fill(adminPassword);
    await page.getByRole('button', { name: 'Set the password' }).click();
    await expect(page.getByText('The two are not the same.')).toBeVisible();
  });

  await test.step('a good one opens the doors', async () => {
    await page.getByLabel('Once more', { exact: true }).fill(adminPassword);
    await page.getByRole('button', { name: 'Set the password' }).click();
    await expect(page.getByText('admin is signed in')).toBeVisible();
    await expectAccessible(page);
  });

  await test.step('one click: connections come in, then the dashboard', async () => {
    await page.getByRole('button', { name: 'Start with simulated clouds' }).click();
    await expect(page.getByText('Connecting the simulated clouds')).toBeVisible();
    await expect(page.getByText('All connections are verified')).toBeVisible({ timeout: 60_000 });
    await expect(page).toHaveURL(/\/ns\/default$/);
    await expect(page.getByRole('heading', { level: 1, name: 'Dashboard' })).toBeVisible();
    await expect(page.getByRole('link', { name: 'Create your first MCIS' })).toBeVisible();
    await expectAccessible(page);
  });

  await test.step('setup is over for everybody', async () => {
    const visitor = await open({ server, user: null });
    await visitor.goto('/setup');
    await expect(visitor.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible();
  });
});
