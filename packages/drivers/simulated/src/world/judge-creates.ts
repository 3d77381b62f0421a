import { createHash } from 'node:crypto';
import type { CloudError, CreateServerRequest } from '@waterstrider/engine/ports';
import { serverQuota } from '../credential.ts';
import { complain, wordsOf } from '../errors.ts';
import type { ProviderFacts } from '../providers.ts';
import { durationOf, randomOf } from '../random.ts';
import type { NewServer } from './insert-servers.ts';
import type { ResourceRow } from './resources.ts';
import type { ServerRow } from './servers.ts';
import type { Place } from './world.ts';

/** The longest that a list may lag behind the truth, at speed 1. */
export const longestListLagMs = 5000;

/** Two requests are the same when everything but the token is. */
export const hashBody = ({ token: _token, labels, ...rest }: CreateServerRequest): string => {
  const ordered = (value: object): [string, unknown][] =>
    Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256')
    .update(JSON.stringify([ordered(rest), ordered(labels)]))
    .digest('base64');
};

const findMissingResource = (
  request: CreateServerRequest,
  resources: ReadonlyMap<string, ResourceRow>,
): string | undefined => {
  const subnet = resources.get(request.subnetId);
  const securityGroup = resources.get(request.securityGroupId);
  if (subnet?.kind !== 'subnet') return request.subnetId;
  if (securityGroup?.kind !== 'securityGroup' || securityGroup.parentId !== subnet.parentId)
    return request.securityGroupId;
  return resources.get(request.sshKeyId)?.kind === 'sshKey' ? undefined : request.sshKeyId;
};

/** A server that may be made; it still needs a public address. */
export type Draft = Omit<NewServer, 'publicAddress'>;

const draftServer = (
  facts: ProviderFacts,
  speed: number,
  place: Place,
  request: CreateServerRequest,
): Omit<Draft, 'privateAddress'> => {
  const id = facts.newServerId();
  const isSlow = request.name.includes('slow');
  const willFail = facts.failsAtCreate === 'server' && request.name.includes('fail-create');
  const zones = facts.regions.find(({ region }) => region === place.region)?.zones ?? [];
  return {
    ...request,
    id,
    bodyHash: hashBody(request),
    token: facts.idempotentCreate ? request.token : null,
    zone: request.zone ?? zones[Math.floor(randomOf(`${id}/zone`) * zones.length)] ?? null,
    state: 'creating',
    nextState: willFail ? 'failed' : 'running',
    durationMs: (durationOf(id, 'create', facts.latencyMs.createVm) * (isSlow ? 5 : 1)) / speed,
    error: willFail ? wordsOf(facts.vocabulary, 'noCapacity', { thing: request.specName }) : null,
    isSlow,
    listLagMs: Math.round((randomOf(`${id}/lag`) * longestListLagMs) / speed),
  };
};

/** What the world holds when a batch of creates is judged. */
export type Situation = {
  facts: ProviderFacts;
  place: Place;
  speed: number;
  /** Servers by the tokens of the batch. */
  byToken: ReadonlyMap<string, ServerRow>;
  resources: ReadonlyMap<string, ResourceRow>;
  /** Free private addresses by subnet, enough for the batch unless the subnet is full. */
  freeAddresses: ReadonlyMap<string, readonly number[]>;
  counts: { existing: number; inCreation: number };
};

/** A server that exists already, one to be made, or a refusal. */
export type Decision =
  { kind: 'earlier'; row: ServerRow } | { kind: 'draft'; draft: Draft } | { kind: 'refusal'; error: CloudError };

/** Judges the requests of a batch one after another, each in view of those before it. */
export const createJudge = (situation: Situation): ((request: CreateServerRequest) => Decision) => {
  const { facts, place, speed, byToken, resources, counts } = situation;
  const { idempotentCreate, limits, vocabulary, latencyMs } = facts;
  const quota = serverQuota(place.account);
  const addresses = new Map([...situation.freeAddresses].map(([subnetId, free]) => [subnetId, [...free]]));
  const draftsByToken = new Map<string, Draft>();
  let drafted = 0;

  const findRefusal = (request: CreateServerRequest): CloudError | undefined => {
    const missing = findMissingResource(request, resources);
    if (missing !== undefined) return complain(vocabulary, 'unknownResource', { thing: missing });
    const wanted = counts.existing + drafted + 1;
    if (wanted > quota) return complain(vocabulary, 'quota', { thing: `${wanted} of ${quota} servers` });
    if (counts.inCreation + drafted >= limits.concurrentCreates)
      return complain(vocabulary, 'tooManyCreates', { retryAfterMs: Math.ceil(latencyMs.list[1] / speed) });
    return undefined;
  };

  return (request) => {
    const earlier = idempotentCreate ? (byToken.get(request.token) ?? draftsByToken.get(request.token)) : undefined;
    if (earlier && earlier.bodyHash !== hashBody(request))
      return { kind: 'refusal', error: complain(vocabulary, 'tokenReused') };
    if (earlier) return 'specName' in earlier ? { kind: 'draft', draft: earlier } : { kind: 'earlier', row: earlier };
    const refusal = findRefusal(request);
    if (refusal) return { kind: 'refusal', error: refusal };
    const privateAddress = addresses.get(request.subnetId)?.shift();
    if (privateAddress === undefined)
      return { kind: 'refusal', error: complain(vocabulary, 'addressesUsedUp', { thing: request.subnetId }) };
    const draft = { ...draftServer(facts, speed, place, request), privateAddress };
    draftsByToken.set(request.token, draft);
    drafted += 1;
    return { kind: 'draft', draft };
  };
};
