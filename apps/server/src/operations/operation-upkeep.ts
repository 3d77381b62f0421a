import type { Journal } from '@waterstrider/store';
import type { InventoryLog } from '../inventory/inventory.ts';

export type OperationUpkeepOptions = {
  journal: Pick<Journal, 'listOpen' | 'items' | 'fail' | 'prune'>;
  /** Tells the events that these tasks changed. */
  onChanged: (ids: string[]) => void;
  keptDays: number;
  log: InventoryLog;
};

/** A task without items that is still waiting after so long was never taken on by the platform. */
const abandonedMs = 120_000;
const recoverEveryMs = 60_000;
const pruneEveryMs = 60 * 60_000;

export const abandonedError = {
  code: 'abandoned',
  message: 'The console stopped before the platform took this task on. Nothing was changed; start it again.',
};

/**
 * Fails tasks that were written down but never reached the platform, and deletes old ones. Doing either twice does no harm, so every
 * replica may run it.
 */
export class OperationUpkeep {
  readonly #options: OperationUpkeepOptions;
  #timers: NodeJS.Timeout[] = [];
  #isStopped = false;
  #running: Promise<void> = Promise.resolve();

  constructor(options: OperationUpkeepOptions) {
    this.#options = options;
  }

  start(): void {
    this.#run(() => this.recover());
    this.#timers = [
      setInterval(() => this.#run(() => this.recover()), recoverEveryMs),
      setInterval(() => this.#run(() => this.prune()), pruneEveryMs),
    ];
    this.#run(() => this.prune());
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    for (const timer of this.#timers) clearInterval(timer);
    await this.#running;
  }

  async recover(now = Date.now()): Promise<void> {
    const open = await this.#options.journal.listOpen();
    for (const { id, state, total, startedAt } of open) {
      if (state !== 'pending' || total > 0 || now - Date.parse(startedAt) < abandonedMs) continue;
      if ((await this.#options.journal.items(id)).length > 0) continue;
      await this.#options.journal.fail(id, abandonedError);
      this.#options.onChanged([id]);
    }
  }

  async prune(): Promise<void> {
    await this.#options.journal.prune(this.#options.keptDays);
  }

  /** One after the other; a failure is told and tried again with the next turn. */
  #run(task: () => Promise<void>): void {
    this.#running = this.#running.then(async () => {
      if (this.#isStopped) return;
      try {
        await task();
      } catch (error) {
        this.#options.log.warn({ err: error }, 'The upkeep of tasks failed; trying again later.');
      }
    });
  }
}
