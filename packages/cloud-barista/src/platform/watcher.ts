import type { FrameworkState } from '@waterstrider/contract';
import type { Adapter } from './adapter.ts';
import { applyList } from './apply-list.ts';
import { Sender } from './sender.ts';
import { applyTopology, cloudsDocument, readTopology, refreshClouds } from './topology.ts';
import { createRequestBudget, type RequestBudget } from '../wire/request-budget.ts';
import { readInfraList } from '../wire/tumblebug-infra.ts';
import type { WireCloud } from '../wire/tumblebug-clouds.ts';
import { UpstreamError } from '../wire/upstream-error.ts';

export type WatcherOptions = {
  owner: string;
  /** Looks at every framework; what it tells is shown on the Platform page. */
  check(): Promise<FrameworkState[]>;
  onChecked(states: FrameworkState[]): void;
  paces?: Partial<Paces>;
  /** No other replica works on this database. */
  isAlone?: boolean;
};
/** Milliseconds. */
export type Paces = {
  lease: number;
  topology: number;
  clouds: number;
  steady: number;
  moving: number;
  orphans: number;
  checks: number;
  /** Upstream takes two lists of infras a second from one address; one place is left for other clients. */
  listsPerSecond: number;
};
export const defaultPaces: Paces = {
  lease: 15_000,
  topology: 30_000,
  clouds: 10 * 60_000,
  steady: 30_000,
  moving: 3_000,
  orphans: 5_000,
  checks: 30_000,
  listsPerSecond: 1.5,
};

export const frameworksDocument = 'frameworks';
const listTimeoutMs = 60_000;
const lookers = 3;

/**
 * The one that looks at upstream for all replicas: whoever holds the lease reads namespaces, connections and servers, within upstream's
 * limits, and sends the calls that wait. A failure is told once, and tried again with growing pauses.
 */
export class Watcher {
  readonly #adapter: Adapter;
  readonly #options: WatcherOptions;
  readonly #paces: Paces;
  readonly #stopping = new AbortController();
  readonly #sender: Sender;
  readonly #budget: RequestBudget;
  /** When each namespace is due, by id. */
  readonly #due = new Map<string, number>();
  readonly #busy = new Set<string>();
  readonly #moving = new Set<string>();
  #looks = 0;
  readonly #names = new Map<string, string>();
  #wake: () => void = () => undefined;
  #topologyDue = 0;
  #cloudsDue = 0;
  /** In a row, of each namespace and of the look at all of them. */
  readonly #failures = new Map<string, number>();
  #isDown = false;
  /** When the lease was renewed last, a margin is left: another may take over after it. */
  #heldUntil = 0;
  #cloudsSeenAt = '';
  /** What one look did not show: it goes when the next does not show it either. */
  readonly #missing = new Set<string>();
  #running: Promise<unknown> = Promise.resolve();

  constructor(adapter: Adapter, options: WatcherOptions) {
    this.#adapter = adapter;
    this.#options = options;
    this.#paces = { ...defaultPaces, ...options.paces };
    this.#sender = new Sender(adapter, (call) => this.hurry(call.namespaceId));
    this.#budget = createRequestBudget({ perSecond: this.#paces.listsPerSecond, burst: 1 });
  }

  start(): void {
    const { signal } = this.#stopping;
    const loops = [
      repeat(
        signal,
        () => this.#paces.lease / 3,
        () => this.#holdOn(),
      ),
      repeat(
        signal,
        () => this.#paces.checks,
        () => this.#check(),
      ),
      repeat(
        signal,
        () => this.#paces.orphans,
        () => this.#whileHolding(() => this.#sender.askAboutOthers()),
      ),
      this.#look(),
    ];
    this.#running = Promise.all(loops);
  }

  /** Look at this namespace (or at namespaces and connections) as soon as the limits let us. */
  hurry(namespaceId?: string): void {
    if (namespaceId === undefined) this.#topologyDue = 0;
    else this.#due.set(namespaceId, 0);
    this.#wake();
  }

