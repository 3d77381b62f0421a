import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';

/** A drawer kept in the URL as `?drawer=name` or `?drawer=name:value`; one is open at a time. */
export interface DrawerState {
  isOpen: boolean;
  /** What it shows, such as a task's id. */
  value: string | undefined;
  open: (value?: string) => void;
  close: () => void;
}

/** @example const drawer = useDrawer('credential'); drawer.open('aws-main'); */
export function useDrawer(name: string): DrawerState {
  const search: { drawer?: string } = useSearch({ strict: false });
  const navigate = useNavigate();
  const isOpen = search.drawer === name || search.drawer?.startsWith(`${name}:`) === true;
  const set = useCallback(
    (drawer: string | undefined) =>
      void navigate({ to: '.', search: (previous) => ({ ...previous, drawer }), replace: true, resetScroll: false }),
    [navigate],
  );
  return {
    isOpen,
    value: isOpen ? search.drawer?.slice(name.length + 1) || undefined : undefined,
    open: useCallback((value?: string) => set(value ? `${name}:${value}` : name), [set, name]),
    close: useCallback(() => set(undefined), [set]),
  };
}
