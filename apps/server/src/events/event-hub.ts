import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Journal, SystemStore } from '@waterstrider/store';
import type { InventoryDelta } from '../inventory/delta.ts';
import type { Inventory, InventoryLog } from '../inventory/inventory.ts';
import { FrameRing, type Frame } from './frame-ring.ts';
import { generalFrame, namespaceFrame, PendingFrame, toEvent } from './frames.ts';
import { OperationFeed, type FedOperation, type OpenCounts } from './operation-feed.ts';
import { formatSequence, numberOf, parseSequence, platformPart, type Sequence } from './sequence.ts';

/** Who reads events: of all namespaces and what belongs to none, or of these namespaces. */
export type EventScope = 'all' | ReadonlySet<string>;
export type Subscriber = { readonly scope: EventScope; deliver(frame: Buffer): void };

export type EventHubOptions = {
  inventory: Pick<Inventory, 'model' | 'overviews' | 'onDelta'>;
  journal: Pick<Journal, 'getMany' | 'listOpen'>;
  /** Keeps the id of the database, so that servers that share it share the sequence. */
  system: Pick<SystemStore, 'claimMeta'>;
  log: InventoryLog;
  flushMs?: number;
};

/** The one ordered writer of events: gathers changes, writes each frame once, gives the same bytes to everybody who may see it. */
export type EventHub = {
  /** To be called after the inventory's start. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** `{epoch}-{n}` of the newest frame. */
  sequence(): string;
  /** Says hello, tells what was missed since `lastEventId` (or `reset`), then goes on with what happens. Returns how to stop. */
  subscribe(subscriber: Subscriber, lastEventId?: string): () => void;
  /** A `reset` as of now: the reader is to load everything again. */
  resetFrame(): Buffer;
  /** These tasks have changed without the platform telling. */
  operationsChanged(ids: readonly string[]): void;
};

/** More objects than this in one frame: loading again is cheaper for the reader. */
const maxObjectsPerFrame = 1_000;

export const createEventHub = (options: EventHubOptions): EventHub => new FrameHub(options);

class FrameHub implements EventHub {
  readonly #options: Required<EventHubOptions>;
  readonly #feed: OperationFeed;
  readonly #process = randomBytes(4).toString('hex');
  readonly #ring = new FrameRing(0);
  readonly #seeAll = new Set<Subscriber>();
  readonly #byNamespace = new Map<string, Set<Subscriber>>();
  readonly #pending = new Map<string, PendingFrame>();
  #general: PendingFrame | undefined;
  #database = 'none';
  #newest = 0;
  #flushedAt = 0;
  #timer: NodeJS.Timeout | undefined;
  #stopListening: (() => void) | undefined;