  /** Calls wait. */
  callsWait(): void {
    if (!this.#isHolding) return;
    void this.#sender.wake();
    for (const id of this.#due.keys()) this.#due.set(id, Math.min(this.#due.get(id) ?? 0, Date.now() + 500));
    this.#wake();
  }

  async stop(): Promise<void> {
    const wasHolding = this.#isHolding;
    this.#stopping.abort();
    this.#wake();
    await this.#sender.stop();
    // At once: whoever takes over need not wait for what still hangs here.
    if (wasHolding) await this.#adapter.mirror.releaseWatch(this.#options.owner);
    await this.#running;
  }

  /** A list of infras is about to be asked for on somebody else's behalf. */
  takeListTurn(signal?: AbortSignal): Promise<void> {
    return this.#budget.take(signal);
  }

  get #isHolding(): boolean {
    return Date.now() < this.#heldUntil && !this.#stopping.signal.aborted;
  }

  async #holdOn(): Promise<void> {
    const before = this.#isHolding;
    const askedAt = Date.now();
    const { owner, isAlone = false } = this.#options;
    try {
      // Who is alone with the database takes the lease of a former life.
      const isForced = isAlone && this.#heldUntil === 0;
      const isHeld = await this.#adapter.mirror.holdWatch(owner, this.#paces.lease, isForced);
      this.#heldUntil = isHeld ? askedAt + this.#paces.lease * 0.9 : 0;
    } catch (error) {
      // The database is away: another replica may take over when the lease ends.
      this.#adapter.log('warn', 'the right to watch CB-Tumblebug could not be renewed', { err: error });
    }
    if (before || !this.#isHolding) return;
    this.#topologyDue = 0;
    this.#cloudsDue = 0;
    void this.#check()
      .catch((error: unknown) => this.#complain(error))
      .then(() => {
        this.#wake();
        return this.#isRefused() ? undefined : this.#sender.wake();
      });
  }

  #complain(error: unknown): void {
    if (!this.#stopping.signal.aborted)
      this.#adapter.log('warn', 'the frameworks could not be checked', { err: error });
  }

  /** Too old: nothing is done with it. Also until that is known. */
  #isRefused(): boolean {
    return this.#adapter.refusal() !== undefined;
  }

  async #whileHolding(run: () => Promise<unknown>): Promise<void> {
    if (this.#isHolding && !this.#isRefused()) await run();
  }

  async #check(): Promise<void> {
    const { mirror } = this.#adapter;
    if (this.#isHolding) {
      const states = await this.#options.check();
      this.#options.onChecked(states);
      await mirror.writeDocument(frameworksDocument, states);
      return;
    }
    const kept = await mirror.document(frameworksDocument);
    if (kept !== undefined) this.#options.onChecked(kept.body as FrameworkState[]); // written above
    const clouds = await mirror.document(cloudsDocument);
    if (clouds === undefined || clouds.writtenAt === this.#cloudsSeenAt) return;
    this.#cloudsSeenAt = clouds.writtenAt;
    this.#adapter.directory.replace(clouds.body as WireCloud[]); // written by who holds the watch
  }

  /** Namespaces and connections first, then the servers of whatever is due; a few at once, so that a slow one holds up nobody. */
  async #look(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      const waitMs = this.#isHolding && !this.#isRefused() ? await this.#lookOnce() : 1_000;
      if (waitMs > 0) await this.#pause(Math.min(waitMs, 1_000));
    }
  }

  async #lookOnce(): Promise<number> {
    const now = Date.now();
    if (this.#topologyDue <= now && !this.#busy.has('topology')) {
      void this.#guarded('topology', () => this.#readTopology()).then(() => this.#wake());
    }
    const next = this.#nextDue(now);
    const looking = this.#busy.has('topology') ? this.#busy.size - 1 : this.#busy.size;
    if (next === undefined || next[1] > now || looking >= lookers) {
      return next === undefined ? 1_000 : Math.max(50, next[1] - now);
    }
    const [id] = next;
    await this.#budget.take(this.#stopping.signal).catch(() => undefined);
    if (this.#stopping.signal.aborted || !this.#due.has(id)) return 0;
    // Moved on before the list is asked for: whoever hurries meanwhile is heard.
    this.#due.set(id, now + this.#paces.steady);
    void this.#guarded(id, () => this.#readNamespace(id)).then(() => this.#wake());
    return 0;
  }

  /** Where something moves first; every fourth look is for whoever has waited longest, so that none is forgotten. */
  #nextDue(now: number): [id: string, dueAt: number] | undefined {
    const free = [...this.#due].filter(([id]) => !this.#busy.has(id)).sort(([, left], [, right]) => left - right);
    const moving = free.find(([id, dueAt]) => dueAt <= now && this.#moving.has(id));
    this.#looks += 1;
    return this.#looks % 4 === 0 ? free[0] : (moving ?? free[0]);
  }

  async #readTopology(): Promise<void> {
    const { signal } = this.#stopping;
    const startedAt = Date.now();
    this.#topologyDue = startedAt + this.#paces.topology;
    if (this.#cloudsDue <= startedAt) await this.#refreshClouds(startedAt);
    const topology = await readTopology(this.#adapter, signal);
    const wasMissing = this.#missing.size;
    const ids = await applyTopology(this.#adapter, topology, {
      answeredForMs: (call) => this.#sender.answeredForMs(call, startedAt),
      startedAt,
      missing: this.#missing,
    });
    if (this.#missing.size > wasMissing) this.#topologyDue = Math.min(this.#topologyDue, startedAt + 3_000);
    this.#recovered('topology');
    const namespaces = await this.#adapter.mirror.transaction((tx) => tx.namespaces());
    this.#names.clear();
    for (const { id, name } of namespaces) this.#names.set(id, name);
    for (const id of ids) if (!this.#due.has(id)) this.#due.set(id, 0);
    for (const id of this.#due.keys()) if (!ids.includes(id)) this.#due.delete(id);
  }

  /** The list of clouds hardly changes: without it everything else goes on. */
  async #refreshClouds(startedAt: number): Promise<void> {
    try {
      await refreshClouds(this.#adapter, this.#stopping.signal);
      this.#cloudsDue = startedAt + this.#paces.clouds;
    } catch (error) {
      this.#cloudsDue = startedAt + this.#paces.topology;
      if (!this.#stopping.signal.aborted)
        this.#adapter.log('warn', 'the list of clouds could not be read', { err: error });
    }
  }

  async #readNamespace(id: string): Promise<void> {
    const name = this.#names.get(id);
    if (name === undefined) return;
    const askedAt = Date.now();
    const answer = await this.#adapter.tumblebug.call({
      method: 'GET',
      path: `/ns/${encodeURIComponent(name)}/infra`,
      timeoutMs: listTimeoutMs,
      signal: this.#stopping.signal,
    });
    const isMoving = await applyList(this.#adapter, id, {
      seen: readInfraList(answer),
      answeredForMs: (call) => this.#sender.answeredForMs(call, askedAt),
    });
    this.#recovered(id);
    if (isMoving) this.#moving.add(id);
    else this.#moving.delete(id);
    const pace = isMoving ? this.#paces.moving : this.#paces.steady;
    this.#due.set(id, Math.min(this.#due.get(id) ?? Infinity, askedAt + pace));
  }

  /** A failure leaves everything as it was, shown with its age. */
  async #guarded(key: string, run: () => Promise<void>): Promise<void> {
    this.#busy.add(key);
    try {
      await run();
    } catch (error) {
      if (!this.#stopping.signal.aborted) await this.#failed(key, error);
    } finally {
      this.#busy.delete(key);
    }
  }

  async #failed(key: string, error: unknown): Promise<void> {
    if (!(error instanceof UpstreamError)) {
      this.#adapter.log('warn', 'what CB-Tumblebug told could not be kept', { err: error });
    } else if (error.fault === 'throttled') {
      this.#budget.pause(error.retryAfterMs ?? 1_000 + Math.random() * 500);
      this.#due.set(key, 0);
      return;
    }
    // Another list may have vanished with its namespace: the next look at the namespaces tells.
    if (key !== 'topology') this.#topologyDue = Math.min(this.#topologyDue, Date.now() + 1_000);
    const failures = (this.#failures.get(key) ?? 0) + 1;
    this.#failures.set(key, failures);
    const backOffMs = Math.min(1_000 * 2 ** Math.min(failures, 5), this.#paces.steady);
    if (key === 'topology') this.#topologyDue = Date.now() + backOffMs;
    else this.#due.set(key, Date.now() + backOffMs);
    // A namespace that is refused is no sign that all is down.
    const isAway = key === 'topology' || !(error instanceof UpstreamError) || error.fault !== 'refused';
    if (failures < 2 || this.#isDown || !isAway) return;
    this.#isDown = true;
    this.#adapter.log('warn', 'CB-Tumblebug does not answer as it should', { err: error });
    await this.#adapter.mirror.transaction((tx) => tx.setReachable(false)).catch(() => undefined);
    void this.#check().catch((caught: unknown) => this.#complain(caught));
  }

  #recovered(key: string): void {
    this.#failures.delete(key);
    if (!this.#isDown || this.#failures.has('topology')) return;
    this.#isDown = false;
    void this.#adapter.mirror.transaction((tx) => tx.setReachable(true)).catch(() => undefined);
    void this.#check().catch((caught: unknown) => this.#complain(caught));
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

/** Runs until the signal ends; a failure only skips a turn. */
async function repeat(signal: AbortSignal, everyMs: () => number, run: () => Promise<void>): Promise<void> {
  while (!signal.aborted) {
    await run().catch(() => undefined);
    if (signal.aborted) return;
    await new Promise<void>((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', end);
        resolve();
      };
      const timer = setTimeout(end, everyMs());
      signal.addEventListener('abort', end, { once: true });
    });
  }
}
