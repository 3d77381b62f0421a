import type { Resource } from '@waterstrider/contract';
import { known, listOf, textOf, toFields, toList, type Fields } from './tumblebug-fields.ts';

export type WireResource = Pick<Resource, 'kind' | 'name' | 'connection' | 'state'> & {
  uid: string;
  cspResourceId?: string;
  summary?: string;
  message?: string;
};

const states: Record<string, Resource['state']> = {
  Available: 'Available',
  Creating: 'Creating',
  Registering: 'Creating',
  Deleting: 'Deleting',
  Deregistering: 'Deleting',
  Failed: 'Failed',
  Error: 'Failed',
};

/** `{vNet:[…]}`, `{securityGroup:[…]}`, `{sshKey:[…]}`; a network brings its subnets. Keys are never read. */
export function readResources(answer: unknown, kind: 'vNet' | 'securityGroup' | 'sshKey'): WireResource[] {
  return listOf(answer, kind).flatMap((fields) => {
    const one = readResource(fields, kind);
    if (one === undefined) return [];
    const subnets = listOf(fields, 'subnetInfoList').flatMap((subnet) => readResource(subnet, 'subnet') ?? []);
    return [one, ...subnets.map((subnet) => ({ ...subnet, connection: subnet.connection || one.connection }))];
  });
}

function readResource(fields: Fields, kind: Resource['kind']): WireResource | undefined {
  const name = textOf(fields, 'id', 'name');
  if (name === undefined) return undefined;
  return {
    kind,
    name,
    uid: textOf(fields, 'uid') ?? name,
    connection: textOf(fields, 'connectionName') ?? '',
    state: states[textOf(fields, 'status') ?? ''] ?? 'Available',
    ...known({
      cspResourceId: textOf(fields, 'cspResourceId'),
      summary: summaryOf(fields, kind),
      message: textOf(fields, 'systemMessage'),
    }),
  };
}

function summaryOf(fields: Fields, kind: Resource['kind']): string | undefined {
  if (kind === 'vNet') return textOf(fields, 'cidrBlock');
  if (kind === 'subnet') return textOf(fields, 'ipv4_CIDR');
  if (kind === 'sshKey') return textOf(fields, 'fingerprint');
  const inbound = toList(fields.firewallRules)
    .map(toFields)
    .filter((rule) => (textOf(rule, 'Direction', 'direction') ?? '').toLowerCase() === 'inbound')
    .map((rule) => {
      const ports = textOf(rule, 'Port', 'Ports', 'port', 'ports') ?? '';
      const protocol = (textOf(rule, 'Protocol', 'protocol') ?? '').toLowerCase();
      return `${ports}/${protocol} from ${textOf(rule, 'CIDR', 'cidr') ?? ''}`;
    });
  return inbound.length === 0 ? undefined : inbound.slice(0, 5).join(', ');
}