  constructor(options: EventHubOptions) {
    this.#options = { flushMs: 100, ...options };
    this.#feed = new OperationFeed({
      journal: options.journal,
      log: options.log,
      onOperations: (operations) => this.#takeOperations(operations),
      onOpenCounts: (counts) => this.#takeOpenCounts(counts),
    });
  }

  async start(): Promise<void> {
    const { inventory, system } = this.#options;
    const databaseId = await system.claimMeta('database_id', randomUUID());
    this.#database = createHash('sha256').update(databaseId).digest('hex').slice(0, 12);
    this.#newest = numberOf(inventory.model.sequence);
    this.#ring.restart(this.#newest);
    this.#stopListening = inventory.onDelta((delta) => this.#takeDelta(delta));
    await this.#feed.start();
  }

  async stop(): Promise<void> {
    this.#stopListening?.();
    clearTimeout(this.#timer);
    this.#timer = undefined;
    await this.#feed.stop();
  }

  sequence(): string {
    return formatSequence(this.#at(this.#newest));
  }

  resetFrame(): Buffer {
    return toEvent('reset', this.#at(this.#newest), '{}');
  }

  operationsChanged(ids: readonly string[]): void {
    this.#feed.touch(ids);
  }

  subscribe(subscriber: Subscriber, lastEventId?: string): () => void {
    const missed = lastEventId === undefined ? [] : this.#missedSince(lastEventId);
    // A resuming reader must not jump ahead of the frames that follow.
    const data = JSON.stringify({ sequence: this.sequence() });
    if (missed === undefined || lastEventId === undefined) {
      subscriber.deliver(toEvent('hello', this.#at(this.#newest), data));
      if (missed === undefined) subscriber.deliver(this.resetFrame());
    } else {
      subscriber.deliver(Buffer.from(`event: hello\ndata: ${data}\n\n`));
      for (const frame of missed) if (maySee(subscriber, frame)) subscriber.deliver(frame.bytes);
    }
    for (const set of this.#setsOf(subscriber.scope)) set.add(subscriber);
    return () => this.#unsubscribe(subscriber);
  }

  /** Undefined: it can not be told, as it is of another database, too old, or ahead of this server. */
  #missedSince(lastEventId: string): Frame[] | undefined {
    const last = parseSequence(lastEventId);
    if (last?.database !== this.#database || last.n > this.#newest) return undefined;
    if (last.process === this.#process) return last.n < this.#ring.start ? undefined : this.#ring.after(last.n);
    // Another server on this database: its numbers agree with ours as far as the platform's position goes.
    const position = platformPart(last.n);
    return position < this.#ring.start ? undefined : this.#ring.after(position - 1);
  }

  #setsOf(scope: EventScope): Set<Subscriber>[] {
    if (scope === 'all') return [this.#seeAll];
    return [...scope].map((id) => {
      const set = this.#byNamespace.get(id) ?? new Set();
      this.#byNamespace.set(id, set);
      return set;
    });
  }

  #unsubscribe(subscriber: Subscriber): void {
    this.#seeAll.delete(subscriber);
    if (subscriber.scope === 'all') return;
    for (const id of subscriber.scope) {
      const set = this.#byNamespace.get(id);
      set?.delete(subscriber);
      if (set?.size === 0) this.#byNamespace.delete(id);
    }
  }

  #takeDelta(delta: InventoryDelta): void {
    for (const [id, changes] of delta.namespaces) {
      const pending = this.#pendingOf(id);
      pending.delta.merge(changes);
      pending.removedNamespaces.push(...delta.removedNamespaces.filter((record) => record.id === id));
      if (changes.described) this.#pendingGeneral().delta.described = true;
    }
    if (delta.connections.size > 0) this.#pendingGeneral().delta.connections.merge(delta.connections);
    if (delta.removedNamespaces.length > 0) {
      this.#pendingGeneral().removedNamespaces.push(...delta.removedNamespaces);
    }
    if (delta.operations.length > 0) this.#feed.touch(delta.operations);
    if (delta.isResync) void this.#feed.refresh();
    this.#schedule();
  }

  #takeOperations(operations: FedOperation[]): void {
    for (const { operation, namespaceId } of operations) {
      const pending = namespaceId === undefined ? this.#pendingGeneral() : this.#pendingOf(namespaceId);
      pending.operations.set(operation.id, operation);
    }
    this.#schedule();
  }

  #takeOpenCounts({ perNamespace, withoutNamespace }: OpenCounts): void {
    const changed = this.#options.inventory.model.setOpenOperations(perNamespace, withoutNamespace);
    for (const id of changed) this.#pendingOf(id);
    this.#schedule();
  }

  #pendingOf(namespaceId: string): PendingFrame {
    const known = this.#pending.get(namespaceId);
    if (known) return known;
    const pending = new PendingFrame();
    this.#pending.set(namespaceId, pending);
    return pending;
  }

  #pendingGeneral(): PendingFrame {
    return (this.#general ??= new PendingFrame());
  }

  /** The first change goes out at once, then one batch per interval. */
  #schedule(): void {
    if (this.#timer || (this.#pending.size === 0 && !this.#general)) return;
    const waitMs = this.#flushedAt + this.#options.flushMs - performance.now();
    if (this.#flushedAt === 0 || waitMs <= 0) this.#flush();
    else this.#timer = setTimeout(() => this.#flush(), waitMs);
  }

  #flush(): void {
    this.#timer = undefined;
    this.#flushedAt = performance.now();
    const pending = [...this.#pending];
    const general = this.#general;
    this.#pending.clear();
    this.#general = undefined;
    const { inventory } = this.#options;
    const at = new Date().toISOString();
    for (const [id, frame] of pending) {
      if (frame.delta.size > maxObjectsPerFrame) this.#publish(id, 'reset', '{}');
      else this.#write(id, () => namespaceFrame(inventory, id, frame, at));
    }
    if (general) this.#write(undefined, () => generalFrame(inventory, general, at));
  }

  #write(namespaceId: string | undefined, write: () => string): void {
    try {
      this.#publish(namespaceId, 'change', write());
    } catch (error) {
      // What can not be told has to be loaded.
      this.#options.log.warn({ err: error }, 'A frame of events could not be written; its readers load again.');
      this.#publish(namespaceId, 'reset', '{}');
    }
  }

  #publish(namespaceId: string | undefined, event: 'change' | 'reset', data: string): void {
    this.#newest = Math.max(this.#newest + 1, numberOf(this.#options.inventory.model.sequence));
    const bytes = toEvent(event, this.#at(this.#newest), data);
    this.#ring.push({ n: this.#newest, namespaceId, bytes });
    for (const subscriber of this.#seeAll) subscriber.deliver(bytes);
    if (namespaceId === undefined) return;
    for (const subscriber of this.#byNamespace.get(namespaceId) ?? []) subscriber.deliver(bytes);
  }

  #at(n: number): Sequence {
    return { database: this.#database, process: this.#process, n };
  }
}

const maySee = ({ scope }: Subscriber, { namespaceId }: Frame): boolean =>
  scope === 'all' || (namespaceId !== undefined && scope.has(namespaceId));
