import { setMaxListeners } from 'node:events';
import { driverOf, type EngineContext } from '../context.ts';
import {
  LeaseLost,
  type CloudDriver,
  type CloudServer,
  type CloudSession,
  type ConnectionRow,
  type CreateServerRequest,
  type NodeResult,
  type NodeRow,
  type ResourceRow,
} from '../ports/index.ts';
import { CallGate } from './call-gate.ts';
import {
  afterFailure,
  createServer,
  discardServer,
  endUnclearServer,
  sendAction,
  type CloudCall,
} from './call-cloud.ts';
import { interpretPoll } from './interpret.ts';
import { later } from './node-results.ts';
import { observeConnection } from './observe-connection.ts';
import { openSession } from './open-session.ts';
import { ResultWriter } from './result-writer.ts';
import { workResources } from './shared-resource-step.ts';
import { verifyConnection } from './verify-connection.ts';
import { WakeSignal } from './wake-signal.ts';

const restMs = 25;
const idleMs = 1500;
const batch = 500;
const lookUpBatch = 100;

/**
 * Works one connection while this process holds its lease: takes what is due, calls the cloud within its limits, writes what it
 * saw. Ends by itself when nothing is due for a while, when the lease is lost, or when `stop` is called.
 */
export class ConnectionWorker {
  readonly connectionId: string;
  readonly done: Promise<void>;
  private readonly engine: EngineContext;
  private readonly driver: CloudDriver;
  private readonly gate: CallGate;
  private readonly writer: ResultWriter;
  private readonly stopping = new AbortController();
  private readonly signal = new WakeSignal();
  private readonly busy = new Set<string>();
  private readonly namespacesAtWork = new Set<string>();
  private readonly running = new Set<Promise<void>>();
  private creating = 0;
  private observing = false;
  private verifying = false;
  private failure: Error | undefined;
  private session: CloudSession | undefined;

  constructor(engine: EngineContext, connection: ConnectionRow) {
    this.engine = engine;
    this.connectionId = connection.id;
    this.driver = driverOf(engine, connection.provider);
    this.gate = new CallGate(this.driver.limits, engine.clock);
    this.writer = new ResultWriter(engine, connection.id);
    // Every call in flight listens for the end.
    setMaxListeners(0, this.stopping.signal);
    this.done = this.run();
  }

  wake(): void {
    this.signal.wake();
  }

  /** Abandons calls in flight: their outcome is looked for by whoever works the connection next. */
  stop(): void {
    this.stopping.abort();
    this.signal.wake();
  }

  private async run(): Promise<void> {
    try {
      while (!this.stopping.signal.aborted) {
        if (this.failure) throw this.failure;
        const connection = await this.engine.store.connectionRow(this.connectionId);
        if (!connection) break;
        const found = await this.pass(connection);
        if (found) await this.signal.wait(restMs);
        else if (await this.rest(connection)) break;
      }
    } catch (error) {
      if (!(error instanceof LeaseLost))
        this.engine.log('error', 'A connection worker ended', { connection: this.connectionId, error });
    } finally {
      this.stopping.abort();
      await Promise.allSettled(this.running);
    }
  }

  /** Sleeps until something is due; true: nothing is for long, the connection was put down. */
  private async rest(connection: ConnectionRow): Promise<boolean> {
    const next = await this.engine.store.nextDue(this.connectionId);
    const now = this.engine.clock.now().getTime();
    const wait = next ? next.getTime() - now : idleMs;
    const quiet = this.running.size === 0 && (wait >= idleMs || next === undefined);
    if (!quiet) {
      // Creates beyond the cloud's capacity are overdue by design: a finished one wakes us.
      await this.signal.wait(wait > 0 ? Math.min(wait, idleMs) : this.driver.limits.pollIntervalMs);
      return false;
    }
    if (await this.signal.wait(Math.min(idleMs, this.driver.limits.pollIntervalMs))) return false;
    if (this.running.size > 0) return false;
    await this.engine.store.releaseConnection(this.engine.owner, this.connectionId, connection.wake);
    return true;
  }

