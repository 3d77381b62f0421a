import { setMaxListeners } from 'node:events';
import type { CloudMessage } from '@waterstrider/contract';
import type { Adapter } from './adapter.ts';
import { unclearCode } from './plan-namespace.ts';
import type { Call } from '../ports/index.ts';
import { readRequest } from '../wire/tumblebug-review.ts';
import { readInfra } from '../wire/tumblebug-infra.ts';
import { UpstreamError } from '../wire/upstream-error.ts';

/** Tumblebug answers when everything is done: creating and ending many servers takes long. */
const longestAnswerMs = 2 * 60 * 60_000;
const maxInFlight = 32;
const resendAfterMs = 3_000;
const giveUpAfterMs = 10 * 60_000;
const longestPauseMs = 30_000;
const passingStatuses: ReadonlySet<number> = new Set([408, 502, 503, 504]);
/** Values of a credential are sent by the process that took them, which needs a moment for the key. */
const registrationMs = 60_000;
const forgottenWords =
  'The platform has forgotten this request (it was restarted, or the answer was lost): what became of it is not known. Reconcile or abort.';

/**
 * Sends the calls that wait, and finds out what became of those that another process sent. Works only while its replica holds the watch.
 */
export class Sender {
  readonly #adapter: Adapter;
  readonly #onAnswered: (call: Call) => void;
  readonly #inFlight = new Map<string, Promise<void>>();
  readonly #answeredAt = new Map<string, number>();
  readonly #stopping = new AbortController();
  #taking: Promise<void> = Promise.resolve();

