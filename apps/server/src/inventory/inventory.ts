import type { Change, NamespaceRecord, Platform, Snapshot } from '@waterstrider/contract';
import type { InventoryDelta } from './delta.ts';
import { InventoryModel } from './inventory-model.ts';
import { Overviews } from './overview.ts';

export type InventoryLog = { warn(details: object, message: string): void };
export type InventoryOptions = {
  platform: Pick<Platform, 'watch' | 'sequence'>;
  log: InventoryLog;
  /** How long `start` waits for the first snapshot, and `caughtUp` for the newest change. */
  startWaitMs?: number;
  catchUpWaitMs?: number;
  /** First pause before subscribing again; doubles up to 10 s. */
  retryMs?: number;
};

/** The read model behind lists, overviews and events. */
export type Inventory = {
  /** Subscribes; resolves with the first snapshot, or after 10 s without one (it goes on trying). */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Has a snapshot been taken in? */
  ready(): boolean;
  /** Milliseconds since the platform was last heard of; 0 while the subscription holds. */
  ageMs(): number;
  /** Resolves when everything the platform knows now has come in, or after 3 s. */
  caughtUp(): Promise<void>;
  namespace(nameOrId: string): NamespaceRecord | undefined;
  namespaces(): NamespaceRecord[];
  /** To be read only. */
  readonly model: InventoryModel;
  readonly overviews: Overviews;
  /** Called after each message was taken in; returns how to stop. */
  onDelta(listener: (delta: InventoryDelta) => void): () => void;
};

const maxRetryMs = 10_000;

export const createInventory = (options: InventoryOptions): Inventory => new WatchedInventory(options);

class WatchedInventory implements Inventory {
  readonly model = new InventoryModel();
  readonly overviews = new Overviews(this.model);
  readonly #options: Required<InventoryOptions>;
  readonly #listeners = new Set<(delta: InventoryDelta) => void>();
  readonly #waiting = new Set<{ sequence: number; resolve: () => void }>();
  readonly #stopping = new AbortController();
  #running: Promise<void> | undefined;
  #isReady = false;
  #isWatching = false;
  #heardAt = Date.now();
  #retryMs: number;

  constructor(options: InventoryOptions) {
    this.#options = { startWaitMs: 10_000, catchUpWaitMs: 3_000, retryMs: 250, ...options };
    this.#retryMs = this.#options.retryMs;
  }

  async start(): Promise<void> {
    this.#running ??= this.#watchUntilStopped();
    await this.#reached(0, this.#options.startWaitMs, () => this.#isReady);
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    for (const waiter of this.#waiting) waiter.resolve();
    await this.#running;
  }

  ready(): boolean {
    return this.#isReady;
  }

  ageMs(): number {
    return this.#isWatching ? 0 : Date.now() - this.#heardAt;
  }

  async caughtUp(): Promise<void> {
    const waitUntil = Date.now() + this.#options.catchUpWaitMs;
    const sequence = await this.#newestSequence();
    if (sequence === undefined) return;
    await this.#reached(sequence, waitUntil - Date.now(), () => this.model.sequence >= sequence);
  }

  namespace(nameOrId: string): NamespaceRecord | undefined {
    return this.model.namespace(nameOrId)?.record;
  }

  namespaces(): NamespaceRecord[] {
    return this.model.namespaces().map((state) => state.record);
  }

  onDelta(listener: (delta: InventoryDelta) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async #newestSequence(): Promise<number | undefined> {
    try {
      return await this.#options.platform.sequence();
    } catch (error) {
      // The change itself succeeded: the answer goes out, at worst a moment ahead of the lists.
      this.#options.log.warn({ err: error }, 'The newest sequence of the platform could not be read.');
      return undefined;
    }
  }

  async #watchUntilStopped(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      try {
        for await (const message of this.#options.platform.watch(signal)) this.#take(message);
      } catch (error) {
        if (!signal.aborted) this.#options.log.warn({ err: error }, 'The platform stopped telling of changes.');
      }
      this.#isWatching = false;
      if (!signal.aborted) await this.#pause();
    }
  }

  #take(message: Snapshot | Change): void {
    this.#heardAt = Date.now();
    this.#isWatching = true;
    this.#retryMs = this.#options.retryMs;
    if (!this.#isReady && message.kind === 'change') throw new Error('The platform sent a change before a snapshot.');
    const delta = this.model.apply(message);
    this.#isReady = true;
    for (const listener of this.#listeners) this.#tell(listener, delta);
    for (const waiter of this.#waiting) if (message.sequence >= waiter.sequence) waiter.resolve();
  }

  #tell(listener: (delta: InventoryDelta) => void, delta: InventoryDelta): void {
    try {
      listener(delta);
    } catch (error) {
      // One listener's fault must not end the subscription of all.
      this.#options.log.warn({ err: error }, 'A change could not be passed on.');
    }
  }

  #pause(): Promise<void> {
    const pauseMs = this.#retryMs * (0.5 + Math.random() / 2);
    this.#retryMs = Math.min(this.#retryMs * 2, maxRetryMs);
    return this.#reached(Infinity, pauseMs, () => this.#stopping.signal.aborted);
  }

  /** Resolves when this sequence came in, when the inventory stops, or when the time is over. */
  #reached(sequence: number, waitMs: number, isReached: () => boolean): Promise<void> {
    if (isReached() || this.#stopping.signal.aborted || waitMs <= 0) return Promise.resolve();
    return new Promise((done) => {
      const waiter = {
        sequence,
        resolve: () => {
          clearTimeout(timer);
          this.#waiting.delete(waiter);
          done();
        },
      };
      const timer = setTimeout(waiter.resolve, waitMs);
      this.#waiting.add(waiter);
    });
  }
}
