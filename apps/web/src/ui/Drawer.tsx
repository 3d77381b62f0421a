import { useFocusTrap, useMediaQuery } from '@mantine/hooks';
import { IconX } from '@tabler/icons-react';
import { use, useEffect, useId, useRef } from 'react';
import type { ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { IconButton } from './Button.tsx';
import { DrawerSlot } from './drawer-slot.ts';
import classes from './Drawer.module.css';

interface DrawerProps {
  title: ReactNode;
  /** Before the title: a status mark, a provider badge. */
  mark?: ReactNode;
  /** Icon buttons before the close button. */
  actions?: ReactNode;
  /** Buttons that stay in sight below the scrolling content. */
  foot?: ReactNode;
  onClose: () => void;
  children: ReactNode;
}

/**
 * 400 px beside the page from 1200 px up (the page narrows, both stay usable), over the page below that, a bottom sheet on
 * phones. Render it while it is open; `useDrawer` keeps that in the URL. Escape closes; the focus returns where it was.
 */
export function Drawer({ title, mark, actions, foot, onClose, children }: DrawerProps) {
  const { t } = useTranslation();
  const slot = use(DrawerSlot);
  const titleId = useId();
  const isDocked = useMediaQuery('(min-width: 1200px)', true, { getInitialValueInEffect: false });
  const trap = useFocusTrap(!isDocked);
  const panel = useRef<HTMLElement | null>(null);
  useFocusVisit(panel, slot !== null);
  useEscape(panel, onClose);
  if (!slot) return null;
  return createPortal(
    <>
      {!isDocked && <div className={classes.backdrop} onClick={onClose} />}
      <section
        ref={(element) => {
          panel.current = element;
          trap(element);
        }}
        className={classes.drawer}
        tabIndex={-1}
        aria-labelledby={titleId}
        {...(isDocked ? { role: 'region' } : { role: 'dialog', 'aria-modal': true })}
      >
        <div className={classes.header}>
          {mark}
          <h2 id={titleId} className="ellipsis">
            {title}
          </h2>
          <span className="spacer" />
          {actions}
          <IconButton label={t('action.close')} icon={<IconX size={16} stroke={1.6} />} onClick={onClose} />
        </div>
        <div className={classes.body} tabIndex={0} role="group" aria-labelledby={titleId}>
          {children}
        </div>
        {foot && <div className={classes.footer}>{foot}</div>}
      </section>
    </>,
    slot,
  );
}

/** Takes the focus on opening and gives it back on closing. */
function useFocusVisit(panel: { current: HTMLElement | null }, isShown: boolean): void {
  useEffect(() => {
    if (!isShown) return;
    const before = document.activeElement;
    if (!panel.current?.contains(before)) panel.current?.focus({ preventScroll: true });
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, [panel, isShown]);
}

function useEscape(panel: { current: HTMLElement | null }, onClose: () => void): void {
  const close = useRef(onClose);
  useEffect(() => {
    close.current = onClose;
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      // Something above (a menu, a dialog, a field) may have used this Escape already.
      const isMine = panel.current?.contains(document.activeElement) || document.activeElement === document.body;
      if (event.key === 'Escape' && !event.defaultPrevented && isMine) close.current();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, [panel]);
}
