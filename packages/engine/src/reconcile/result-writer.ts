import type { EngineContext } from '../context.ts';
import { settleOperations } from '../operation/settle-operations.ts';
import type { NodeResult, NodeRow } from '../ports/index.ts';

const gatherMs = 10;
const most = 500;

type Entry = { node: NodeRow; result: NodeResult; done: () => void; failed: (error: unknown) => void };

/** Gathers what the calls of a connection brought and keeps it in few transactions, fenced by the connection's lease. */
export class ResultWriter {
  private readonly engine: EngineContext;
  private readonly connectionId: string;
  private entries: Entry[] = [];
  private flushing: Promise<void> | undefined;

  constructor(engine: EngineContext, connectionId: string) {
    this.engine = engine;
    this.connectionId = connectionId;
  }

  /** Resolves when it is kept; throws `LeaseLost` when it must not be. */
  write(node: NodeRow, result: NodeResult): Promise<void> {
    return new Promise((done, failed) => {
      this.entries.push({ node, result, done, failed });
      this.flushing ??= this.flushSoon();
    });
  }

  private async flushSoon(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, gatherMs));
    while (this.entries.length > 0) await this.flush(this.entries.splice(0, most));
    this.flushing = undefined;
  }

  private async flush(entries: Entry[]): Promise<void> {
    try {
      await this.keep(entries);
      for (const entry of entries) entry.done();
    } catch (error) {
      for (const entry of entries) entry.failed(error);
    }
  }

  private async keep(entries: Entry[]): Promise<void> {
    const fence = { connectionId: this.connectionId, owner: this.engine.owner };
    await this.engine.store.transaction(async (tx) => {
      const kept = await tx.writeNodes(entries.map(({ result }) => result));
      const whole = entries.filter(({ node }) => kept.has(node.id));
      const gone = whole.filter(({ result }) => result.decision.forget && result.decision.status === 'Terminated');
      await tx.deleteNodes(gone.map(({ node }) => node.id));
      const ended = whole.filter(
        ({ result }) => result.item && result.item.state !== 'running' && result.item.state !== 'pending',
      );
      await settleOperations(
        this.engine,
        tx,
        ended.flatMap(({ node }) => (node.operationId === undefined ? [] : [node.operationId])),
      );
    }, fence);
  }
}
