import { setTimeout as wait } from 'node:timers/promises';

/** Holds calls back so that an upstream's limit is kept: first come, first served. */
export type RequestBudget = {
  /** Returns when the next call may be sent. Rejects with the signal's reason when that ends first. */
  take(signal?: AbortSignal): Promise<void>;
  /** Nothing is let through for so long; then one at a time again, without a burst. For a 429. */
  pause(durationMs: number): void;
};

export type RequestBudgetOptions = {
  perSecond: number;
  /** How many may go at once after a quiet time. */
  burst: number;
  /** Milliseconds of a clock that never goes back. */
  now?: () => number;
  sleep?: (durationMs: number) => Promise<unknown>;
};

export function createRequestBudget(options: RequestBudgetOptions): RequestBudget {
  const { perSecond, burst } = options;
  const now = options.now ?? (() => performance.now());
  const sleep = options.sleep ?? ((durationMs) => wait(durationMs, undefined, { ref: false }));
  const waiting: (() => void)[] = [];
  let tokens = burst;
  /** Up to when `tokens` is counted; ahead of now during a pause. */
  let countedAt = now();
  let isPumping = false;

  function msToNextToken(): number {
    const at = now();
    if (at < countedAt) return countedAt - at;
    tokens = Math.min(burst, tokens + ((at - countedAt) / 1000) * perSecond);
    countedAt = at;
    return tokens >= 1 ? 0 : Math.ceil(((1 - tokens) / perSecond) * 1000);
  }

  async function pump(): Promise<void> {
    if (isPumping) return;
    isPumping = true;
    while (waiting.length > 0) {
      const waitMs = msToNextToken();
      if (waitMs > 0) {
        await sleep(waitMs);
        continue;
      }
      tokens -= 1;
      waiting.shift()?.();
    }
    isPumping = false;
  }

  return {
    take: (signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        const onAbort = (): void => {
          waiting.splice(waiting.indexOf(grant), 1);
          reject(signal?.reason);
        };
        const grant = (): void => {
          signal?.removeEventListener('abort', onAbort);
          resolve();
        };
        signal?.addEventListener('abort', onAbort, { once: true });
        waiting.push(grant);
        void pump();
      }),
    pause(durationMs) {
      countedAt = Math.max(countedAt, now() + durationMs);
      tokens = 1;
    },
  };
}
