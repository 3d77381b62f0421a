import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa'];

type Finding = { id: string; help: string; nodes: { target: string[]; html: string; failureSummary: string }[] };

/** What axe finds against WCAG 2.0, 2.1 and 2.2, levels A and AA. */
export async function findBarriers(page: Page): Promise<string[]> {
  // Evaluated by the debugger, as the page's own policy lets no foreign script in.
  await page.evaluate(`window.axe ?? (() => { ${source} })()`);
  const findings = await page.evaluate<Finding[]>(
    `axe.run(document, { runOnly: ${JSON.stringify(tags)}, resultTypes: ['violations'] }).then((found) =>
      found.violations.map(({ id, help, nodes }) => ({ id, help,
        nodes: nodes.map(({ target, html, failureSummary }) => ({ target, html, failureSummary })) })))`,
  );
  return findings.map(({ id, help, nodes }) => {
    const shown = nodes
      .slice(0, 4)
      .map(
        (node) =>
          `  ${node.target.join(' ')}\n    ${node.html.slice(0, 300)}\n    ${node.failureSummary.replace(/\n\s*/g, ' ')}`,
      );
    return [`${id}: ${help} (${String(nodes.length)})`, ...shown].join('\n');
  });
}

/** Fails with every barrier that axe finds on the page as it is now; the story goes on to its end. */
export async function expectAccessible(page: Page): Promise<void> {
  expect.soft(await findBarriers(page), `axe on ${page.url()}`).toEqual([]);
}
