import { Api } from '../support/api.ts';
import { expectAccessible } from '../support/axe.ts';
import { rowOf, signIn, visit } from '../support/screen.ts';
import { adminPassword } from '../support/server.ts';
import { expect, test } from '../support/test.ts';

const nextPassword = 'Another-Sturdy-Phrase-4';

test('a wrong password is refused, too many are slowed down, the right one from then on works', async ({
  api,
  ns,
  open,
}) => {
  await api.createUser('clumsy', [{ ns, role: 'viewer' }]);
  const page = await open({ user: null });
  await visit(page, '/login', 'Sign in');

  await signIn(page, 'clumsy', 'wrong password');
  await expect(page.getByRole('alert')).toHaveText('User name or password is wrong.');
  await expectAccessible(page);

  const waiting = page.getByRole('button', { name: /^Wait \d+ s$/ });
  const button = page.getByRole('button', { name: /^Sign in$|^Wait \d+ s$/ });
  for (let attempt = 0; attempt < 8 && !(await waiting.isVisible()); attempt += 1) {
    await page.getByLabel('Password', { exact: true }).fill(`wrong again ${String(attempt)}`);
    await button.click();
    await expect(button).not.toHaveAttribute('aria-busy', 'true');
  }
  await expect(page.getByText('Too many failed attempts.')).toBeVisible();
  await expect(waiting).toHaveAttribute('aria-disabled', 'true');

  await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible({ timeout: 60_000 });
  await signIn(page, 'clumsy', adminPassword);
  await expect(page).toHaveURL(new RegExp(`/ns/${ns}$`));
});

test('signing out ends the session; the address asked for is where signing in leads', async ({ ns, open }) => {
  const page = await open();
  await visit(page, `/ns/${ns}/servers`, 'Servers');
  await page.getByRole('button', { name: 'Account of admin' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();

  await page.goto(`/ns/${ns}/tasks`);
  await expect(page.getByText('Sign in to open this page.')).toBeVisible();
  await signIn(page, 'admin', adminPassword);
  await expect(page).toHaveURL(new RegExp(`/ns/${ns}/tasks$`));
});

test('changing the password ends the other sessions, which come back to where they were', async ({ api, ns, open }) => {
  await api.createUser('careful', [{ ns, role: 'operator' }]);
  const page = await open({ user: 'careful' });
  const other = await open({ user: 'careful' });
  await visit(other, `/ns/${ns}/mcis?sort=-createdAt`, 'MCIS');

  await visit(page, '/account', 'Account');
  await page.getByLabel('Current password', { exact: true }).fill('not it');
  await page.getByLabel('New password', { exact: true }).fill(nextPassword);
  await page.getByLabel('Once more', { exact: true }).fill(nextPassword);
  await page.getByRole('button', { name: 'Change password' }).click();
  await expect(page.getByText('This is not your current password.')).toBeVisible();
  await page.getByLabel('Current password', { exact: true }).fill(adminPassword);
  await page.getByRole('button', { name: 'Change password' }).click();
  await expect(page.getByText('Password changed')).toBeVisible();
  await visit(page, `/ns/${ns}/servers`, 'Servers');

  await expect(other.getByText('Your session ended. Sign in to go on where you were.')).toBeVisible();
  await signIn(other, 'careful', nextPassword);
  await expect(other).toHaveURL(new RegExp(`/ns/${ns}/mcis\\?sort=-createdAt$`));
});

test('an API token is shown once, works, and is refused once revoked', async ({ page, server }) => {
  await visit(page, '/account?tab=tokens', 'Account');
  await page.getByRole('button', { name: 'Create token' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Create token' }).click();
  await expect(dialog.getByText('Give it a name.')).toBeVisible();
  await dialog.getByLabel('Name').fill('nightly build');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Create token' }).click();
  await expect(dialog.getByText('It is shown this once only.')).toBeVisible();
  const token = (await dialog.locator('code').first().textContent()) ?? '';
  await dialog.getByRole('button', { name: 'I have copied it' }).click();

  const session = () => fetch(`${server.url}/api/session`, { headers: { authorization: `Bearer ${token}` } });
  expect((await session()).status).toBe(200);
  await page.reload();
  await expect(rowOf(page, 'nightly build')).toContainText(/now|second|minute/);
  await expect(page.locator('body')).not.toContainText(token);

  await page.getByRole('button', { name: 'Revoke: nightly build' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke token' }).click();
  await expect(rowOf(page, 'nightly build')).toBeHidden();
  expect((await session()).status).toBe(401);
});

test('a disabled user is signed out at once', async ({ api, ns, open }) => {
  await api.createUser('leaving', [{ ns, role: 'viewer' }]);
  const page = await open({ user: 'leaving' });
  await visit(page, `/ns/${ns}`, 'Dashboard');
  const { items } = await api.get<{ items: { id: string; username: string }[] }>('/api/users?search=leaving');
  await api.call('PUT', `/api/users/${items[0]?.id ?? ''}`, { disabled: true });
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  expect((await new Api(api.url, 'leaving').send('GET', '/api/session')).status).toBe(401);
});