  /** Starts everything that is due; true: there was something. */
  private async pass(connection: ConnectionRow): Promise<boolean> {
    const call = await this.openCall(connection);
    const verifies = this.startVerification(connection, call);
    this.startObservation(connection, call);
    const resources = await this.startResources(call);
    const nodes = await this.engine.store.dueNodes(this.connectionId, {
      busy: [...this.busy],
      createCapacity: Math.max(0, this.driver.limits.concurrentCreates - this.creating),
      limit: batch,
    });
    await this.startNodes(call, nodes);
    return resources || nodes.length > 0 || verifies;
  }

  private async openCall(connection: ConnectionRow): Promise<CloudCall> {
    const { clock } = this.engine;
    // New values always come with a verification.
    if (connection.verifyDue && !this.verifying) this.session = undefined;
    this.session ??= await openSession(this.engine, connection);
    const environments = new Map<string, Promise<ResourceRow[]>>();
    return {
      session: this.session,
      limits: this.driver.limits,
      now: () => clock.now(),
      createRequest: (node) => this.toCreateRequest(node, environments),
      gate: (run) => this.gate.call(run, this.stopping.signal),
      signal: this.stopping.signal,
    };
  }

  /** Runs beside the loop; a failure ends the worker, an abandoned call does not matter. */
  private start(task: () => Promise<void>): void {
    const running: Promise<void> = task()
      .catch((error: unknown) => {
        if (this.stopping.signal.aborted) return;
        this.failure ??= error instanceof Error ? error : new Error('A task failed', { cause: error });
      })
      .finally(() => {
        this.running.delete(running);
        this.signal.wake();
      });
    this.running.add(running);
  }

  private startVerification(connection: ConnectionRow, call: CloudCall): boolean {
    if (this.verifying || !connection.verifyDue) return false;
    this.verifying = true;
    const { session, gate, signal } = call;
    const pauseMs = this.driver.limits.pollIntervalMs;
    this.start(async () => {
      await verifyConnection(this.engine, { connection, session, gate, signal, pauseMs }).finally(() => {
        this.verifying = false;
      });
    });
    return true;
  }

  private startObservation(connection: ConnectionRow, call: CloudCall): void {
    if (this.observing || connection.state !== 'Verified' || connection.observeDueAt > this.engine.clock.now()) return;
    this.observing = true;
    this.start(async () => {
      await observeConnection({
        engine: this.engine,
        connection,
        call,
        writer: this.writer,
        isBusy: (id) => this.busy.has(id),
      }).finally(() => {
        this.observing = false;
      });
    });
  }

  private async startResources(call: CloudCall): Promise<boolean> {
    const due = await this.engine.store.dueResources(this.connectionId);
    const namespaces = [...new Set(due.map((row) => row.namespaceId))].filter((id) => !this.namespacesAtWork.has(id));
    for (const namespaceId of namespaces) {
      this.namespacesAtWork.add(namespaceId);
      this.start(async () => {
        await workResources({ engine: this.engine, call, connectionId: this.connectionId, namespaceId }).finally(() => {
          this.namespacesAtWork.delete(namespaceId);
        });
      });
    }
    return namespaces.length > 0;
  }

  private async startNodes(call: CloudCall, nodes: NodeRow[]): Promise<void> {
    const isLook = (node: NodeRow) =>
      node.cspId !== undefined && (node.acceptedAt !== undefined || node.targetAction === undefined);
    const looks = nodes.filter(isLook);
    for (let start = 0; start < looks.length; start += lookUpBatch)
      this.startLook(call, looks.slice(start, start + lookUpBatch));
    const sends = nodes.filter((node) => !isLook(node));
    if (sends.length === 0) return;
    const { ready, early } = this.splitUnclear(sends);
    for (const node of early)
      this.startOne(node, () => Promise.resolve(later(node, this.clearAt(node), {}, 'outcomeUnclear')));
    for (const node of ready) this.busy.add(node.id);
    const allowed = await this.markSent(ready);
    for (const node of ready) {
      if (allowed.has(node.id)) this.startOne(node, () => this.send(call, node));
      else this.busy.delete(node.id);
    }
  }

  private async markSent(nodes: NodeRow[]): Promise<Set<string>> {
    try {
      return await this.engine.store.markSent(nodes, { connectionId: this.connectionId, owner: this.engine.owner });
    } catch (error) {
      for (const node of nodes) this.busy.delete(node.id);
      throw error;
    }
  }

