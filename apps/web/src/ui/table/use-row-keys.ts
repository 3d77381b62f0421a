import { useState } from 'react';
import type { KeyboardEvent } from 'react';

interface RowKeyOptions {
  count: number;
  /** Rows of one screen, for Page Up and Page Down. */
  page: number;
  reveal: (index: number) => void;
  onSelect: (index: number, range: boolean) => void;
  onOpen: (index: number) => void;
  /** Escape; says whether there was something to clear. */
  onClear: () => boolean;
}

/** Keys of a table: arrows, Page, Home, End move; space selects (with Shift a range); Enter opens; `.` opens the row's actions. */
export function useRowKeys({ count, page, reveal, onSelect, onOpen, onClear }: RowKeyOptions) {
  const [active, setActive] = useState(0);
  const steps: Record<string, number> = {
    ArrowDown: 1,
    ArrowUp: -1,
    PageDown: page,
    PageUp: -page,
    Home: -count,
    End: count,
  };
  const go = (index: number) => {
    const next = Math.min(count - 1, Math.max(0, index));
    setActive(next);
    reveal(next);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const target = event.target as HTMLElement; // key events come from elements
    const onRow = target.tagName === 'TR' || target === event.currentTarget;
    if (event.key === 'Escape' && onClear()) return event.stopPropagation();
    if (!onRow || event.ctrlKey || event.metaKey || event.altKey || count === 0) return;
    const step = steps[event.key];
    if (step !== undefined) go(active + step);
    else if (event.key === ' ') onSelect(active, event.shiftKey);
    else if (event.key === 'Enter') onOpen(active);
    else if (event.key === '.') target.querySelector<HTMLElement>('[aria-haspopup]')?.click();
    else return;
    event.preventDefault();
  };
  return { active: Math.min(active, Math.max(0, count - 1)), setActive, onKeyDown };
}
