/** A token bucket. */
export type RateLimit = {
  /** Milliseconds to wait; 0: the call may go on. */
  take(): number;
};

/** `burst` calls at once, then `perSecond`. `now` in milliseconds. */
export const createRateLimit = (
  perSecond: number,
  burst: number,
  now: () => number = () => performance.now(),
): RateLimit => {
  let tokens = burst;
  let filledAt = now();
  return {
    take: () => {
      const at = now();
      tokens = Math.min(burst, tokens + ((at - filledAt) / 1000) * perSecond);
      filledAt = at;
      if (tokens >= 1) {
        tokens -= 1;
        return 0;
      }
      return Math.max(1, Math.ceil(((1 - tokens) / perSecond) * 1000));
    },
  };
};
