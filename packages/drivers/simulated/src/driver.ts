import type { CloudDriver, CloudSession, DriverLimits } from '@waterstrider/engine/ports';
import { createCall } from './call.ts';
import { listImages, listSpecs } from './catalogue.ts';
import disclaimer from './catalogue/disclaimer.json' with { type: 'json' };
import { createCompute } from './compute.ts';
import { credentialSchema, parseCredential, serverQuota } from './credential.ts';
import type { FaultBook } from './faults.ts';
import { createNetwork } from './network.ts';
import type { ProviderFacts } from './providers.ts';
import type { Random } from './random.ts';
import { createRateLimit, type RateLimit } from './rate-limit.ts';
import { rememberAccount } from './world/accounts.ts';
import { createQueue } from './world/create-queue.ts';
import { createServers } from './world/create-servers.ts';
import { longestListLagMs } from './world/judge-creates.ts';
import { countServers } from './world/servers.ts';
import type { Place, World } from './world/world.ts';

export type DriverContext = {
  world: World;
  faults: FaultBook;
  random: Random;
  isPruneDue: () => boolean;
};

/** A request given up in mid-air may still be written this much later, whatever the speed: the database's time is real. */
const databaseLagMs = 300;

/** Real milliseconds and real calls per second: the simulated ones by the world's speed. */
export const toLimits = (facts: ProviderFacts, speed: number): DriverLimits => ({
  requestsPerSecond: facts.limits.requestsPerSecond * speed,
  concurrentCreates: facts.limits.concurrentCreates,
  concurrentRequests: Math.min(
    32,
    Math.max(4, Math.ceil((facts.limits.requestsPerSecond * facts.latencyMs.list[1]) / 1000)),
  ),
  consistencyWindowMs: Math.ceil(longestListLagMs / speed) + databaseLagMs,
  pollIntervalMs: Math.max(50, Math.round(1000 / speed)),
  createMs: facts.latencyMs.createVm[0] / speed,
  idempotentCreate: facts.idempotentCreate,
});

/** One door per account and region, kept for the process: sessions of the same place share its limits and its queue. */
type Door = { rateLimit: RateLimit; submit: ReturnType<typeof createQueue> };

/** The simulated double of one cloud. */
export const createDriver = (facts: ProviderFacts, context: DriverContext): CloudDriver => {
  const { world } = context;
  const limits = toLimits(facts, world.speed);
  const doors = new Map<string, Door>();

  const openDoor = (place: Place): Door => {
    const key = `${place.region}/${place.account}`;
    const door = doors.get(key) ?? {
      // Twice a second's worth: a client that keeps to the rate is never refused for the unevenness of its clock.
      rateLimit: createRateLimit(limits.requestsPerSecond, Math.max(20, limits.requestsPerSecond * 2)),
      submit: createQueue((requests) => createServers(world, facts, place, requests)),
    };
    doors.set(key, door);
    return door;
  };

  const connect = ({ credential, region }: { credential: Record<string, string>; region: string }): CloudSession => {
    const account = parseCredential(credential)['account'] ?? '';
    const place = { provider: facts.provider, account, region };
    const { rateLimit, submit } = openDoor(place);
    const call = createCall({ ...context, facts, place, speed: world.speed, rateLimit });
    return {
      verify: (signal) =>
        call({ isChange: false, signal }, async () => {
          await rememberAccount(await world.open(), place);
          return { zones: [...(facts.regions.find((known) => known.region === region)?.zones ?? [])] };
        }),
      quota: (signal) =>
        call({ isChange: false, signal }, async () => {
          const { existing } = await countServers(await world.open(), place);
          return { serversLeft: Math.max(0, serverQuota(account) - existing) };
        }),
      compute: createCompute({ ...context, facts, place, call, submit }),
      network: createNetwork({ facts, place, world, call }),
    };
  };

  return {
    provider: facts.provider,
    name: `simulated ${facts.displayName.en}`,
    version: '1.0.0',
    simulated: true,
    cloud: {
      provider: facts.provider,
      displayName: facts.displayName,
      badge: facts.badge,
      simulated: true,
      disclaimer,
      credentialSchema,
      regions: [...facts.regions],
      diskTypes: facts.diskTypes,
    },
    capabilities: [
      'compute',
      'network',
      'price',
      ...(facts.hasZones ? ['zones'] : []),
      'rootDisk',
      'suspend',
      'resume',
      'reboot',
      'terminate',
    ],
    limits,
    parseCredential,
    specs: (region) => listSpecs(facts, region),
    images: (region) => listImages(facts, region),
    connect,
  };
};
