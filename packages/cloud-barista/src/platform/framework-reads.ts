import { cloudMetricNames, type FrameworkReads, type FrameworkState } from '@waterstrider/contract';
import { notFound, pathPart, requireNamespace, type Adapter } from './adapter.ts';
import { withoutPart } from './reads.ts';
import type { MirroredConnection } from '../ports/index.ts';
import { cloudMetric, cloudSystems, prices, quota } from '../wire/spider.ts';
import { toDomainError } from '../wire/to-domain-error.ts';
import { textOf, toFields } from '../wire/tumblebug-fields.ts';
import type { Upstream } from '../wire/upstream.ts';

/** What CB-Spider adds; `unsupported` without it. */
export function createFrameworkReads(adapter: Adapter, frameworks: () => FrameworkState[]): FrameworkReads {
  const spider = (): Upstream => {
    if (adapter.others.spider === undefined) throw withoutPart('CB-Spider');
    return adapter.others.spider;
  };
  const connectionOf = async (nameOrId: string): Promise<MirroredConnection> => {
    const [found] = await adapter.mirror.transaction((tx) => tx.connections([nameOrId]));
    if (found === undefined) throw notFound('connection', nameOrId);
    return found;
  };
  return {
    frameworks,
    cloudSystems: async () => cloudSystems(spider()),
    quota: async (connection) => quota(spider(), (await connectionOf(connection)).name),
    async prices(connection) {
      const { name, region } = await connectionOf(connection);
      return prices(spider(), name, region);
    },
    async cloudMetric(ns, nodeId, query) {
      const upstream = spider();
      const metric = cloudMetricNames.find((name) => name === query.metric);
      if (metric === undefined) throw notFound('metric', query.metric);
      const { connection, vmName } = await findServer(adapter, ns, nodeId);
      return cloudMetric(upstream, { connection, vmName, metric, hours: query.hours });
    },
  };
}

/** Spider knows a server by the name that Tumblebug gave it there. */
async function findServer(
  adapter: Adapter,
  ns: string,
  nodeId: string,
): Promise<{ connection: string; vmName: string }> {
  const { path, connectionId } = await adapter.mirror.transaction(async (tx) => {
    const namespace = await requireNamespace(tx, ns);
    const node = (await tx.nodesIn(namespace.id)).find(({ id }) => id === nodeId);
    const infra = (await tx.infras(namespace.id)).find(({ id }) => id === node?.infraId);
    if (node === undefined || infra === undefined) throw notFound('server', nodeId);
    return {
      path: `/ns/${pathPart(namespace.name)}/infra/${pathPart(infra.name)}/node/${pathPart(node.name)}`,
      connectionId: node.connectionId,
    };
  });
  const [connection] = await adapter.mirror.transaction((tx) => tx.connections([connectionId]));
  try {
    const vmName = textOf(toFields(await adapter.tumblebug.call({ method: 'GET', path })), 'uid', 'cspResourceName');
    if (connection === undefined || vmName === undefined) throw notFound('server', nodeId);
    return { connection: connection.name, vmName };
  } catch (error) {
    throw toDomainError(error);
  }
}
