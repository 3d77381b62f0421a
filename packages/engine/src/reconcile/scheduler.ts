import type { EngineContext } from '../context.ts';
import type { ConnectionRow } from '../ports/index.ts';
import { ConnectionWorker } from './connection-worker.ts';
import { WakeSignal } from './wake-signal.ts';

export const leaseMs = 15_000;
const heartbeatMs = 3_000;
const claimMs = 500;
const claimLimit = 200;

/** Claims connections that have work and runs a worker for each; hands back what it can not keep. */
export class Scheduler {
  private readonly engine: EngineContext;
  private readonly workers = new Map<string, ConnectionWorker>();
  private readonly signal = new WakeSignal();
  private stopped = false;
  private heartbeatTimer: NodeJS.Timeout | undefined;
  private unlisten: (() => Promise<void>) | undefined;
  private loop: Promise<void> = Promise.resolve();
  private lastError = 0;

  constructor(engine: EngineContext) {
    this.engine = engine;
  }

  async start(): Promise<void> {
    this.unlisten = await this.engine.store.listen('work', () => this.poke());
    this.heartbeatTimer = setInterval(() => void this.heartbeat(), heartbeatMs);
    this.loop = this.run();
  }

  /** Stops calling clouds, and gives the connections to whoever comes. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearInterval(this.heartbeatTimer);
    this.signal.wake();
    const held = [...this.workers.keys()];
    for (const worker of this.workers.values()) worker.stop();
    await Promise.allSettled([this.loop, ...[...this.workers.values()].map((worker) => worker.done)]);
    await this.unlisten?.();
    await this.engine.store
      .heartbeat(this.engine.owner, held, 0)
      .catch((error: unknown) => this.report('Leases could not be given back', error));
  }

  private poke(): void {
    this.signal.wake();
    for (const worker of this.workers.values()) worker.wake();
  }

  private async run(): Promise<void> {
    while (!this.stopped) {
      try {
        for (const connection of await this.engine.store.claimConnections(this.engine.owner, leaseMs, claimLimit))
          this.work(connection);
      } catch (error) {
        this.report('Connections could not be claimed', error);
      }
      await this.signal.wait(claimMs);
    }
  }

  private work(connection: ConnectionRow): void {
    if (this.stopped || this.workers.has(connection.id)) return;
    if (!this.engine.drivers.has(connection.provider)) return;
    const worker = new ConnectionWorker(this.engine, connection);
    this.workers.set(connection.id, worker);
    void worker.done.then(() => {
      this.workers.delete(connection.id);
      if (!this.stopped) this.signal.wake();
    });
  }

  private async heartbeat(): Promise<void> {
    try {
      const ids = [...this.workers.keys()];
      const held = new Set(await this.engine.store.heartbeat(this.engine.owner, ids, leaseMs));
      for (const [id, worker] of this.workers) if (ids.includes(id) && !held.has(id)) worker.stop();
    } catch (error) {
      this.report('Leases could not be extended', error);
    }
  }

  /** At most one line a second: a database that is down would fill the log. */
  private report(message: string, error: unknown): void {
    const now = Date.now();
    if (this.stopped || now - this.lastError < 1000) return;
    this.lastError = now;
    this.engine.log('error', message, { error });
  }
}
