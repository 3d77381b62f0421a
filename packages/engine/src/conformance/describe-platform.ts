import {
  cloud,
  image,
  infraReview,
  isUnsupported,
  node,
  resource,
  spec,
  type Change,
  type InputOf,
  type ItemState,
  type NodeGroupInput,
  type OperationState,
  type Platform,
  type PlatformRowName,
  type Snapshot,
} from '@waterstrider/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

export type EndedTask = {
  state: OperationState;
  total: number;
  done: number;
  failed: number;
  items: { state: ItemState; error?: { code: string; message: string } | undefined }[];
};

/** One platform with a journal behind it, and a place to make servers on. */
export type PlatformSubject = {
  platform: Platform;
  /** Calls a 202 verb as the console does and waits for its end. Rejects when the verb refuses. */
  run<Name extends PlatformRowName>(name: Name, input: InputOf<Name>): Promise<EndedTask>;
  /** Makes the namespace, and returns groups that can be made in it, but for the one named `failingGroup`. */
  prepare(ns: string): Promise<(name: string, size: number) => Promise<NodeGroupInput>>;
  /** The name of a group whose servers can not be made. */
  failingGroup: string;
  close(): Promise<void>;
};

const create = (ns: string, name: string, nodeGroups: NodeGroupInput[]): InputOf<'createInfra'> => ({
  params: { ns },
  query: {},
  body: { name, description: '', policyOnPartialFailure: 'continue', hold: false, nodeGroups },
});
const act = (ns: string, infra: string, action: InputOf<'actOnInfra'>['body']['action']): InputOf<'actOnInfra'> => ({
  params: { ns, infra },
  query: {},
  body: { action },
});

