import { refusedAccount } from './credential.ts';
import { complain, noAnswer, toCloudError, unreachable } from './errors.ts';
import type { FaultBook } from './faults.ts';
import type { ProviderFacts } from './providers.ts';
import { sampleDurationMs, type Random } from './random.ts';
import type { RateLimit } from './rate-limit.ts';
import type { Place } from './world/world.ts';

/** Waits, or throws what `onAbort` makes when the caller gives up. Below half a millisecond a timer would only lie. */
export const wait = (milliseconds: number, signal: AbortSignal | undefined, onAbort: () => Error): Promise<void> => {
  if (signal?.aborted) return Promise.reject(onAbort());
  if (milliseconds < 0.5) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const abort = (): void => {
      clearTimeout(timer);
      reject(onAbort());
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', abort);
      resolve();
    }, milliseconds);
    signal?.addEventListener('abort', abort, { once: true });
  });
};

/** The work's result, or what `onAbort` makes when the caller gives up first; the work itself goes on, as it would in a cloud. */
const untilAbort = <Result>(work: Promise<Result>, signal: AbortSignal | undefined, onAbort: () => Error) => {
  if (!signal) return work;
  return new Promise<Result>((resolve, reject) => {
    const abort = (): void => reject(onAbort());
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
};

export type CallOptions = { isChange: boolean; signal: AbortSignal | undefined };
/** Sends one API call: there (limits, latency, faults), the work, and the answer back (latency, lost answers). */
export type Call = <Result>(options: CallOptions, work: () => Promise<Result>) => Promise<Result>;

export type CallContext = {
  facts: ProviderFacts;
  place: Place;
  speed: number;
  faults: FaultBook;
  random: Random;
  rateLimit: RateLimit;
};

export const createCall = ({ facts, place, speed, faults, random, rateLimit }: CallContext): Call => {
  const { vocabulary } = facts;

  const admit = (): void => {
    if (!facts.regions.some(({ region }) => region === place.region))
      throw complain(vocabulary, 'noRegion', { thing: place.region });
    if (place.account === refusedAccount) throw complain(vocabulary, 'auth');
    const retryAfterMs = rateLimit.take();
    if (retryAfterMs > 0) throw complain(vocabulary, 'throttled', { retryAfterMs });
  };

  const strike = (): void => {
    const { failure, throttle } = faults.of(facts.provider);
    const draw = random();
    if (draw < throttle)
      throw complain(vocabulary, 'throttled', { retryAfterMs: Math.ceil(facts.latencyMs.list[1] / speed) });
    if (draw >= throttle + failure) return;
    if (random() < 0.5) throw unreachable('The connection was refused.');
    throw complain(vocabulary, 'broken');
  };

  return async ({ isChange, signal }, work) => {
    const legMs = sampleDurationMs(facts.latencyMs.list, random(), random()) / speed / 2;
    await wait(legMs, signal, () => unreachable('The caller gave up before the request was sent.'));
    admit();
    strike();
    const giveUp = (): Error => {
      const reason = 'The caller gave up waiting for the answer.';
      return isChange ? noAnswer(reason) : unreachable(reason);
    };
    try {
      const result = await untilAbort(work(), signal, giveUp);
      await wait(legMs, signal, giveUp);
      if (isChange && random() < faults.of(facts.provider).lostAnswer)
        throw noAnswer('The connection was closed before the answer came.');
      return result;
    } catch (error) {
      throw toCloudError(error, isChange);
    }
  };
};