  /** After an unclear create the cloud's consistency window is waited out before anybody looks or creates again. */
  private splitUnclear(nodes: NodeRow[]): { ready: NodeRow[]; early: NodeRow[] } {
    const now = this.engine.clock.now();
    const isEarly = (node: NodeRow) => {
      const looksByTag = node.targetAction === 'terminate' || !this.driver.limits.idempotentCreate;
      return node.cspId === undefined && node.sentAt !== undefined && looksByTag && this.clearAt(node) > now;
    };
    return { ready: nodes.filter((node) => !isEarly(node)), early: nodes.filter(isEarly) };
  }

  private clearAt(node: NodeRow): Date {
    return new Date((node.sentAt?.getTime() ?? 0) + this.driver.limits.consistencyWindowMs);
  }

  private send(call: CloudCall, node: NodeRow): Promise<NodeResult> {
    if (node.targetAction === 'create')
      return node.cspId === undefined ? this.sendCreate(call, node) : discardServer(call, node);
    if (node.cspId === undefined) return endUnclearServer(call, node);
    return sendAction(call, node);
  }

  private async sendCreate(call: CloudCall, node: NodeRow): Promise<NodeResult> {
    this.creating += 1;
    try {
      return await createServer(call, node, node.sentAt !== undefined);
    } finally {
      this.creating -= 1;
    }
  }

  private startOne(node: NodeRow, run: () => Promise<NodeResult>): void {
    this.busy.add(node.id);
    this.start(async () => {
      try {
        await this.writer.write(node, await run());
      } finally {
        this.busy.delete(node.id);
      }
    });
  }

  private startLook(call: CloudCall, nodes: NodeRow[]): void {
    for (const node of nodes) this.busy.add(node.id);
    this.start(async () => {
      try {
        const results = await this.look(call, nodes);
        await Promise.all(nodes.map((node, index) => this.writer.write(node, results[index] as NodeResult))); // one result per node
      } finally {
        for (const node of nodes) this.busy.delete(node.id);
      }
    });
  }

  private async look(call: CloudCall, nodes: NodeRow[]): Promise<NodeResult[]> {
    const ids = nodes.map((node) => node.cspId as string); // only servers that were made are looked at
    let servers: Map<string, CloudServer>;
    try {
      servers = new Map(
        (await call.gate(() => call.session.compute.getServers(ids, call.signal))).map((server) => [server.id, server]),
      );
    } catch (error) {
      // A look changes nothing: it is repeated for as long as it takes.
      return nodes.map((node) => {
        const result = afterFailure(call, { ...node, attempt: 0 }, error);
        return {
          ...later(node, new Date(call.now().getTime() + this.driver.limits.pollIntervalMs * 2), {}, 'retrying'),
          facts: result.facts,
        };
      });
    }
    const now = call.now();
    return nodes.map((node) => interpretPoll(node, servers.get(node.cspId ?? ''), now, this.driver.limits));
  }

  /** Shared resources are read once per namespace and pass. */
  private async toCreateRequest(
    node: NodeRow,
    environments: Map<string, Promise<ResourceRow[]>>,
  ): Promise<CreateServerRequest> {
    const { namespaceId } = node;
    const environment =
      environments.get(namespaceId) ??
      this.engine.store.transaction((tx) => tx.resources(namespaceId, [this.connectionId]));
    environments.set(namespaceId, environment);
    const [specs, images, resources] = await Promise.all([
      this.driver.specs(node.region),
      this.driver.images(node.region),
      environment,
    ]);
    const idOf = (kind: string) => resources.find((row) => row.kind === kind)?.cspId ?? '';
    return {
      token: `${node.id}-${node.generation}`,
      tag: node.id,
      name: node.name,
      specName: specs.find(({ id }) => id === node.spec)?.name ?? node.spec,
      cspImageId: images.find(({ id }) => id === node.image)?.cspImageId ?? node.image,
      ...(node.zone !== undefined && { zone: node.zone }),
      subnetId: idOf('subnet'),
      securityGroupId: idOf('securityGroup'),
      sshKeyId: idOf('sshKey'),
      ...(node.rootDiskType !== undefined && { rootDiskType: node.rootDiskType }),
      ...(node.rootDiskSizeGiB !== undefined && { rootDiskSizeGiB: node.rootDiskSizeGiB }),
      labels: node.labels,
    };
  }
}
