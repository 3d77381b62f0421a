import {
  createCloudBarista,
  createCloudDirectory,
  type CloudBaristaConfig,
  type Paces,
} from '@waterstrider/cloud-barista';
import { ghostImage } from '@waterstrider/cloud-barista/testing';
import { isUnsupported, type NodeGroupInput } from '@waterstrider/contract';
import { createJournal, createMirror, openDatabase } from '@waterstrider/store';
import { createBody, startTask, untilEnded, untilTrue } from '../testing/job.ts';

/** Everything as in real life, sooner. */
export const quickPaces: Partial<Paces> = {
  lease: 1_500,
  topology: 700,
  steady: 700,
  moving: 100,
  orphans: 250,
  checks: 1_000,
  listsPerSecond: 30,
};

export type AdapterOptions = {
  url: string;
  config: CloudBaristaConfig;
  owner?: string;
  paces?: Partial<Paces>;
};

/** The adapter with mirror and journal, as one replica has them; begins to watch at once. */
export async function openAdapter({ url, config, owner = 'first', paces = {} }: AdapterOptions) {
  const sql = openDatabase(url, { max: 8 });
  const directory = createCloudDirectory();
  const mirror = createMirror(sql, {
    describeRegion: (provider, region) => directory.describeRegion(provider, region),
  });
  const warnings: string[] = [];
  const engine = createCloudBarista({
    config,
    mirror,
    directory,
    owner,
    paces: { ...quickPaces, ...paces },
    log: (level, message) => {
      if (level === 'warn') warnings.push(message);
    },
  });
  await engine.start();
  return {
    engine,
    mirror,
    sql,
    warnings,
    journal: createJournal(sql, { platform: 'cloud-barista' }),
    close: async () => {
      await engine.close();
      await mirror.close();
      await sql.end({ timeout: 1 });
    },
  };
}
export type OpenAdapter = Awaited<ReturnType<typeof openAdapter>>;

export async function makeNamespace({ engine, mirror }: OpenAdapter, name: string): Promise<void> {
  await untilTrue(async () => (await mirror.snapshot()).connections.length > 0, 'connections are seen');
  const { createNamespace } = engine.verbs;
  if (isUnsupported(createNamespace)) throw new Error('no namespaces');
  await createNamespace({ params: {}, query: {}, body: { name, description: '' } }, { actor: 'tester' });
}

/** A group in one region of the recorded world; with the image behind which nothing is, when it shall fail. */
export const groupOf = (name: string, size: number, more: Partial<NodeGroupInput> = {}): NodeGroupInput => ({
  name,
  connection: 'mock-mercury',
  spec: 'mock+mercury+mock-vmspec-03',
  image: 'mock-vmimage-01',
  size,
  ...more,
});
export const failing = { image: ghostImage };

export type Task = Awaited<ReturnType<typeof untilEnded>>;
type CreateOptions = { ns: string; name: string; groups: NodeGroupInput[]; hold?: boolean };

export const startCreating = (host: OpenAdapter, { ns, name, groups, hold = false }: CreateOptions): Promise<string> =>
  startTask(host, 'createInfra', { params: { ns }, query: {}, body: createBody(name, groups, { hold }) });

export const create = async (host: OpenAdapter, options: CreateOptions): Promise<Task> =>
  untilEnded(host, await startCreating(host, options));

type Action = Parameters<typeof startTask<'actOnInfra'>>[2]['body']['action'];
type ActOptions = { ns: string; infra: string; action: Action; nodes?: string[] };

export const startAct = (host: OpenAdapter, { ns, infra, action, nodes }: ActOptions): Promise<string> =>
  startTask(host, 'actOnInfra', {
    params: { ns, infra },
    query: {},
    body: { action, ...(nodes === undefined ? {} : { nodes }) },
  });

export const act = async (host: OpenAdapter, options: ActOptions): Promise<Task> =>
  untilEnded(host, await startAct(host, options));

/** Names and states of the servers of one MCIS, as shown. */
export async function shown({ mirror }: OpenAdapter, infra: string): Promise<string[]> {
  const { nodes } = await mirror.snapshot();
  return nodes
    .filter((node) => node.infra === infra)
    .map(({ name, status }) => `${name} ${status}`)
    .sort();
}

export const infraShown = async ({ mirror }: OpenAdapter, name: string) =>
  (await mirror.snapshot()).infras.find((infra) => infra.name === name);

type ScaleOptions = { ns: string; infra: string; nodeGroup: string; size: number; nodes?: string[] };

export const scale = async (host: OpenAdapter, { ns, infra, nodeGroup, ...body }: ScaleOptions): Promise<Task> =>
  untilEnded(host, await startTask(host, 'scaleNodeGroup', { params: { ns, infra, nodeGroup }, query: {}, body }));

export const untilShown = (host: OpenAdapter, infra: string, wanted: string[]): Promise<void> =>
  untilTrue(async () => (await shown(host, infra)).join() === wanted.join(), `${infra}: ${wanted.join()}`, 15_000);

/** Retry and cancel act on a task that is there. */
export async function actOnTask(
  { engine }: OpenAdapter,
  name: 'retryOperation' | 'cancelOperation',
  operation: string,
): Promise<void> {
  const verb = engine.verbs[name];
  if (isUnsupported(verb)) throw new Error(`${name} is not supported`);
  await verb({ params: { operation }, query: {}, body: undefined }, { actor: 'tester' });
}

/** The clock of this process goes ahead; what waits for minutes need not be waited for. */
export function moveClock(ms: number): () => void {
  const now = Date.now;
  Date.now = () => now() + ms;
  return () => {
    Date.now = now;
  };
}
