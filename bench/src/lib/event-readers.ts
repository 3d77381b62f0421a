import { fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { fileURLToPath } from 'node:url';
import { changeEvent } from '@waterstrider/contract';
import { quantile } from './report.ts';

/** In milliseconds. */
export type Delays = { count: number; p50: number; p95: number; p99: number; max: number };
export type ReadersReport = {
  open: number;
  ended: number;
  frames: number;
  bytes: number;
  resets: number;
  /** From the frame's own time, when it was written, to a reader. */
  fromFrame: Delays;
  /** From the commit of a server's new status to a reader. */
  fromChange: Delays;
};
const readerMark = '--read-events';

type Order = { url: string; authorization: string; streams: number; sampled: number };

/** Reads event streams in a process of its own, so that reading disturbs the measuring least. */
export async function openReaders(
  order: Order,
): Promise<{ report(): Promise<ReadersReport>; reset(): void; close(): Promise<void> }> {
  const child = fork(fileURLToPath(import.meta.url), [readerMark]);
  const failed = once(child, 'exit').then(([code]) => {
    throw new Error(`The readers of events ended with code ${String(code)}.`);
  });
  const answer = (): Promise<unknown[]> => Promise.race([once(child, 'message'), failed]);
  child.send(order);
  await answer();
  return {
    async report() {
      child.send('report');
      const [report] = (await answer()) as [ReadersReport]; // sent below
      return report;
    },
    reset: () => void child.send('reset'),
    async close() {
      failed.catch(() => undefined); // it ends because it is told to
      child.kill();
      await once(child, 'exit');
    },
  };
}

class Readers {
  readonly #order: Order;
  #open = 0;
  #ended = 0;
  #frames = 0;
  #bytes = 0;
  #resets = 0;
  #fromFrame: number[] = [];
  #fromChange: number[] = [];
  #since = Date.now();

  constructor(order: Order) {
    this.#order = order;
  }

  /** Resolves when every stream has been answered; a few at a time, as a person's browser would come. */
  async open(): Promise<void> {
    const { streams, sampled } = this.#order;
    const agent = new Agent({ maxSockets: Infinity, keepAlive: false });
    const every = Math.max(1, Math.floor(streams / sampled));
    for (let first = 0; first < streams; first += 50) {
      const batch = Array.from({ length: Math.min(50, streams - first) }, (_, offset) => first + offset);
      await Promise.all(batch.map((index) => this.#openOne(agent, index % every === 0)));
    }
  }

  reset(): void {
    this.#frames = 0;
    this.#bytes = 0;
    this.#resets = 0;
    this.#fromFrame = [];
    this.#fromChange = [];
    this.#since = Date.now();
  }

  report(): ReadersReport {
    return {
      open: this.#open,
      ended: this.#ended,
      frames: this.#frames,
      bytes: this.#bytes,
      resets: this.#resets,
      fromFrame: toDelays(this.#fromFrame),
      fromChange: toDelays(this.#fromChange),
    };
  }

  #openOne(agent: Agent, isSampled: boolean): Promise<void> {
    const { url, authorization } = this.#order;
    return new Promise((resolve, reject) => {
      const call = request(`${url}/api/events`, { agent, headers: { authorization, accept: 'text/event-stream' } });
      call.on('error', reject);
      call.on('response', (response) => {
        if (response.statusCode !== 200) {
          reject(new Error(`A stream was refused with ${String(response.statusCode)}.`));
          return;
        }
        this.#open += 1;
        response.on('close', () => {
          this.#open -= 1;
          this.#ended += 1;
        });
        response.on('error', () => undefined); // counted as ended
        const take = isSampled ? this.#sampler() : undefined;
        response.on('data', (chunk: Buffer) => {
          this.#bytes += chunk.length;
          take?.(chunk);
        });
        resolve();
      });
      call.end();
    });
  }

  /** Reads its stream to the word; the others only take their bytes. */
  #sampler(): (chunk: Buffer) => void {
    const known = new Map<string, string>();
    let rest = '';
    return (chunk) => {
      const now = Date.now();
      const frames = (rest + chunk.toString('utf8')).split('\n\n');
      rest = frames.pop() ?? '';
      for (const frame of frames) this.#takeFrame(frame, now, known);
    };
  }

  #takeFrame(frame: string, now: number, known: Map<string, string>): void {
    if (frame.startsWith('event: reset')) this.#resets += 1;
    if (!frame.startsWith('event: change')) return;
    this.#frames += 1;
    const { at, nodes = [] } = changeEvent
      .pick({ at: true, nodes: true })
      .parse(JSON.parse(frame.slice(frame.indexOf('data: ') + 'data: '.length)));
    this.#fromFrame.push(now - Date.parse(at));
    for (const { id, statusSince } of nodes) {
      const changedAt = Date.parse(statusSince);
      if (changedAt >= this.#since && known.get(id) !== statusSince) this.#fromChange.push(now - changedAt);
      known.set(id, statusSince);
    }
  }
}

function toDelays(values: readonly number[]): Delays {
  const sorted = values.toSorted((left, right) => left - right);
  const at = (share: number): number => quantile(sorted, share);
  return { count: sorted.length, p50: at(0.5), p95: at(0.95), p99: at(0.99), max: sorted.at(-1) ?? 0 };
}

async function serve(order: Order): Promise<void> {
  const readers = new Readers(order);
  await readers.open();
  process.on('message', (message) => {
    if (message === 'reset') readers.reset();
    else process.send?.(readers.report());
  });
  process.once('disconnect', () => process.exit());
  process.send?.('open');
}

// This file is also the program of the process that reads.
if (process.argv[2] === readerMark) process.once('message', (order) => void serve(order as Order)); // sent above
