import { nodeStatuses, type NodeStatus } from '@waterstrider/contract';
import {
  known,
  labelsOf,
  listOf,
  positiveOf,
  requiredListOf,
  textOf,
  textsOf,
  toFields,
  type Fields,
} from './tumblebug-fields.ts';

/** A server as CB-Tumblebug tells it (`NodeInfo`). */
export type WireNode = {
  name: string;
  uid: string;
  group: string;
  status: NodeStatus;
  /** In Tumblebug's own words, where it is none of the known. */
  nativeStatus?: string;
  targetStatus?: string;
  targetAction?: string;
  systemMessage?: string;
  connection: string;
  provider: string;
  region: string;
  zone?: string;
  spec: string;
  image: string;
  os?: string;
  rootDiskType?: string;
  rootDiskSizeGiB?: number;
  publicIp?: string;
  privateIp?: string;
  cspResourceId?: string;
  costPerHourUsd?: number;
  labels: Record<string, string>;
  createdAt?: string;
};

export type WireInfra = {
  name: string;
  uid: string;
  description: string;
  labels: Record<string, string>;
  /** Before the first parenthesis and colon: `Partial-Running`, `Prepared`. */
  status: string;
  /** Absent when nothing is pending. */
  targetAction?: string;
  policy?: string;
  nodes: WireNode[];
  messages: string[];
  /** Why servers could not be made, by the server's or its group's name. */
  creationErrors: { name: string; message: string }[];
};

/** `{infra:[InfraInfo]}`; objects without a name are left out. */
export const readInfraList = (answer: unknown): WireInfra[] =>
  requiredListOf(answer, 'infra').flatMap((fields) => readInfra(fields) ?? []);

/** `InfraInfo`; undefined when it is none. */
export function readInfra(answer: unknown): WireInfra | undefined {
  const fields = toFields(answer);
  const name = textOf(fields, 'id', 'name');
  if (name === undefined) return undefined;
  return {
    name,
    uid: textOf(fields, 'uid') ?? '',
    description: textOf(fields, 'description') ?? '',
    labels: visibleLabels(fields.label),
    status: (textOf(fields, 'status') ?? '').split(':', 1)[0]?.trim() ?? '',
    ...known({
      targetAction: pending(textOf(fields, 'targetAction')),
      policy: textOf(fields, 'policyOnPartialFailure'),
    }),
    nodes: listOf(fields, 'node').flatMap((node) => readNode(node) ?? []),
    messages: textsOf(fields.systemMessage),
    creationErrors: readCreationErrors(fields.creationErrors),
  };
}

function readNode(fields: Fields): WireNode | undefined {
  const name = textOf(fields, 'id', 'name');
  if (name === undefined) return undefined;
  const connectionConfig = toFields(fields.connectionConfig);
  const region = toFields(fields.region);
  const spec = toFields(fields.spec);
  const image = toFields(fields.image);
  const status = textOf(fields, 'status');
  return {
    name,
    uid: textOf(fields, 'uid') ?? '',
    group: textOf(fields, 'nodeGroupId') ?? name.replace(/-\d+$/, ''),
    status: toStatus(status),
    connection: textOf(fields, 'connectionName') ?? textOf(connectionConfig, 'configName') ?? '',
    provider: textOf(connectionConfig, 'providerName') ?? '',
    region:
      textOf(toFields(connectionConfig.regionDetail), 'regionName', 'regionId') ??
      textOf(toFields(connectionConfig.regionZoneInfo), 'assignedRegion') ??
      textOf(region, 'region', 'Region') ??
      '',
    spec: textOf(fields, 'specId') ?? '',
    image: textOf(fields, 'imageId') ?? '',
    labels: visibleLabels(fields.label),
    ...known({
      nativeStatus: isKnownStatus(status) ? undefined : status,
      targetStatus: pending(textOf(fields, 'targetStatus')),
      targetAction: pending(textOf(fields, 'targetAction')),
      systemMessage: textOf(fields, 'systemMessage'),
      zone: textOf(region, 'zone', 'Zone'),
      os: textOf(image, 'osDistribution', 'osType'),
      rootDiskType: concrete(textOf(fields, 'rootDiskType')),
      rootDiskSizeGiB: positiveOf(fields, 'rootDiskSize'),
      publicIp: textOf(fields, 'publicIP', 'publicIp'),
      privateIp: textOf(fields, 'privateIP', 'privateIp'),
      cspResourceId: textOf(fields, 'cspResourceId'),
      costPerHourUsd: positiveOf(spec, 'costPerHour'),
      createdAt: readTime(textOf(fields, 'createdTime')),
    }),
  };
}

const isKnownStatus = (status: string | undefined): status is NodeStatus =>
  (nodeStatuses as readonly (string | undefined)[]).includes(status);
const toStatus = (status: string | undefined): NodeStatus =>
  status === undefined ? 'Creating' : isKnownStatus(status) ? status : 'Undefined';

/** `None` and the empty text both say that nothing is pending. */
const pending = (value: string | undefined): string | undefined =>
  value === undefined || value === 'None' ? undefined : value;
const concrete = (value: string | undefined): string | undefined => (value === 'default' ? undefined : value);

/** `sys.*` labels are the framework's own. */
const visibleLabels = (value: unknown): Record<string, string> =>
  Object.fromEntries(Object.entries(labelsOf(value)).filter(([key]) => !key.startsWith('sys.')));

function readCreationErrors(value: unknown): WireInfra['creationErrors'] {
  const fields = toFields(value);
  return [...listOf(fields, 'nodeObjectCreationErrors'), ...listOf(fields, 'nodeCreationErrors')].flatMap((error) => {
    const name = textOf(error, 'nodeName');
    const message = textOf(error, 'error');
    return name === undefined || message === undefined ? [] : [{ name, message }];
  });
}

/** `2026-08-20 10:11:12` (UTC in the shipped containers) or RFC 3339; undefined when it is neither. */
function readTime(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const time = new Date(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text) ? `${text.replace(' ', 'T')}Z` : text);
  return Number.isNaN(time.getTime()) || time.getUTCFullYear() < 2000 ? undefined : time.toISOString();
}
