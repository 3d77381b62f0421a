import { IconSearch, IconX } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { KeyboardEvent as ReactKeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './Controls.module.css';

interface SearchInputProps {
  /** What can be searched, as accessible name: "Search servers". */
  label: string;
  /** "Name, IP, label". */
  placeholder?: string;
  value: string;
  /** Called 250 ms after the last key. */
  onChange: (text: string) => void;
}

const waitMs = 250;

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

/** Search of a list; `/` anywhere on the page focuses it, Escape empties it. */
export function SearchInput({ label, placeholder = label, value, onChange }: SearchInputProps) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState<string>();
  const text = typed ?? value;

  useEffect(() => {
    if (typed === undefined) return;
    const timer = setTimeout(() => {
      if (typed !== value) onChange(typed);
      setTyped(undefined);
    }, waitMs);
    return () => clearTimeout(timer);
  }, [typed, value, onChange]);

  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || isTyping(event.target)) return;
      event.preventDefault();
      input.current?.focus();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);

  const escape = (event: ReactKeyboardEvent) => {
    if (event.key !== 'Escape' || text === '') return;
    event.preventDefault();
    event.stopPropagation();
    setTyped('');
  };
  return (
    <span className={classes.search} role="search">
      <IconSearch size={14} stroke={1.6} aria-hidden="true" />
      <input
        ref={input}
        type="search"
        aria-label={label}
        placeholder={placeholder}
        value={text}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={escape}
      />
      {text !== '' && (
        <button type="button" className={classes.remove} aria-label={t('search.clear')} onClick={() => setTyped('')}>
          <IconX size={12} aria-hidden="true" />
        </button>
      )}
    </span>
  );
}
