import { describeError } from './describe-error.ts';
import i18next from 'i18next';

/** Where notices are drawn; loaded with the first one. */
const host = () => import('./NoticesHost.tsx');

let mount: () => void = () => undefined;

/** The frame tells how its notice host is put on the page. */
export function onFirstNotice(handler: () => void): void {
  mount = handler;
}

/** The result of one's own action that the page does not show; gone after 6 s. Never for background events. */
export async function notifyDone(text: string): Promise<void> {
  mount();
  (await host()).showDone(text);
}

/** A failed action; stays until closed and carries the request id. */
export async function notifyError(error: unknown): Promise<void> {
  mount();
  (await host()).showError(describeError(error, i18next.t));
}
