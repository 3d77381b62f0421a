import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import type { Cloud, Region } from '@waterstrider/contract';
import facts from './catalogue/providers.json' with { type: 'json' };
import type { Spread } from './random.ts';
import { vocabularies, type Vocabulary } from './vocabulary/index.ts';

/** The clouds that are simulated, by the name of the real one. */
export const cloudNames = [
  'aws',
  'azure',
  'gcp',
  'alibaba',
  'openstack',
  'cloudit',
  'tencent',
  'ibm',
  'ncp',
  'nhn',
  'kt',
  'openstack-ex01',
] as const;
export type CloudName = (typeof cloudNames)[number];

export type Latencies = Record<
  'createVm' | 'startVm' | 'stopVm' | 'rebootVm' | 'terminateVm' | 'createNetwork' | 'list',
  Spread
>;

/** What is told apart between simulated clouds; everything else they share. */
export type ProviderFacts = {
  /** `sim-aws` */
  provider: string;
  cloudName: CloudName;
  /** Whose specs and images it has. */
  catalogue: string;
  displayName: { en: string; ko: string };
  badge: string;
  regions: readonly Region[];
  hasZones: boolean;
  diskTypes: Cloud['diskTypes'];
  latencyMs: Latencies;
  limits: { requestsPerSecond: number; concurrentCreates: number };
  idempotentCreate: boolean;
  /** A name with `fail-create`: the call itself is refused, or the server is made and ends up failed. */
  failsAtCreate: 'call' | 'server';
  newServerId: () => string;
  newResourceId: (kind: string) => string;
  vocabulary: Vocabulary;
};

const alphabet = 'abcdefghijklmnopqrstuvwxyz0123456789';
const letters = (length: number): string => Array.from(randomBytes(length), (byte) => alphabet[byte % 36]).join('');
const digits = (length: number): string =>
  Array.from({ length }, (_, index) => String(index === 0 ? randomInt(1, 10) : randomInt(10))).join('');
const hex17 = (): string => randomBytes(9).toString('hex').slice(1);

type Character = Pick<ProviderFacts, 'idempotentCreate' | 'failsAtCreate' | 'newServerId' | 'newResourceId'>;
const resourcePrefixes: Record<string, string> = { vNet: 'vpc', subnet: 'subnet', securityGroup: 'sg', sshKey: 'key' };
const prefixOf = (kind: string): string => resourcePrefixes[kind] ?? kind;

/** OpenStack and its relatives: no create tokens, UUIDs, and servers that end in ERROR. */
const likeOpenStack: Character = {
  idempotentCreate: false,
  failsAtCreate: 'server',
  newServerId: () => randomUUID(),
  newResourceId: () => randomUUID(),
};

const characters: Record<CloudName, Character> = {
  aws: {
    idempotentCreate: true,
    failsAtCreate: 'call',
    newServerId: () => `i-${hex17()}`,
    newResourceId: (kind) => `${prefixOf(kind)}-${hex17()}`,
  },
  azure: {
    idempotentCreate: true,
    failsAtCreate: 'server',
    newServerId: () => randomUUID(),
    newResourceId: (kind) => `${prefixOf(kind)}-${randomUUID()}`,
  },
  gcp: {
    idempotentCreate: true,
    failsAtCreate: 'call',
    newServerId: () => digits(19),
    newResourceId: () => digits(19),
  },
  alibaba: {
    idempotentCreate: true,
    failsAtCreate: 'call',
    newServerId: () => `i-${letters(20)}`,
    newResourceId: (kind) => `${prefixOf(kind)}-${letters(20)}`,
  },
  tencent: {
    idempotentCreate: true,
    failsAtCreate: 'call',
    newServerId: () => `ins-${letters(12)}`,
    newResourceId: (kind) => `${prefixOf(kind)}-${letters(12)}`,
  },
  ibm: {
    idempotentCreate: true,
    failsAtCreate: 'server',
    newServerId: () => `0717_${randomUUID()}`,
    newResourceId: () => `r006-${randomUUID()}`,
  },
  ncp: {
    idempotentCreate: false,
    failsAtCreate: 'call',
    newServerId: () => digits(15),
    newResourceId: () => digits(15),
  },
  openstack: likeOpenStack,
  'openstack-ex01': likeOpenStack,
  cloudit: likeOpenStack,
  nhn: likeOpenStack,
  kt: likeOpenStack,
};

const factsOf = (cloudName: CloudName): ProviderFacts => {
  const known = facts[cloudName];
  return {
    ...known,
    provider: `sim-${cloudName}`,
    cloudName,
    hasZones: known.regions.some((region) => region.zones.length > 0),
    latencyMs: known.latencyMs as unknown as Latencies, // pairs, which JSON can not say; checked by the tests
    ...characters[cloudName],
    vocabulary: vocabularies[cloudName],
  };
};

export const providers: readonly ProviderFacts[] = cloudNames.map(factsOf);

/** Ids of all simulated providers: `sim-aws`, `sim-azure` ... */
export const simulatedProviders: readonly string[] = providers.map(({ provider }) => provider);
