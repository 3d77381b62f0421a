import { useEffect, useRef } from 'react';
import type { TableSource } from './table-source.ts';

const firstMs = 300;
const betweenMs = 2000;

/**
 * Loads a list again when changes are pending that can not be shown in place: 300 ms after the first, then every 2 s at most.
 * `hold` keeps it from moving rows under somebody's hand.
 */
export function useAutoRefresh<Row>(
  { pending, refresh }: Pick<TableSource<Row>, 'pending' | 'refresh'>,
  hold = false,
): void {
  const last = useRef(0);
  const isDue = !hold && pending.added + pending.changed > 0;
  useEffect(() => {
    if (!isDue) return;
    const wait = Math.max(firstMs, last.current + betweenMs - Date.now());
    const timer = setTimeout(() => {
      last.current = Date.now();
      void refresh();
    }, wait);
    return () => clearTimeout(timer);
  }, [isDue, refresh]);
}
