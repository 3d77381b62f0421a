import { DomainError, type FrameworkReads } from '@waterstrider/contract';
import { getConnection } from '../inventory/connections.ts';
import { notFound, stateOfPath } from '../inventory/visibility.ts';
import type { ConsoleHandlers } from '../pipeline/handlers.ts';
import type { Services } from '../services.ts';

type Rows = 'listCloudSystems' | 'getConnectionQuota' | 'getConnectionPrices' | 'getCloudMetric';

/** What CB-Spider tells of clouds: its drivers, quotas, prices and the clouds' own metrics. */
export function createCloudSystemHandlers({
  platform,
  inventory,
}: Pick<Services, 'platform' | 'inventory'>): Pick<ConsoleHandlers, Rows> {
  const { model } = inventory;
  const reads = (): FrameworkReads => {
    if (platform.frameworkReads !== undefined) return platform.frameworkReads;
    throw new DomainError('unsupported', { reason: 'needsSpider' }, { message: needsSpider });
  };
  return {
    listCloudSystems: async () => ({ items: await reads().cloudSystems() }),
    async getConnectionQuota({ params }, { actor }) {
      const { name } = getConnection(model, actor, params.connection);
      return { items: await reads().quota(name) };
    },
    async getConnectionPrices({ params }, { actor }) {
      const { name } = getConnection(model, actor, params.connection);
      return { items: await reads().prices(name) };
    },
    async getCloudMetric({ params, query }, context) {
      const state = stateOfPath(model, context);
      const entry = model.nodes.get(params.node);
      // A server of another namespace is not found.
      if (entry?.home !== state) throw notFound();
      return reads().cloudMetric(state.record.name, entry.id, query);
    },
  };
}

const needsSpider = 'Only a Cloud-Barista with CB-Spider tells that: give its address under Platform.';
