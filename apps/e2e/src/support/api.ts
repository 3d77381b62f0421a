import { adminPassword } from './server.ts';

export type Operation = {
  id: string;
  state: string;
  finishedAt?: string;
  progress: { total: number; done: number; failed: number };
  items: { target: { name: string }; state: string; error?: { code: string; message: string } }[];
};
export type Node = {
  id: string;
  name: string;
  nodeGroup: string;
  status: string;
  provider: string;
  cspResourceId?: string;
};
type Page<Item> = { items: Item[]; total: number };

/** A server group as a test asks for it: everything else is the cheapest that fits. */
export type GroupWish = { name: string; provider: string; size?: number };

/** The API as a program uses it, for what a test needs before the browser comes. */
export class Api {
  readonly url: string;
  private readonly authorization: string;

  constructor(url: string, username = 'admin', password = adminPassword) {
    this.url = url;
    this.authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
  }

  async send(method: string, path: string, body?: unknown): Promise<Response> {
    return fetch(`${this.url}${path}`, {
      method,
      headers: {
        authorization: this.authorization,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }

  async call<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
    const answer = await this.send(method, path, body);
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path} answered ${String(answer.status)}: ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as Answer; // the caller says what the row promises
  }

  get<Answer>(path: string): Promise<Answer> {
    return this.call<Answer>('GET', path);
  }

  /** Sends a change that goes on after the answer, and waits for its end. */
  async run(method: string, path: string, body?: unknown): Promise<Operation> {
    const { operation } = await this.call<{ operation: Operation }>(method, path, body);
    return this.ended(operation.id);
  }

  async ended(id: string, withinMs = 60_000): Promise<Operation> {
    const deadline = Date.now() + withinMs;
    for (;;) {
      const operation = await this.get<Operation>(`/api/operations/${id}`);
      if (operation.finishedAt !== undefined) return operation;
      if (Date.now() > deadline) throw new Error(`The task did not end: ${JSON.stringify(operation)}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  /** A namespace and connections to all simulated clouds, verified. */
  async trySimulatedClouds(): Promise<void> {
    const operation = await this.run('POST', '/api/simulated-clouds');
    if (operation.state !== 'succeeded') throw new Error(`The simulated clouds: ${JSON.stringify(operation)}`);
  }

  async createNamespace(name: string): Promise<string> {
    await this.call('POST', '/api/ns', { name, description: '' });
    return name;
  }

  async createUser(username: string, roles: { ns: string; role: string }[], admin = false): Promise<void> {
    await this.call('POST', '/api/users', { username, password: adminPassword, roles, admin });
  }

  /** What a group of the wished size at the provider needs, the cheapest spec and the first image that fits it. */
  async planGroup({ name, provider, size = 1 }: GroupWish): Promise<Record<string, unknown>> {
    const filter = encodeURIComponent(`provider:${provider}`);
    const connections = await this.get<Page<{ name: string; credential: string }>>(
      `/api/connections?filter=${filter}&filter=state:Verified&sort=name&limit=100`,
    );
    const connection = connections.items.find(({ credential }) => credential === provider)?.name ?? '';
    const specs = await this.get<Page<{ id: string }>>(`/api/specs?connection=${connection}&limit=1`);
    const spec = specs.items[0]?.id ?? '';
    const images = await this.get<Page<{ id: string }>>(
      `/api/images?connection=${connection}&spec=${encodeURIComponent(spec)}&limit=1`,
    );
    return { name, connection, spec, image: images.items[0]?.id ?? '', size };
  }

  /** Starts the creation of an MCIS and gives back the task. */
  async startInfra(ns: string, name: string, groups: GroupWish[], more: object = {}): Promise<Operation> {
    const nodeGroups = await Promise.all(groups.map((group) => this.planGroup(group)));
    const body = { name, nodeGroups, ...more };
    const { operation } = await this.call<{ operation: Operation }>('POST', `/api/ns/${ns}/infra`, body);
    return operation;
  }

  /** Creates an MCIS and waits until its task has ended. */
  async createInfra(ns: string, name: string, groups: GroupWish[], more: object = {}): Promise<Operation> {
    const { id } = await this.startInfra(ns, name, groups, more);
    return this.ended(id);
  }

  async nodes(ns: string, infra?: string): Promise<Node[]> {
    const filter = infra === undefined ? '' : `&filter=infra:${infra}`;
    return (await this.get<Page<Node>>(`/api/ns/${ns}/nodes?limit=500&sort=name${filter}`)).items;
  }

  act(ns: string, infra: string, action: string): Promise<Operation> {
    return this.run('POST', `/api/ns/${ns}/infra/${infra}/actions`, { action });
  }
}
