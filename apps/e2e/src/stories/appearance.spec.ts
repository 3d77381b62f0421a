import { visit } from '../support/screen.ts';
import { expect, test } from '../support/test.ts';

test('the language changes at once, on the page one is on, and stays', async ({ ns, page }) => {
  await visit(page, `/ns/${ns}/servers?search=web`, 'Servers');
  await page.getByRole('button', { name: '한국어' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '서버' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'ko');
  await expect(page).toHaveURL(/servers\?search=web/);
  await page.reload();
  await expect(page.getByRole('heading', { level: 1, name: '서버' })).toBeVisible();
  await page.getByRole('button', { name: 'English' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Servers' })).toBeVisible();
});

test('the theme changes on the page one is on, stays, and follows the system when asked to', async ({ ns, page }) => {
  await visit(page, `/ns/${ns}/servers?search=web`, 'Servers');
  const scheme = page.locator('html');
  await page.getByRole('button', { name: 'Theme' }).click();
  await page.getByRole('menuitemradio', { name: 'Dark' }).click();
  await expect(scheme).toHaveAttribute('data-mantine-color-scheme', 'dark');
  await expect(page).toHaveURL(/servers\?search=web/);
  await page.reload();
  await expect(scheme).toHaveAttribute('data-mantine-color-scheme', 'dark');
  await page.getByRole('button', { name: 'Theme' }).click();
  await page.getByRole('menuitemradio', { name: 'As the system' }).click();
  await page.emulateMedia({ colorScheme: 'light' });
  await expect(scheme).toHaveAttribute('data-mantine-color-scheme', 'light');
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect(scheme).toHaveAttribute('data-mantine-color-scheme', 'dark');
});

test('on a phone: the menu at the bottom leads everywhere', async ({ ns, open }) => {
  const page = await open({ browser: { viewport: { width: 360, height: 740 }, hasTouch: true } });
  await visit(page, `/ns/${ns}`, 'Dashboard');
  const menu = page.getByRole('navigation', { name: 'Main, short' });
  await menu.getByRole('link', { name: 'Servers' }).tap();
  await expect(page.getByRole('heading', { level: 1, name: 'Servers' })).toBeVisible();
  await menu.getByRole('button', { name: 'More' }).tap();
  await page.getByRole('dialog').getByRole('link', { name: 'Cloud connections' }).tap();
  await expect(page.getByRole('heading', { level: 1, name: 'Cloud connections' })).toBeVisible();
  await expect(page.getByRole('dialog')).toBeHidden();
});

test('the whole menu is reached and used by keyboard', async ({ ns, page }) => {
  await visit(page, `/ns/${ns}`, 'Dashboard');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
  await page
    .getByRole('navigation', { name: 'Main', exact: true })
    .getByRole('link', { name: 'MCIS', exact: true })
    .focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'MCIS' })).toBeFocused();
});
