import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';

/** Opens a page and waits until its title stands. */
export async function visit(page: Page, path: string, title?: string | RegExp): Promise<void> {
  await page.goto(path);
  await expect(page.getByRole('heading', { level: 1, ...(title === undefined ? {} : { name: title }) })).toBeVisible();
}

/** The row of a table that carries a name. */
export const rowOf = (page: Page, name: string | RegExp): Locator =>
  page.getByRole('row').filter({ has: page.getByRole('gridcell', { name }).or(page.getByRole('cell', { name })) });

/** Chooses an entry of the menu of an object. */
export async function choose(page: Page, object: string, action: string | RegExp): Promise<void> {
  await page.getByRole('button', { name: `Actions for ${object}`, exact: true }).click();
  // What can not be done carries its reason in its name.
  const exact = typeof action === 'string';
  await page.getByRole('menuitem', { name: action, exact }).click();
}

/** Types the asked name into the open dialog and presses its last button. */
export async function confirmTyped(page: Page, typed: string, button: string | RegExp): Promise<void> {
  const dialog = page.getByRole('dialog');
  const confirm = dialog.getByRole('button', { name: button });
  await expect(confirm).toHaveAttribute('aria-disabled', 'true');
  await dialog.getByRole('textbox').fill(typed);
  await confirm.click();
  await expect(dialog).toBeHidden();
}

/** Signs in through the page, as a person does. */
export async function signIn(page: Page, username: string, password: string): Promise<void> {
  await page.getByLabel('User name').fill(username);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}