/** What every platform keeps, whoever carries it out. Run it from a test file. */
export function describePlatform(name: string, open: () => Promise<PlatformSubject>): void {
  describe(`platform ${name}`, () => {
    const ns = 'conform';
    let subject: PlatformSubject;
    let group: Awaited<ReturnType<PlatformSubject['prepare']>>;
    beforeAll(async () => {
      subject = await open();
      group = await subject.prepare(ns);
    });
    afterAll(() => subject.close());

    const call = async <Name extends PlatformRowName>(verb: Name, input: InputOf<Name>) => {
      const run = subject.platform.verbs[verb];
      if (isUnsupported(run)) throw new Error(`${verb}: ${run.unsupported}`);
      return run(input, { actor: 'tester' });
    };
    const look = async (): Promise<Snapshot> => {
      const first = await firstOf(subject.platform);
      if (first.kind !== 'snapshot') throw new Error('The first thing seen is not a snapshot');
      return first;
    };
    const statuses = async (infra: string) =>
      (await look()).nodes.filter((candidate) => candidate.infra === infra).map(({ status }) => status);

    it('tells clouds, specs and images in the contract’s form', async () => {
      const clouds = subject.platform.clouds();
      expect(clouds.length).toBeGreaterThan(0);
      for (const candidate of clouds) expect(cloud.safeParse(candidate).error).toBeUndefined();
      const { connection } = await group('x', 1);
      const place = (await look()).connections.find((candidate) => candidate.name === connection);
      const specs = await subject.platform.specs(place?.provider ?? '', place?.region ?? '');
      const images = await subject.platform.images(place?.provider ?? '', place?.region ?? '');
      expect(specs.map((candidate) => spec.safeParse(candidate).success)).not.toContain(false);
      expect(images.map((candidate) => image.safeParse(candidate).success)).not.toContain(false);
    });

    it('refuses a namespace twice, and to delete one that is not empty', async () => {
      await expect(
        call('createNamespace', { params: {}, query: {}, body: { name: ns, description: '' } }),
      ).rejects.toMatchObject({ code: 'exists' });
      await subject.run('createInfra', create(ns, 'keeper', [await group('web', 1)]));
      await expect(call('deleteNamespace', { params: { ns }, query: {}, body: undefined })).rejects.toMatchObject({
        code: 'in_use',
        details: { contains: expect.arrayContaining([{ kind: 'infra', name: 'keeper' }]) },
      });
    });

    it('reviews without making anything', async () => {
      const review = await subject.platform.review(ns, create(ns, 'thought', [await group('web', 3)]).body);
      expect(infraReview.safeParse(review).error).toBeUndefined();
      expect(review).toMatchObject({ verdict: 'ok', nodes: 3 });
      expect((await look()).infras.some((candidate) => candidate.name === 'thought')).toBe(false);
    });

    it('creates, suspends, resumes, reboots, terminates and deletes', async () => {
      expect(await subject.run('createInfra', create(ns, 'life', [await group('web', 2)]))).toMatchObject({
        state: 'succeeded',
        total: 2,
      });
      const { nodes } = await look();
      expect(nodes.map((candidate) => node.safeParse(candidate).success)).not.toContain(false);
      expect(await statuses('life')).toEqual(['Running', 'Running']);
      for (const action of ['suspend', 'resume', 'reboot'] as const) {
        expect(await subject.run('actOnInfra', act(ns, 'life', action))).toMatchObject({ state: 'succeeded' });
      }
      await expect(subject.run('actOnInfra', act(ns, 'life', 'resume'))).rejects.toMatchObject({ code: 'wrong_state' });
      expect(
        (await subject.platform.resources(ns)).map((candidate) => resource.safeParse(candidate).success),
      ).not.toContain(false);
      const remove: InputOf<'deleteInfra'> = { params: { ns, infra: 'life' }, query: {}, body: undefined };
      await expect(subject.run('deleteInfra', remove)).rejects.toMatchObject({ code: 'wrong_state' });
      expect(await subject.run('actOnInfra', act(ns, 'life', 'terminate'))).toMatchObject({ state: 'succeeded' });
      expect(await statuses('life')).toEqual(['Terminated', 'Terminated']);
      expect(await subject.run('deleteInfra', remove)).toMatchObject({ state: 'succeeded' });
      expect((await look()).infras.some((candidate) => candidate.name === 'life')).toBe(false);
    });

    it('says in the cloud’s words why some servers failed', async () => {
      const task = await subject.run(
        'createInfra',
        create(ns, 'partly', [await group('good', 1), await group(subject.failingGroup, 1)]),
      );
      expect(task).toMatchObject({ state: 'partial', done: 1, failed: 1 });
      expect(task.items.find(({ state }) => state === 'failed')?.error?.message).toBeTruthy();
      expect((await statuses('partly')).sort()).toEqual(['Failed', 'Running']);
    });

    it('names the fields of a request that can not be made', async () => {
      const wrong = { ...(await group('web', 1)), spec: 'no+such+spec' };
      await expect(subject.run('createInfra', create(ns, 'wrong', [wrong]))).rejects.toMatchObject({
        code: 'invalid',
        details: { issues: [{ field: 'body.nodeGroups.0.spec' }] },
      });
      await expect(subject.run('actOnInfra', act(ns, 'nowhere', 'suspend'))).rejects.toMatchObject({
        code: 'not_found',
      });
      await expect(subject.run('actOnInfra', act('nowhere', 'x', 'suspend'))).rejects.toMatchObject({
        code: 'not_found',
      });
    });

    it('shows what was answered to whoever has watched up to its sequence', async () => {
      await call('updateInfra', { params: { ns, infra: 'keeper' }, query: {}, body: { labels: { seen: 'yes' } } });
      const sequence = await subject.platform.sequence();
      const seen = await look();
      expect(seen.sequence).toBeGreaterThanOrEqual(sequence);
      expect(seen.infras.find((candidate) => candidate.name === 'keeper')?.labels).toEqual({ seen: 'yes' });
    });

    it('describes an MCIS, or says that it can not', async () => {
      const change = { params: { ns, infra: 'keeper' }, query: {}, body: { description: 'seen' } };
      const refusal: unknown = await call('updateInfra', change).then(
        () => undefined,
        (error: unknown) => error,
      );
      if (refusal !== undefined) expect(refusal).toMatchObject({ code: 'unsupported' });
      const { infras } = await look();
      const { description } = infras.find((candidate) => candidate.name === 'keeper') ?? {};
      expect(description).toBe(refusal === undefined ? 'seen' : '');
    });

    it('is healthy', async () => {
      expect(await subject.platform.health()).toMatchObject({ ok: true });
    });
  });
}

async function firstOf(platform: Platform): Promise<Snapshot | Change> {
  const end = new AbortController();
  try {
    for await (const seen of platform.watch(end.signal)) return seen;
  } finally {
    end.abort();
  }
  throw new Error('The watch ended before anything was seen');
}
