import { lazy, Suspense, useCallback, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { notifyError } from '../notices.ts';
import { newIdempotencyKey } from '../query.ts';
import { sendIntent, toConfirmation } from './intent.ts';
import type { Intent } from './intent.ts';

const LifecycleDialog = lazy(async () => ({ default: (await import('./LifecycleDialog.tsx')).LifecycleDialog }));

export interface Lifecycle {
  /** Asks where it has to be asked, then sends; `onSent` follows success. */
  run: (intent: Intent, onSent?: () => void) => void;
  /** Put it into the page. */
  dialog: ReactNode;
}

interface Open {
  intent: Intent;
  key: string;
  onSent: (() => void) | undefined;
}

/** Suspend, resume, reboot, terminate, delete and retry, with the dialogs that belong to them. */
export function useLifecycle(ns: string): Lifecycle {
  const [open, setOpen] = useState<Open>();
  const sending = useRef(new Set<string>());

  const run = useCallback(
    (intent: Intent, onSent?: () => void) => {
      const key = newIdempotencyKey();
      if (toConfirmation(intent).needed) return setOpen({ intent, key, onSent });
      // A double click is one wish.
      const wish = wishOf(intent);
      if (sending.current.has(wish)) return;
      sending.current.add(wish);
      sendIntent(ns, intent, key)
        .then(() => onSent?.(), notifyError)
        .finally(() => sending.current.delete(wish));
    },
    [ns],
  );
  const dialog = open && (
    <Suspense>
      <LifecycleDialog
        ns={ns}
        intent={open.intent}
        onConfirm={async () => {
          await sendIntent(ns, open.intent, open.key);
          open.onSent?.();
        }}
        onClose={() => setOpen(undefined)}
      />
    </Suspense>
  );
  return { run, dialog };
}

function wishOf(intent: Intent): string {
  switch (intent.kind) {
    case 'nodes':
      return `${intent.action} ${intent.nodes.map(({ id }) => id).join(' ')}`;
    case 'infras':
      return `${intent.action} ${intent.infras.map(({ id }) => id).join(' ')}`;
    case 'group':
      return `${intent.action} ${intent.group.id}`;
    case 'infra':
      return `${intent.action} ${intent.infra.id}`;
    case 'delete':
      return `delete ${intent.infra.id}`;
    case 'retry':
      return `retry ${intent.operation.id}`;
  }
}
