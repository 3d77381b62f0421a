import type { Clock, DriverLimits } from '../ports/index.ts';
import { CloudError } from '../ports/index.ts';

const breakAfter = 5;
const longestPauseMs = 30_000;

/**
 * Keeps the calls of one connection within the cloud's limits: a token bucket, a bound on calls in flight, a pause for everybody
 * when the cloud throttles or does not answer.
 */
export class CallGate {
  private readonly limits: DriverLimits;
  private readonly clock: Clock;
  private tokens: number;
  private filledAt: number;
  private pausedUntil = 0;
  private inFlight = 0;
  private unanswered = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(limits: DriverLimits, clock: Clock) {
    this.limits = limits;
    this.clock = clock;
    this.tokens = limits.requestsPerSecond;
    this.filledAt = clock.now().getTime();
  }

  /** False while the cloud does not answer. */
  get isReachable(): boolean {
    return this.unanswered < breakAfter;
  }

  /** Waits for its turn, calls, and learns from the outcome. */
  async call<T>(run: () => Promise<T>, signal: AbortSignal): Promise<T> {
    await this.enter(signal);
    try {
      const result = await run();
      this.unanswered = 0;
      return result;
    } catch (error) {
      this.learn(error);
      throw error;
    } finally {
      this.leave();
    }
  }

  private async enter(signal: AbortSignal): Promise<void> {
    while (this.inFlight >= this.limits.concurrentRequests)
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    this.inFlight += 1;
    try {
      for (let wait = this.waitMs(); wait > 0; wait = this.waitMs()) await this.clock.sleep(wait, signal);
      signal.throwIfAborted();
    } catch (error) {
      this.leave();
      throw error;
    }
  }

  private leave(): void {
    this.inFlight -= 1;
    this.waiting.shift()?.();
  }

  /** Takes a token, or says how long until one may be there. */
  private waitMs(): number {
    const now = this.clock.now().getTime();
    if (now < this.pausedUntil) return this.pausedUntil - now;
    const { requestsPerSecond } = this.limits;
    this.tokens = Math.min(
      Math.max(1, requestsPerSecond),
      this.tokens + ((now - this.filledAt) / 1000) * requestsPerSecond,
    );
    this.filledAt = now;
    if (this.tokens >= 1) {
      this.tokens -= 1;
      return 0;
    }
    return Math.ceil(((1 - this.tokens) / requestsPerSecond) * 1000);
  }

  private learn(error: unknown): void {
    if (!(error instanceof CloudError)) return;
    const now = this.clock.now().getTime();
    if (error.kind === 'throttled') {
      const pause = error.retryAfterMs ?? this.limits.pollIntervalMs * (0.5 + Math.random());
      this.pausedUntil = Math.max(this.pausedUntil, now + Math.min(pause, longestPauseMs));
    }
    if (error.kind !== 'unreachable') {
      this.unanswered = 0;
      return;
    }
    this.unanswered += 1;
    if (this.unanswered < breakAfter) return;
    const pause = this.limits.pollIntervalMs * 2 ** Math.min(this.unanswered - breakAfter, 6);
    this.pausedUntil = now + Math.min(pause, longestPauseMs);
  }
}
