import { useSyncExternalStore } from 'react';
import { useFormat } from './format.ts';

const listeners = new Set<() => void>();
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;
const tickMs = 10_000;

/** One clock for all relative times on the page. */
function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    now = Date.now();
    listeners.forEach((tell) => tell());
  }, tickMs);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** "6 min ago" under one hour, then the time itself; everything on hover. Never in the future. */
export function RelativeTime({ at }: { at: string | undefined }) {
  const format = useFormat();
  useSyncExternalStore(subscribe, () => now);
  if (at === undefined) return <span className="dim3">–</span>;
  return (
    <time dateTime={at} title={format.full(at)}>
      {format.ago(at)}
    </time>
  );
}
