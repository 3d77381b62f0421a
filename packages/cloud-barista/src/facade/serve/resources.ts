import type { Resource } from '@waterstrider/contract';
import { param, type FacadeConsole, type FacadeHandler } from '../console.ts';
import { FacadeError } from '../facade-error.ts';
import { allOf } from '../read/all-pages.ts';
import { findImage, findSpec } from '../read/catalogue.ts';
import { filterByQuery } from '../read/list-options.ts';
import { orUndefined } from '../read/or-undefined.ts';
import { driverNameOf, toConnConfig, unknownConnection } from '../write/connection.ts';
import { toSecurityGroupInfo, toSshKeyInfo, toSubnetInfo, toVNetInfo, type PlacedResource } from '../write/resource.ts';
import { orNull } from '../write/texts.ts';

type Kind = Resource['kind'];
type Json = Record<string, unknown>;

/** The networks, firewalls and keys of a namespace with their connections. */
async function placedResources(console: FacadeConsole, ns: string): Promise<PlacedResource[]> {
  const [resources, { items: drivers }] = await Promise.all([
    allOf(console, 'listResources', { params: { ns } }),
    console.call('listDrivers'),
  ]);
  const configs = new Map<string, Json>();
  await Promise.all(
    [...new Map(resources.map((resource) => [resource.connection, resource]))].map(
      async ([name, { provider, region }]) => {
        const found = await orUndefined(console.call('getConnection', { params: { connection: name } }));
        const connection = found ?? unknownConnection(name, provider, region);
        configs.set(name, toConnConfig(connection, driverNameOf(drivers, provider)));
      },
    ),
  );
  return resources.map((resource) => ({ resource, connectionConfig: configs.get(resource.connection) ?? {} }));
}

function toInfo(placed: PlacedResource, all: readonly PlacedResource[]): Json {
  const { kind, connection } = placed.resource;
  const vNet = all.find(({ resource }) => resource.kind === 'vNet' && resource.connection === connection)?.resource;
  const subnets = all.filter(({ resource }) => resource.kind === 'subnet' && resource.connection === connection);
  if (kind === 'vNet') return toVNetInfo(placed, subnets);
  if (kind === 'subnet') return toSubnetInfo(placed, vNet);
  return kind === 'securityGroup' ? toSecurityGroupInfo(placed, vNet) : toSshKeyInfo(placed);
}

export const listResources =
  (kind: Exclude<Kind, 'subnet'>): FacadeHandler =>
  async ({ console, request }) => {
    const all = await placedResources(console, param(request, 'nsId'));
    const ofKind = all.filter(({ resource }) => resource.kind === kind).map((placed) => toInfo(placed, all));
    const shown = filterByQuery(ofKind, request.query);
    return request.query.option === 'id' ? { output: orNull(shown.map(({ id }) => id)) } : { [kind]: shown };
  };

async function lookUp(
  console: FacadeConsole,
  ns: string,
  wanted: { kind: Kind; name: string },
): Promise<Json | undefined> {
  const all = await placedResources(console, ns);
  const found = all.find(
    ({ resource: { kind, name, id } }) => kind === wanted.kind && (name === wanted.name || id === wanted.name),
  );
  return found === undefined ? undefined : toInfo(found, all);
}

async function find(console: FacadeConsole, ns: string, wanted: { kind: Kind; name: string }): Promise<Json> {
  const found = await lookUp(console, ns, wanted);
  if (found === undefined) throw new FacadeError(404, `does not exist, ${wanted.kind}: ${wanted.name}`);
  return found;
}

/** `name` is the path's parameter. */
export const getResource =
  (kind: Kind, name: string): FacadeHandler =>
  ({ console, request }) =>
    find(console, param(request, 'nsId'), { kind, name: param(request, name) });

export const listSubnets: FacadeHandler = async ({ console, request }) => {
  const vNet = await find(console, param(request, 'nsId'), { kind: 'vNet', name: param(request, 'vNetId') });
  return { subnetInfoList: vNet.subnetInfoList };
};

/** Shared resources go by themselves with the last infra that uses them. */
export const releaseShared: FacadeHandler = async () => ({ output: null });

const placedKinds = ['vNet', 'subnet', 'securityGroup', 'sshKey'] as const;
const absentKinds = ['customImage', 'dataDisk'];

export const checkResource: FacadeHandler = async ({ console, request }) => {
  const type = param(request, 'resourceType');
  const name = param(request, 'resourceId').replaceAll(' ', '+');
  if (type === 'spec') return { exists: (await findSpec(console, name)) !== undefined };
  if (type === 'image') return { exists: (await findImage(console, undefined, name)) !== undefined };
  if (absentKinds.includes(type)) return { exists: false };
  const kind = placedKinds.find((known) => known === type);
  if (kind === undefined) throw new FacadeError(400, `There is no resource of the type ${type}.`);
  return { exists: (await lookUp(console, param(request, 'nsId'), { kind, name })) !== undefined };
};
