import { IconX } from '@tabler/icons-react';
import { useEffect, useId, useRef } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from './Button.tsx';
import classes from './Dialog.module.css';

interface DialogProps {
  /** Verb and object. */
  title: string;
  onClose: () => void;
  children: ReactNode;
}

/**
 * 440 px over the page, for confirming and short naming only; render it while it is open. The browser's own dialog keeps
 * the focus inside and gives it back; Escape closes. Mark the control that gets the focus first with `data-autofocus`.
 */
export function Dialog({ title, onClose, children }: DialogProps) {
  const { t } = useTranslation();
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    const before = document.activeElement;
    if (element && !element.open) {
      element.showModal();
      element.querySelector<HTMLElement>('[data-autofocus]')?.focus();
    }
    return () => {
      element?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      className={classes.dialog}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onKeyDown={(event) => event.stopPropagation()}
    >
      <header className={classes.header}>
        <h2 id={id}>{title}</h2>
        <IconButton label={t('action.close')} icon={<IconX size={16} stroke={1.6} />} onClick={onClose} />
      </header>
      <div className={classes.body}>{children}</div>
    </dialog>
  );
}