  constructor(adapter: Adapter, onAnswered: (call: Call) => void) {
    this.#adapter = adapter;
    this.#onAnswered = onAnswered;
    // Every call in flight listens for the end.
    setMaxListeners(0, this.#stopping.signal);
  }

  /** Milliseconds between the answer of a call and `at`; undefined when it was not answered by then. */
  answeredForMs(call: Call, at: number): number | undefined {
    if (call.state !== 'answered' && call.state !== 'settled') return undefined;
    // Answered to a process before this one: long ago, as far as lists go.
    const answeredAt = this.#answeredAt.get(call.id) ?? Date.parse(call.answeredAt ?? '1970-01-01');
    return answeredAt >= at ? undefined : at - answeredAt;
  }

  /** Sends what waits. Safe to call at any time; one at a time. */
  wake(): Promise<void> {
    this.#taking = this.#taking.then(() => this.#take()).catch((error: unknown) => this.#complain(error));
    return this.#taking;
  }

  /** Asks the platform about calls that were sent by a process that is gone, and how far held creations are. */
  async askAboutOthers(): Promise<void> {
    let calls: Call[] = [];
    // In line with taking, so that what was just taken is known to be ours.
    this.#taking = this.#taking
      .then(async () => {
        const open = await this.#adapter.mirror.transaction((tx) => tx.openCalls());
        calls = open.filter(
          ({ id, state, goal, sentAt }) =>
            (state === 'sent' && goal === 'credential' && Date.now() - Date.parse(sentAt ?? '') > registrationMs) ||
            (state === 'sent' && goal !== 'credential' && (goal === 'hold' || !this.#inFlight.has(id))) ||
            (state === 'held' && !this.#inFlight.has(id)),
        );
      })
      .catch((error: unknown) => this.#complain(error));
    await this.#taking;
    // A wake-up may be lost; a waiting call is never forgotten.
    void this.wake();
    for (const call of calls) {
      if (this.#stopping.signal.aborted) return;
      await this.#askAbout(call).catch((error: unknown) => this.#complain(error));
    }
  }

  /** Ends the connections; what was sent goes on upstream and is asked about after the next start. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#taking;
    await Promise.allSettled(this.#inFlight.values());
  }

  async #take(): Promise<void> {
    const free = maxInFlight - this.#inFlight.size;
    if (free <= 0 || this.#stopping.signal.aborted) return;
    for (const call of await this.#adapter.mirror.takeCalls(free)) {
      const sent = this.#send(call)
        .catch((error: unknown) => this.#complain(error))
        .finally(() => {
          this.#inFlight.delete(call.id);
          if (!this.#stopping.signal.aborted) void this.wake();
        });
      this.#inFlight.set(call.id, sent);
    }
  }

  async #send(call: Call): Promise<void> {
    const { method, path, query, body, id } = call;
    try {
      const answer = await this.#adapter.tumblebug.call({
        method,
        path,
        ...(query === undefined ? {} : { query }),
        ...(body === undefined ? {} : { body }),
        requestId: id,
        timeoutMs: longestAnswerMs,
        signal: this.#stopping.signal,
      });
      await this.#answered(call, undefined, answer);
    } catch (error) {
      if (!(error instanceof UpstreamError)) throw error;
      await this.#failed(call, error);
    }
  }

  async #failed(call: Call, error: UpstreamError): Promise<void> {
    if (this.#stopping.signal.aborted) {
      // Never went out: the next one to hold the watch sends it.
      if (!error.maySent) await this.#adapter.mirror.transaction((tx) => tx.writeCall(call.id, { state: 'waiting' }));
      return;
    }
    const isUntouched = !error.maySent || error.fault === 'throttled';
    const isFresh = Date.now() - Date.parse(call.createdAt ?? '') < giveUpAfterMs;
    if (isUntouched && error.fault !== 'loginRefused' && isFresh) {
      const waitMs = Math.min(error.retryAfterMs ?? resendAfterMs, longestPauseMs);
      const notBefore = new Date(Date.now() + waitMs);
      // Waiting meanwhile, so that it can be cancelled; the rounds of this sender take it up again.
      await this.#adapter.mirror.transaction((tx) => tx.writeCall(call.id, { state: 'waiting', notBefore }));
      return;
    }
    // A gateway gave up on an answer that Tumblebug still works on.
    const isPassing = error.fault === 'refused' && passingStatuses.has(error.status ?? 0);
    if ((error.fault === 'refused' && !isPassing) || isUntouched || error.fault === 'loginRefused') {
      await this.#answered(call, toWords(error));
      return;
    }
    // It may have been carried out: upstream's own log of requests knows.
    this.#adapter.log('warn', 'an answer of CB-Tumblebug was lost; asking for its outcome', { fault: error.fault });
    await this.#askAbout(call);
  }

  async #askAbout(call: Call): Promise<void> {
    try {
      const request = readRequest(
        await this.#adapter.tumblebug.call({
          method: 'GET',
          path: `/request/${encodeURIComponent(call.id)}`,
          signal: this.#stopping.signal,
        }),
      );
      if (request.status === 'Handling') return await this.#noteHold(call, request.steps);
      // Its own answer is still to come.
      if (this.#inFlight.has(call.id) && call.goal === 'hold') return;
      const error = request.status === 'Error' ? toCloudWords(request.error ?? 'It failed.') : undefined;
      await this.#answered(call, error, request.answer);
    } catch (error) {
      if (!(error instanceof UpstreamError)) throw error;
      // Not reachable now: asked again with the next round. One in flight has its answer to come.
      if (this.#inFlight.has(call.id) && call.goal === 'hold') return;
      if (error.fault === 'refused' && (error.status === 404 || error.status === 400 || error.status === 500)) {
        await this.#answered(call, { code: unclearCode, message: forgottenWords });
      }
    }
  }

  /** The last step before servers are made: there upstream waits for continue or withdraw. */
  async #noteHold(call: Call, steps: string[]): Promise<void> {
    if (call.goal !== 'hold' || call.state === 'held') return;
    if (!steps.some((step) => step.startsWith('Start instance provisioning'))) return;
    await this.#adapter.mirror.transaction((tx) => tx.writeCall(call.id, { state: 'held' }));
    this.#onAnswered(call);
  }

  async #answered(call: Call, error: CloudMessage | undefined, answer?: unknown): Promise<void> {
    const creationErrors = readInfra(answer)?.creationErrors ?? [];
    await this.#adapter.mirror.transaction((tx) =>
      tx.writeCall(call.id, {
        state: 'answered',
        ...(error === undefined ? {} : { error }),
        ...(creationErrors.length === 0 ? {} : { creationErrors }),
      }),
    );
    this.#answeredAt.set(call.id, Date.now());
    const [oldest] = this.#answeredAt.keys();
    if (this.#answeredAt.size > 5_000 && oldest !== undefined) this.#answeredAt.delete(oldest);
    this.#onAnswered(call);
  }

  #complain(error: unknown): void {
    if (!this.#stopping.signal.aborted)
      this.#adapter.log('warn', 'a call of CB-Tumblebug could not be recorded', { err: error });
  }
}

const toCloudWords = (message: string): CloudMessage => ({ code: 'tumblebug', message });

function toWords(error: UpstreamError): CloudMessage {
  return { code: `tumblebug_${String(error.status ?? error.fault)}`, message: error.message };
}
