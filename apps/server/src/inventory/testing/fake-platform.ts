import type { Change, ConnectionRecord, InfraRecord, NamespaceRecord, Node, Snapshot } from '@waterstrider/contract';
import type { Actor } from '../../pipeline/context.ts';

const epoch = '2026-01-01T00:00:00.000Z';

/** A platform whose changes a test pushes by hand. */
export class FakePlatform {
  #newest = 0;
  #snapshot: Snapshot = snapshotOf({});
  #watchers = new Set<{ push(message: Snapshot | Change): void; fail(error: Error): void }>();
  subscriptions = 0;

  /** The snapshot that the next subscriber gets first. */
  set snapshot(snapshot: Snapshot) {
    this.#snapshot = snapshot;
    this.#newest = snapshot.sequence;
  }

  sequence(): Promise<number> {
    return Promise.resolve(this.#newest);
  }

  /** Announces a newest position without telling of it yet. */
  announce(sequence: number): void {
    this.#newest = sequence;
  }

  push(change: Partial<Change>): Change {
    const message = changeOf({ sequence: this.#newest + 1, ...change });
    this.#newest = message.sequence;
    for (const watcher of this.#watchers) watcher.push(message);
    return message;
  }

  fail(error: Error): void {
    for (const watcher of this.#watchers) watcher.fail(error);
  }

  async *watch(signal: AbortSignal): AsyncGenerator<Snapshot | Change> {
    this.subscriptions++;
    const queue: (Snapshot | Change | Error)[] = [this.#snapshot];
    let wake = () => {};
    const watcher = {
      push: (message: Change) => {
        queue.push(message);
        wake();
      },
      fail: (error: Error) => {
        queue.push(error);
        wake();
      },
    };
    const onAbort = () => wake();
    signal.addEventListener('abort', onAbort);
    this.#watchers.add(watcher);
    try {
      while (!signal.aborted) {
        const message = queue.shift();
        if (message instanceof Error) throw message;
        if (message) yield message;
        else await new Promise<void>((resolve) => (wake = resolve));
      }
    } finally {
      signal.removeEventListener('abort', onAbort);
      this.#watchers.delete(watcher);
    }
  }
}

export const changeOf = (change: Partial<Change>): Change => ({
  kind: 'change',
  sequence: 1,
  observedAt: epoch,
  namespaces: [],
  connections: [],
  infras: [],
  nodes: [],
  operations: [],
  ...change,
  removed: { namespaces: [], connections: [], infras: [], nodes: [], ...change.removed },
});

export const snapshotOf = (snapshot: Partial<Snapshot>): Snapshot => ({
  kind: 'snapshot',
  sequence: 0,
  observedAt: epoch,
  namespaces: [],
  connections: [],
  infras: [],
  nodes: [],
  ...snapshot,
});

export const namespaceOf = (name: string, id = `id-of-${name}`): NamespaceRecord => ({
  id,
  name,
  description: '',
  createdAt: epoch,
});

export const connectionOf = (name: string, change: Partial<ConnectionRecord> = {}): ConnectionRecord => ({
  id: `id-of-${name}`,
  name,
  credential: 'cred',
  provider: 'sim-aws',
  simulated: true,
  region: 'us-east-1',
  regionName: 'N. Virginia',
  zones: [],
  state: 'Verified',
  reachable: true,
  unknownServers: 0,
  ...change,
});

export const infraOf = (id: string, ns: string, change: Partial<InfraRecord> = {}): InfraRecord => ({
  id,
  name: id,
  ns,
  description: '',
  labels: {},
  policyOnPartialFailure: 'continue',
  createdAt: epoch,
  createdBy: 'admin',
  nodeGroups: [
    {
      id: `${id}-g`,
      name: 'g',
      connection: 'c',
      provider: 'sim-aws',
      region: 'us-east-1',
      spec: 's',
      image: 'i',
      labels: {},
      size: 1,
    },
  ],
  ...change,
});

export const nodeOf = (id: string, ns: string, infraId: string, change: Partial<Node> = {}): Node => ({
  id,
  name: `g-${id}`,
  ns,
  infra: infraId,
  infraId,
  nodeGroup: 'g',
  status: 'Running',
  targetStatus: 'Running',
  statusSince: epoch,
  provider: 'sim-aws',
  region: 'us-east-1',
  connection: 'c',
  spec: 's',
  image: 'i',
  cspResourceId: `csp-${id}`,
  labels: {},
  createdAt: epoch,
  ...change,
});

export const actorOf = (change: Partial<Actor> = {}): Actor => ({
  userId: 'u',
  username: 'u',
  admin: false,
  roles: new Map(),
  via: 'cookie',
  ...change,
});
