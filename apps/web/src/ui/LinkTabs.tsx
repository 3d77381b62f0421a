import { Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import type { ReactNode } from 'react';
import classes from './Controls.module.css';

interface LinkTabsProps {
  /** Accessible name of the group. */
  label: string;
  /** The one shown; the first tab has the plain address. */
  current: string;
  tabs: { key: string; label: ReactNode; count?: number }[];
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

/** Tabs as links of the same page (`?tab=`); `[` and `]` go to the neighbour. */
export function LinkTabs({ label, current, tabs }: LinkTabsProps) {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const step = event.key === '[' ? -1 : event.key === ']' ? 1 : 0;
      if (step === 0 || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      const next = tabs[tabs.findIndex(({ key }) => key === current) + step];
      if (next) document.getElementById(`tab-${next.key}`)?.click();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, [tabs, current]);
  return (
    <nav className={classes.tabs} aria-label={label}>
      {tabs.map((tab, index) => (
        <Link
          key={tab.key}
          id={`tab-${tab.key}`}
          to="."
          search={(previous) => ({
            ...(previous.drawer === undefined ? {} : { drawer: previous.drawer }),
            ...(index === 0 ? {} : { tab: tab.key }),
          })}
          resetScroll={false}
          aria-current={tab.key === current ? 'page' : undefined}
          activeOptions={{ exact: true, explicitUndefined: false }}
        >
          {tab.label}
          {tab.count !== undefined && <span className={classes.tabCount}>{tab.count}</span>}
        </Link>
      ))}
    </nav>
  );
}
