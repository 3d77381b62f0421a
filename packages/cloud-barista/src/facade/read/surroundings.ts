import type { Connection, Image, Node, Resource, Spec } from '@waterstrider/contract';
import type { FacadeConsole } from '../console.ts';
import { cspSpecName } from '../write/catalogue.ts';
import { driverNameOf, unknownConnection } from '../write/connection.ts';
import type { NodeSurroundings } from '../write/infra.ts';
import { allOf } from './all-pages.ts';
import { findImage } from './catalogue.ts';
import { orUndefined } from './or-undefined.ts';

/** The connections of servers, by name; a stand-in for those that one may not see any more. */
export async function connectionsOf(
  console: FacadeConsole,
  nodes: readonly Node[],
): Promise<(node: Node) => Connection> {
  const byName = new Map<string, Connection>();
  const first = new Map(nodes.map((node) => [node.connection, node]));
  await Promise.all(
    [...first].map(async ([name, { provider, region }]) => {
      const found = await orUndefined(console.call('getConnection', { params: { connection: name } }));
      byName.set(name, found ?? unknownConnection(name, provider, region));
    }),
  );
  return ({ connection, provider, region }) =>
    byName.get(connection) ?? unknownConnection(connection, provider, region);
}

async function specsOf(console: FacadeConsole, nodes: readonly Node[]): Promise<Map<string, Spec>> {
  const names = new Map<string, { provider: string; region: string; names: Set<string> }>();
  for (const { provider, region, spec } of nodes) {
    const place = names.get(`${provider}+${region}`) ?? { provider, region, names: new Set<string>() };
    names.set(`${provider}+${region}`, place);
    place.names.add(cspSpecName(spec));
  }
  const found = await Promise.all(
    [...names.values()].map(({ provider, region, names: wanted }) => {
      const filter = [...wanted].slice(0, 100).map((name) => `name:${name}`);
      return orUndefined(allOf(console, 'listSpecs', { query: { provider, region, filter } }));
    }),
  );
  return new Map(found.flatMap((specs) => specs ?? []).map((spec) => [spec.id, spec]));
}

async function imagesOf(console: FacadeConsole, nodes: readonly Node[]): Promise<Map<string, Image>> {
  const first = new Map(nodes.map((node) => [node.image, node]));
  const found = await Promise.all(
    [...first].map(([image, { provider, region }]) => findImage(console, { provider, region }, image)),
  );
  return new Map(found.flatMap((image) => (image === undefined ? [] : [[image.id, image] as const])));
}

/** Everything that Tumblebug shows inside a server, read once for all of them. */
export async function surroundingsOf(
  console: FacadeConsole,
  ns: string,
  nodes: readonly Node[],
): Promise<(node: Node) => NodeSurroundings> {
  if (nodes.length === 0)
    return () => ({
      connection: unknownConnection('', '', ''),
      driverName: '',
      spec: undefined,
      image: undefined,
      resources: {},
    });
  const [connectionOf, specs, images, resources, { items: drivers }] = await Promise.all([
    connectionsOf(console, nodes),
    specsOf(console, nodes),
    imagesOf(console, nodes),
    allOf(console, 'listResources', { params: { ns } }),
    console.call('listDrivers'),
  ]);
  const byConnection = new Map<string, Partial<Record<Resource['kind'], Resource>>>();
  for (const resource of resources) {
    const known = byConnection.get(resource.connection) ?? {};
    byConnection.set(resource.connection, { ...known, [resource.kind]: resource });
  }
  return (node) => ({
    connection: connectionOf(node),
    driverName: driverNameOf(drivers, node.provider),
    spec: specs.get(node.spec),
    image: images.get(node.image),
    resources: byConnection.get(node.connection) ?? {},
  });
}
