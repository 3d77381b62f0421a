import type { Page } from '@playwright/test';

/** What a page must never do, collected while it is used. */
export type Watch = {
  problems: string[];
  /** From now on a problem like this one is part of the test. */
  allow: (problem: RegExp) => void;
};

/** Listens for console errors, exceptions, failures of the server and requests to another origin. */
export function watchPage(page: Page, url: string): Watch {
  const problems: string[] = [];
  const allowed: RegExp[] = [];
  const origin = new URL(url).origin;
  const report = (problem: string) => {
    if (!allowed.some((pattern) => pattern.test(problem))) problems.push(`${problem} (on ${page.url()})`);
  };
  page.on('pageerror', (error) => report(`exception: ${error.stack ?? error.message}`));
  page.on('console', (message) => {
    // The browser writes every refusal (401, 404, 409) to the console by itself.
    if (/^Failed to load resource: the server responded with a status of 4\d\d/.test(message.text())) return;
    if (message.type() === 'error' || /Content Security Policy/i.test(message.text()))
      report(`console: ${message.text()} ${message.location().url}`);
  });
  page.on('request', (request) => {
    if (/^(data|blob|about):/.test(request.url())) return;
    if (new URL(request.url()).origin !== origin) report(`request to another origin: ${request.url()}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 500) report(`answer ${String(response.status())}: ${response.url()}`);
  });
  return { problems, allow: (problem) => allowed.push(problem) };
}
