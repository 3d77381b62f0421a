import type { Cloud, Region } from '@waterstrider/contract';
import { known, numberOf, requiredListOf, textOf, textsOf, toFields, type Fields } from './tumblebug-fields.ts';

export type WireNamespace = { name: string; description: string };
export const readNamespaces = (answer: unknown): WireNamespace[] =>
  requiredListOf(answer, 'ns').flatMap((fields) => {
    const name = textOf(fields, 'id', 'name');
    return name === undefined ? [] : [{ name, description: textOf(fields, 'description') ?? '' }];
  });

/** `ConnConfig`: one region of a provider under one credential holder. */
export type WireConnection = {
  name: string;
  holder: string;
  provider: string;
  region: string;
  zones: string[];
  verified: boolean;
  verifiedMessage?: string;
};
export const readConnections = (answer: unknown): WireConnection[] =>
  requiredListOf(answer, 'connectionconfig').flatMap((fields) => readConnection(fields) ?? []);

export function readConnection(answer: unknown): WireConnection | undefined {
  const fields = toFields(answer);
  const name = textOf(fields, 'configName', 'ConfigName');
  const provider = textOf(fields, 'providerName', 'ProviderName')?.toLowerCase();
  if (name === undefined || provider === undefined) return undefined;
  const detail = toFields(fields.regionDetail);
  const assigned = textOf(toFields(fields.regionZoneInfo), 'assignedRegion');
  return {
    name,
    provider,
    holder: textOf(fields, 'credentialHolder') ?? 'admin',
    region: textOf(detail, 'regionName') ?? textOf(detail, 'regionId') ?? assigned ?? name,
    zones: textsOf(detail.zones),
    verified: fields.verified === true,
    ...known({ verifiedMessage: textOf(fields, 'verifiedMessage') }),
  };
}

export type WireCloud = { provider: string; platform: string; description: string; regions: Region[] };
/** `{csps:{[provider]: CSPDetail}}`. */
export function readClouds(answer: unknown): WireCloud[] {
  const csps = toFields(toFields(answer).csps);
  return Object.entries(csps)
    .map(([provider, value]) => {
      const fields = toFields(value);
      return {
        provider: provider.toLowerCase(),
        platform: (textOf(fields, 'cloudPlatform') ?? provider).toLowerCase(),
        description: textOf(fields, 'description') ?? provider,
        regions: Object.entries(toFields(fields.regions)).map(([region, detail]) =>
          readRegion(region, toFields(detail)),
        ),
      };
    })
    .sort((left, right) => (left.provider < right.provider ? -1 : 1));
}

function readRegion(key: string, fields: Fields): Region {
  const place = toFields(fields.location);
  const latitude = numberOf(place, 'latitude');
  const longitude = numberOf(place, 'longitude');
  const isPlaced = latitude !== undefined && longitude !== undefined && (latitude !== 0 || longitude !== 0);
  return {
    region: textOf(fields, 'regionName') ?? key,
    name: textOf(place, 'display') ?? textOf(fields, 'description') ?? key,
    zones: textsOf(fields.zones),
    ...(isPlaced ? { latitude, longitude } : {}),
  };
}

const badges: Record<string, string> = {
  alibaba: 'ALI',
  azure: 'AZ',
  openstack: 'OS',
  tencent: 'TCT',
};
const names: Record<string, { en: string; ko: string }> = {
  alibaba: { en: 'Alibaba Cloud', ko: '알리바바 클라우드' },
  aws: { en: 'Amazon Web Services', ko: '아마존 웹 서비스' },
  azure: { en: 'Microsoft Azure', ko: '마이크로소프트 애저' },
  gcp: { en: 'Google Cloud', ko: '구글 클라우드' },
  ibm: { en: 'IBM Cloud', ko: 'IBM 클라우드' },
  kt: { en: 'KT Cloud', ko: 'KT 클라우드' },
  ncp: { en: 'NAVER Cloud', ko: '네이버 클라우드' },
  nhn: { en: 'NHN Cloud', ko: 'NHN 클라우드' },
  openstack: { en: 'OpenStack', ko: '오픈스택' },
  tencent: { en: 'Tencent Cloud', ko: '텐센트 클라우드' },
};

const keystone = (last: string) => ['IdentityEndpoint', 'Username', 'Password', 'DomainName', last];
/** What CB-Tumblebug asks of each provider (its credential files); another provider's keys are not checked there. */
const credentialKeys: Record<string, string[]> = {
  alibaba: ['AccessKeyId', 'AccessKeySecret'],
  aws: ['aws_access_key_id', 'aws_secret_access_key'],
  azure: ['clientId', 'clientSecret', 'tenantId', 'subscriptionId'],
  gcp: ['project_id', 'client_email', 'private_key', 'private_key_id', 'client_id'],
  ibm: ['ApiKey'],
  kt: keystone('ProjectID'),
  mock: ['MockName'],
  ncp: ['ncloud_access_key', 'ncloud_secret_key'],
  nhn: keystone('TenantId'),
  openstack: keystone('ProjectID'),
  tencent: ['SecretId', 'SecretKey'],
};
const isSecret = (key: string): boolean => /secret|password|private|apikey|access_key$|accesskeysecret/i.test(key);

/** A JSON Schema of the provider's credential values. */
export function credentialSchemaOf(platform: string): Record<string, unknown> {
  const keys = credentialKeys[platform];
  if (keys === undefined) return { type: 'object', properties: {}, additionalProperties: { type: 'string' } };
  const properties = Object.fromEntries(
    keys.map((key) => [
      key,
      {
        type: 'string',
        title: key,
        minLength: 1,
        ...(isSecret(key) ? { writeOnly: true } : {}),
        ...(key === 'private_key' ? { format: 'multiline' } : {}),
      },
    ]),
  );
  return { type: 'object', properties, required: keys, additionalProperties: false };
}

export const toCloud = ({ provider, platform, regions }: WireCloud): Cloud => ({
  provider,
  displayName: names[provider] ?? { en: provider, ko: provider },
  badge: badges[provider] ?? provider.slice(0, 4).toUpperCase(),
  // Tumblebug knows it by no other mark: CB-Spider's MOCK driver makes nothing real.
  simulated: platform === 'mock',
  ...(platform === 'mock'
    ? {
        disclaimer: {
          en: 'CB-Spider’s mock driver: nothing real is made.',
          ko: 'CB-Spider의 모의 드라이버입니다. 실제로 만들어지는 것은 없습니다.',
        },
      }
    : {}),
  credentialSchema: credentialSchemaOf(platform),
  regions,
  diskTypes: [],
});

/** `admin` is the holder of a credential that is named like its provider. */
export const credentialNameOf = (holder: string, provider: string): string =>
  holder === 'admin' ? provider : `${holder}-${provider}`;

/** The holder in a credential's name; undefined when the name does not follow upstream's rule. */
export function holderOf(name: string, provider: string): string | undefined {
  if (name === provider) return 'admin';
  const holder = name.endsWith(`-${provider}`) ? name.slice(0, -provider.length - 1) : '';
  return /^[a-z0-9_]+$/.test(holder) && holder !== 'admin' ? holder : undefined;
}
