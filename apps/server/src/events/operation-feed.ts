import type { Operation } from '@waterstrider/contract';
import type { Journal, OperationRecord } from '@waterstrider/store';
import type { InventoryLog } from '../inventory/inventory.ts';
import { isEnded, toOperation } from '../operations/to-operation.ts';

export type FedOperation = { operation: Operation; namespaceId: string | undefined };
export type OpenCounts = { perNamespace: Map<string, number>; withoutNamespace: number };
export type OperationFeedOptions = {
  journal: Pick<Journal, 'getMany' | 'listOpen'>;
  log: InventoryLog;
  onOperations: (operations: FedOperation[]) => void;
  onOpenCounts: (counts: OpenCounts) => void;
};

/** A task's record is read at most so often, however fast its items move. */
const throttleMs = 200;
const retryMs = 1_000;
/** Open tasks are read anew, so that a lost announcement does not stay in the counts. */
const refreshMs = 30_000;

/** Reads the records of tasks that moved, in batches, and counts the open ones. */
export class OperationFeed {
  readonly #options: OperationFeedOptions;
  readonly #wanted = new Set<string>();
  readonly #readAt = new Map<string, number>();
  readonly #open = new Map<string, string | undefined>();
  #timer: NodeJS.Timeout | undefined;
  #refreshTimer: NodeJS.Timeout | undefined;
  #reading: Promise<void> | undefined;
  #isStopped = false;

  constructor(options: OperationFeedOptions) {
    this.#options = options;
  }

  async start(): Promise<void> {
    await this.refresh();
    this.#refreshTimer = setInterval(() => void this.refresh(), refreshMs);
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    clearInterval(this.#refreshTimer);
    await this.#reading;
  }

  /** These tasks, or their items, moved. */
  touch(ids: readonly string[]): void {
    for (const id of ids) this.#wanted.add(id);
    this.#schedule();
  }

  /** Reads the open tasks, and those that were open before. */
  async refresh(): Promise<void> {
    try {
      const open = await this.#options.journal.listOpen();
      this.touch([...this.#open.keys(), ...open.map(({ id }) => id)]);
    } catch (error) {
      this.#options.log.warn({ err: error }, 'The open tasks could not be read; trying again later.');
    }
  }

  #schedule(atLeastMs = 0): void {
    if (this.#isStopped || this.#timer || this.#reading || this.#wanted.size === 0) return;
    const now = Date.now();
    const due = Math.min(...[...this.#wanted].map((id) => (this.#readAt.get(id) ?? 0) + throttleMs - now));
    this.#timer = setTimeout(() => void this.#run(), Math.max(atLeastMs, due, 0));
  }

  async #run(): Promise<void> {
    this.#timer = undefined;
    const now = Date.now();
    for (const [id, at] of this.#readAt) if (now - at >= throttleMs) this.#readAt.delete(id);
    const due = [...this.#wanted].filter((id) => !this.#readAt.has(id));
    for (const id of due) {
      this.#wanted.delete(id);
      this.#readAt.set(id, now);
    }
    let isRead = false;
    this.#reading = this.#read(due).then((done) => {
      isRead = done;
    });
    await this.#reading;
    this.#reading = undefined;
    this.#schedule(isRead ? 0 : retryMs);
  }

  async #read(ids: string[]): Promise<boolean> {
    try {
      const records = await this.#options.journal.getMany(ids);
      this.#take(ids, records);
      return true;
    } catch (error) {
      for (const id of ids) this.#wanted.add(id);
      this.#options.log.warn({ err: error }, 'Tasks that moved could not be read; trying again.');
      return false;
    }
  }

  #take(ids: string[], records: OperationRecord[]): void {
    // Refused ones have no record any more.
    for (const id of ids) this.#open.delete(id);
    for (const { id, state, namespaceId } of records) if (!isEnded(state)) this.#open.set(id, namespaceId);
    if (records.length > 0) {
      this.#options.onOperations(
        records.map((record) => ({ operation: toOperation(record), namespaceId: record.namespaceId })),
      );
    }
    this.#options.onOpenCounts(countOpen(this.#open.values()));
  }
}

function countOpen(namespaceIds: Iterable<string | undefined>): OpenCounts {
  const counts: OpenCounts = { perNamespace: new Map(), withoutNamespace: 0 };
  for (const id of namespaceIds) {
    if (id === undefined) counts.withoutNamespace++;
    else counts.perNamespace.set(id, (counts.perNamespace.get(id) ?? 0) + 1);
  }
  return counts;
}
