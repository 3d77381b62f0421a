import { setTimeout as sleep } from 'node:timers/promises';
import type { Connection, InfraInput } from '@waterstrider/contract';
import type { Client } from './client.ts';

/** Ten of the simulated clouds, large and small. */
export const simulatedClouds: readonly string[] = [
  'sim-aws',
  'sim-azure',
  'sim-gcp',
  'sim-alibaba',
  'sim-tencent',
  'sim-ibm',
  'sim-ncp',
  'sim-nhn',
  'sim-openstack',
  'sim-kt',
];

export type Place = { connection: string; provider: string; spec: string; image: string };

/** A namespace and connections to at most `regions` regions of each provider; ready when all are verified. */
export async function connectClouds(
  client: Client,
  { ns, providers, regions }: { ns: string; providers: readonly string[]; regions: number },
): Promise<Place[]> {
  await client.call('createNamespace', { body: { name: ns } });
  const { items: clouds } = await client.call('listClouds');
  let wanted = 0;
  for (const provider of providers) {
    const cloud = clouds.find((known) => known.provider === provider);
    if (!cloud) throw new Error(`There is no simulated cloud "${provider}".`);
    const names = cloud.regions.slice(0, regions).map(({ region }) => region);
    wanted += names.length;
    const body = { name: provider, provider, values: { account: 'bench' }, regions: names };
    await client.call('createCredential', { body });
  }
  const connections = await waitFor(120, async () => {
    const { items } = await client.call('listConnections', { query: { limit: 500 } });
    const verified = items.filter(({ state }) => state === 'Verified');
    return verified.length === wanted ? verified : undefined;
  });
  const places = await Promise.all(connections.map((connection) => toPlace(client, connection)));
  return interleave(places);
}

/** The cheapest spec and an image that fits it. */
async function toPlace(client: Client, { name, provider }: Connection): Promise<Place> {
  const query = { connection: name, architecture: 'x86_64' as const, limit: 1 };
  const { items: specs } = await client.call('listSpecs', { query });
  const { items: images } = await client.call('listImages', { query: { ...query, spec: specs[0]?.id ?? '' } });
  const [spec] = specs;
  const [image] = images;
  if (!spec || !image) throw new Error(`${name} has no spec with an image.`);
  return { connection: name, provider, spec: spec.id, image: image.id };
}

/** One of each provider in turn, so that neighbours are of different clouds. */
function interleave(places: readonly Place[]): Place[] {
  const rank = new Map<string, number>();
  const ranked = places.map((place) => {
    const turn = rank.get(place.provider) ?? 0;
    rank.set(place.provider, turn + 1);
    return { place, turn };
  });
  return ranked.sort((left, right) => left.turn - right.turn).map(({ place }) => place);
}

/** `infras` MCIS of `groups` server groups of `size` servers each, spread evenly over the places; returns when all run. */
export async function seedServers(
  client: Client,
  {
    ns,
    places,
    infras,
    groups,
    size,
  }: { ns: string; places: readonly Place[]; infras: number; groups: number; size: number },
): Promise<{ nodes: number; seconds: number }> {
  const startedAt = performance.now();
  const nodes = infras * groups * size;
  const waiting = Array.from({ length: infras }, (_, index) => toInfra(places, { index, groups, size }));
  const send = async (): Promise<void> => {
    for (let body = waiting.shift(); body; body = waiting.shift())
      await client.call('createInfra', { params: { ns }, body });
  };
  await Promise.all([send(), send(), send(), send()]);
  await waitFor(900, async () => {
    const overview = await client.call('getNsOverview', { params: { ns } });
    const failed = overview.nodes.byStatus.Failed ?? 0;
    if (failed > 0) throw new Error(`${String(failed)} servers failed while seeding.`);
    return overview.nodes.byStatus.Running === nodes ? true : undefined;
  });
  return { nodes, seconds: (performance.now() - startedAt) / 1000 };
}

function toInfra(
  places: readonly Place[],
  { index, groups, size }: { index: number; groups: number; size: number },
): InfraInput {
  const nodeGroups = Array.from({ length: groups }, (_, group) => {
    const place = places[(index * groups + group) % places.length];
    if (!place) throw new Error('There is no place for servers.');
    const { connection, spec, image } = place;
    return {
      name: `g${String(group + 1)}`,
      connection,
      spec,
      image,
      size,
      labels: { bench: 'yes', tier: `t${String(group % 3)}` },
    };
  });
  return {
    name: `mcis-${String(index + 1).padStart(3, '0')}`,
    description: '',
    policyOnPartialFailure: 'continue',
    hold: false,
    nodeGroups,
  };
}

/** Asks until there is an answer. */
export async function waitFor<Answer>(limitSeconds: number, ask: () => Promise<Answer | undefined>): Promise<Answer> {
  const until = performance.now() + limitSeconds * 1000;
  while (performance.now() < until) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await sleep(200);
  }
  throw new Error(`What was waited for did not happen within ${String(limitSeconds)} s.`);
}
