import { Popover } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { KeyboardEvent, MouseEvent, ReactNode } from 'react';
import type { Action } from './action.ts';
import classes from './Menu.module.css';

export interface MenuEntry extends Action {
  /** For one of several: whether it is the one. */
  checked?: boolean;
}

/** What the button of a menu must carry. */
export interface MenuControl {
  'aria-haspopup': 'menu';
  'aria-expanded': boolean;
  onClick: (event: MouseEvent) => void;
}

interface MenuProps {
  /** Accessible name of the menu. */
  label: string;
  /** A line above the entries. */
  title?: string;
  /** Groups are parted by a line; empty ones are left out. */
  groups: MenuEntry[][];
  target: (control: MenuControl) => ReactNode;
}

/** A menu that opens from a button: arrows, Home and End move, Enter chooses, Escape and Tab close and give the focus back. */
export function Menu({ label, title, groups, target }: MenuProps) {
  const [opened, setOpened] = useState(false);
  const filled = groups.filter((group) => group.length > 0);
  const control: MenuControl = {
    'aria-haspopup': 'menu',
    'aria-expanded': opened,
    onClick: (event) => {
      event.stopPropagation();
      setOpened(!opened);
    },
  };
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" returnFocus withRoles={false}>
      <Popover.Target>{target(control)}</Popover.Target>
      <Popover.Dropdown onClick={(event) => event.stopPropagation()}>
        <Entries label={label} title={title} groups={filled} onDone={() => setOpened(false)} />
      </Popover.Dropdown>
    </Popover>
  );
}

interface EntriesProps {
  label: string;
  title: string | undefined;
  groups: MenuEntry[][];
  onDone: () => void;
}

function Entries({ label, title, groups, onDone }: EntriesProps) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // The dropdown gets its place in the next frame; focusing before would scroll the page.
    const frame = requestAnimationFrame(() => list.current?.querySelector('button')?.focus({ preventScroll: true }));
    return () => cancelAnimationFrame(frame);
  }, []);
  const move = (event: KeyboardEvent) => {
    const items = [...(list.current?.querySelectorAll('button') ?? [])];
    const at = items.findIndex((item) => item === document.activeElement);
    const places: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 };
    const place = places[event.key];
    if (event.key === 'Tab') onDone();
    if (place === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    items.at(place % Math.max(1, items.length))?.focus();
  };
  return (
    <div ref={list} role="menu" aria-label={label} className={classes.menu} tabIndex={-1} onKeyDown={move}>
      {title && (
        <div className={classes.title} role="presentation">
          {title}
        </div>
      )}
      {groups.map((group, index) => [
        index > 0 && <div key={`line-${index}`} role="separator" className={classes.divider} />,
        ...group.map((entry) => <Entry key={entry.key} entry={entry} onDone={onDone} />),
      ])}
    </div>
  );
}

function Entry({ entry, onDone }: { entry: MenuEntry; onDone: () => void }) {
  const { label, icon, onSelect, danger, reason, busy, checked } = entry;
  const off = reason !== undefined || busy === true;
  const choose = () => {
    if (off) return;
    onDone();
    onSelect();
  };
  return (
    <button
      type="button"
      role={checked === undefined ? 'menuitem' : 'menuitemradio'}
      aria-checked={checked}
      aria-disabled={off || undefined}
      tabIndex={-1}
      className={`${classes.item} ${danger && !off ? classes.danger : ''}`}
      onClick={choose}
    >
      {icon}
      <span>
        {label}
        {reason && <span className={classes.reason}>{reason}</span>}
      </span>
      {checked && <IconCheck size={14} aria-hidden="true" />}
    </button>
  );
}
