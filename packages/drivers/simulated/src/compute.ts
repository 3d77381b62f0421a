import { CloudError, type ComputePort, type CreateServerRequest } from '@waterstrider/engine/ports';
import type { Call } from './call.ts';
import { createCatalogueLookup, type CatalogueLookup } from './catalogue.ts';
import { complain } from './errors.ts';
import type { Latencies, ProviderFacts } from './providers.ts';
import { durationOf } from './random.ts';
import type { createQueue } from './world/create-queue.ts';
import { pruneServers, selectListedServers, selectServersById, toCloudServer } from './world/servers.ts';
import { startTransition, transitions, type TransitionName } from './world/transitions.ts';
import type { Place, World } from './world/world.ts';

export type ComputeContext = {
  facts: ProviderFacts;
  place: Place;
  world: World;
  call: Call;
  submit: ReturnType<typeof createQueue>;
  /** Whether old rows should be dropped now; true at most once a minute. */
  isPruneDue: () => boolean;
};

const latencyOf = {
  suspend: 'stopVm',
  resume: 'startVm',
  reboot: 'rebootVm',
  terminate: 'terminateVm',
} as const satisfies Record<TransitionName, keyof Latencies>;

const rejectUnfitDisk = (facts: ProviderFacts, request: CreateServerRequest, minDiskGiB: number): void => {
  const { rootDiskType, rootDiskSizeGiB: size } = request;
  const type = facts.diskTypes.find((disk) => (rootDiskType ? disk.name === rootDiskType : disk.isDefault));
  if (!type) throw complain(facts.vocabulary, 'unfitDisk', { thing: `unknown type ${rootDiskType ?? ''}` });
  if (size === undefined) return;
  const smallest = Math.max(type.minGiB, minDiskGiB);
  if (Number.isInteger(size) && size >= smallest && size <= type.maxGiB) return;
  throw complain(facts.vocabulary, 'unfitDisk', {
    thing: `${size} GiB of ${type.name}, ${smallest} to ${type.maxGiB} are possible`,
  });
};

/** Everything a cloud sees in the request alone. */
const rejectBadRequest = (
  { facts, place }: ComputeContext,
  catalogue: CatalogueLookup,
  request: CreateServerRequest,
): void => {
  const { vocabulary } = facts;
  if (request.name.includes('fail-quota')) throw complain(vocabulary, 'quota', { thing: request.name });
  if (request.name.includes('fail-create') && facts.failsAtCreate === 'call')
    throw complain(vocabulary, 'noCapacity', { thing: request.specName });
  const spec = catalogue.findSpec(request.specName);
  if (!spec) throw complain(vocabulary, 'unknownSpec', { thing: request.specName });
  const image = catalogue.findImage(request.cspImageId);
  if (!image) throw complain(vocabulary, 'unknownImage', { thing: request.cspImageId });
  if (spec.architecture !== image.architecture) throw complain(vocabulary, 'unfitImage', { thing: request.specName });
  const zones = facts.regions.find(({ region }) => region === place.region)?.zones ?? [];
  if (request.zone !== undefined && !zones.includes(request.zone))
    throw complain(vocabulary, 'unknownZone', { thing: request.zone });
  rejectUnfitDisk(facts, request, image.minDiskGiB);
};

/**
 * Servers of one account in one region. Names are watched for `fail-create` (refused, or failed in the end: see `failsAtCreate`),
 * `fail-quota` and `slow` (five times as long).
 */
export const createCompute = (context: ComputeContext): Required<ComputePort> => {
  const { facts, place, world, call, submit } = context;
  let catalogue: Promise<CatalogueLookup> | undefined;

  const change = (transitionName: TransitionName) => (id: string, signal?: AbortSignal) =>
    call({ isChange: true, signal }, async () => {
      const transition = transitions[transitionName];
      const durationMs = durationOf(id, transitionName, facts.latencyMs[latencyOf[transitionName]]) / world.speed;
      const before = await startTransition(await world.open(), place, { id, transition, durationMs });
      if (before === undefined) throw complain(facts.vocabulary, 'noServer', { thing: id });
      const allowed: readonly string[] = [...transition.from, ...transition.settled];
      if (!allowed.includes(before)) throw complain(facts.vocabulary, 'wrongState', { thing: id, state: before });
    });

  return {
    createServer: (request, signal) =>
      call({ isChange: true, signal }, async () => {
        catalogue ??= createCatalogueLookup(facts, place.region);
        rejectBadRequest(context, await catalogue, request);
        const outcome = await submit(request, signal);
        if (outcome instanceof CloudError) throw outcome;
        return toCloudServer(outcome);
      }),
    getServers: (ids, signal) =>
      call({ isChange: false, signal }, async () =>
        (await selectServersById(await world.open(), place, ids)).map(toCloudServer),
      ),
    listServers: (signal) =>
      call({ isChange: false, signal }, async () => {
        const sql = await world.open();
        if (context.isPruneDue()) await pruneServers(sql);
        return (await selectListedServers(sql, place)).map(toCloudServer);
      }),
    findServers: (tags, signal) =>
      call({ isChange: false, signal }, async () =>
        (await selectListedServers(await world.open(), place, tags)).map(toCloudServer),
      ),
    suspendServer: change('suspend'),
    resumeServer: change('resume'),
    rebootServer: change('reboot'),
    terminateServer: change('terminate'),
  };
};
