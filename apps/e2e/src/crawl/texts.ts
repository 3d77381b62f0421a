import type { Page } from '@playwright/test';
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const folder = resolve(import.meta.dirname, '../../../web/src/locales/en');

/** Groups of the locale files: `column` of `column.name`. A key that was not found is shown as it is. */
const groups = readdirSync(folder).flatMap((file) => {
  const texts = JSON.parse(readFileSync(resolve(folder, file), 'utf8')) as Record<string, unknown>; // our own file
  return Object.entries(texts).flatMap(([key, value]) => (typeof value === 'object' ? [key] : []));
});
const keyPattern = new RegExp(`(?:^|[\\s:(])(?:${[...new Set(groups)].join('|')})\\.[A-Za-z]\\w*(?:\\.\\w+)*`);
const placeholderPattern = /\{\{.*\}\}/;

/** Every text in sight, with those for screen readers, but without code and the clouds' own English words. */
const readTexts = `(() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const texts = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const owner = node.parentElement;
    if (!owner || owner.closest('code, pre, textarea, script, style, .mono, [lang="en"]:not(html)')) continue;
    const text = node.textContent.trim();
    if (text !== '' && owner.getClientRects().length > 0) texts.push(text);
  }
  for (const element of document.querySelectorAll('[aria-label], [placeholder], [title]')) {
    if (element.closest('[lang="en"]:not(html)')) continue;
    for (const name of ['aria-label', 'placeholder', 'title']) texts.push(element.getAttribute(name) ?? '');
  }
  return texts;
})()`;

/** Texts that show the name of a translation instead of the translation. */
export async function findKeys(page: Page): Promise<string[]> {
  const texts = await page.evaluate<string[]>(readTexts);
  return texts.filter((text) => keyPattern.test(text) || placeholderPattern.test(text));
}
