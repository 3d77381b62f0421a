import type { QueryClient } from '@tanstack/react-query';
import type { ChangeEvent } from '@waterstrider/contract';
import { useSyncExternalStore } from 'react';
import { reportSessionLost, urlOf } from './api.ts';
import { readEventStream } from './event-stream.ts';
import type { StreamMessage } from './event-stream.ts';
import { applyChange } from './live-patch.ts';

/** `off`: nobody listens (hidden tab, signed out). */
export type LiveState = 'off' | 'connecting' | 'live' | 'reconnecting' | 'stale';

export interface LiveStatus {
  state: LiveState;
  /** When anything (a heartbeat too) was last heard, milliseconds. */
  heardAt: number | undefined;
}

const reconnectingAfterMs = 15_000;
const staleAfterMs = 30_000;
const longestWaitMs = 10_000;

let status: LiveStatus = { state: 'off', heardAt: undefined };
const listeners = new Set<() => void>();

function setStatus(next: LiveStatus): void {
  if (next.state === status.state && next.heardAt === status.heardAt) return;
  status = next;
  listeners.forEach((listener) => listener());
}

/** How long silence may last: the state shown beside the title. */
export function stateAfter(silenceMs: number): LiveState {
  if (silenceMs >= staleAfterMs) return 'stale';
  return silenceMs >= reconnectingAfterMs ? 'reconnecting' : 'live';
}

/** State of the event stream, as a hook. */
export const useLiveStatus = (): LiveStatus =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => status,
  );

/**
 * Listens for changes of a namespace (of all one may see without `ns`) and puts them into the cache.
 * Closed while the tab is hidden, resumed from the last event when it shows again. Call the result to stop.
 */
export function startLive(client: QueryClient, ns: string | undefined): () => void {
  let stream: AbortController | undefined;
  let lastEventId: string | undefined;
  let startedAt = 0;
  let attempt = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const heard = (): void => setStatus({ state: 'live', heardAt: Date.now() });
  const receive = (message: StreamMessage): void => {
    heard();
    if (message.id) lastEventId = message.id;
    if (message.event === 'change') applyChange(client, JSON.parse(message.data) as ChangeEvent); // the contract's event
    if (message.event === 'reset') void client.invalidateQueries();
  };
  const again = (wait: number): void => {
    timer = setTimeout(() => void open(), wait);
  };
  const open = async (): Promise<void> => {
    const mine = new AbortController();
    stream = mine;
    const isFirst = lastEventId === undefined;
    startedAt = Date.now();
    try {
      const code = await readEventStream(urlOf('streamEvents', { query: { ns } }), {
        lastEventId,
        signal: mine.signal,
        onMessage: receive,
        onOpen: () => {
          attempt = 0;
          heard();
          // Without an id to resume from, answers loaded before the stream may have missed a change.
          if (isFirst)
            void client.invalidateQueries({
              predicate: ({ state }) => state.data !== undefined && state.dataUpdatedAt < startedAt,
            });
        },
      });
      if (code === 401) return reportSessionLost();
      if (code === 404 || code === 403) attempt = Math.max(attempt, 5);
    } catch {
      // A broken stream is opened again below; the mark beside the title says so after 15 s of silence.
      if (mine.signal.aborted) return;
    }
    if (mine.signal.aborted) return;
    attempt += 1;
    again(Math.min(longestWaitMs, 500 * 2 ** attempt) * (0.75 + Math.random() / 2));
  };
  const close = (): void => {
    clearTimeout(timer);
    stream?.abort();
    stream = undefined;
  };
  const follow = (): void => {
    if (document.hidden) {
      close();
      setStatus({ ...status, state: 'off' });
    } else if (!stream) {
      setStatus({ ...status, state: 'connecting' });
      void open();
    }
  };
  const watch = setInterval(() => {
    if (status.heardAt === undefined || !stream) return;
    setStatus({ ...status, state: stateAfter(Date.now() - status.heardAt) });
  }, 1000);

  document.addEventListener('visibilitychange', follow);
  follow();
  return () => {
    document.removeEventListener('visibilitychange', follow);
    clearInterval(watch);
    close();
    setStatus({ state: 'off', heardAt: undefined });
  };
}
