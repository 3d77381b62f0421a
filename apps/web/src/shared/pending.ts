import { useSyncExternalStore } from 'react';

/** Changes that a list can not show in place: new rows, and rows that belong elsewhere in its order or out of its filter. */
export interface Pending {
  added: number;
  changed: number;
}

const none: Pending = { added: 0, changed: 0 };
type Known = { added: number; changed: Set<string>; shown: Pending };
const pendings = new Map<string, Known>();
const listeners = new Set<() => void>();

const tell = (): void => listeners.forEach((listener) => listener());

/** Adds to what is pending for a list (by its query hash); a row that changes again counts once. */
export function addPending(hash: string, added: number, changed: Iterable<string>): void {
  const known = pendings.get(hash);
  const ids = new Set([...(known?.changed ?? []), ...changed]);
  const shown = { added: (known?.added ?? 0) + added, changed: ids.size };
  if (shown.added === 0 && shown.changed === 0) return;
  pendings.set(hash, { added: shown.added, changed: ids, shown });
  tell();
}

/** Forgets what was pending, because the list was loaded again. */
export function clearPending(hash: string): void {
  if (pendings.delete(hash)) tell();
}

export const pendingOf = (hash: string): Pending => pendings.get(hash)?.shown ?? none;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** What is pending for a list, as a hook. */
export const usePending = (hash: string): Pending => useSyncExternalStore(subscribe, () => pendingOf(hash));
