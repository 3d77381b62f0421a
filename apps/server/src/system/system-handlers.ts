import { isUnsupported } from '@waterstrider/contract';
import type { ConsoleHandlers } from '../pipeline/handlers.ts';
import type { Services } from '../services.ts';
import { runChecks } from './checks.ts';
import { product, version } from './product.ts';
import { replicaId, startedAt } from './replica.ts';

const aliveSeconds = 15;

export function createSystemHandlers(services: Services): Pick<ConsoleHandlers, 'getAbout' | 'getPlatform'> {
  const { platform, system, config, databaseKind, simulation, platformSettings } = services;
  return {
    async getAbout() {
      const clouds = platform.clouds();
      const { ok } = await platform.health();
      const simulated = clouds.every((cloud) => cloud.simulated);
      return {
        version,
        platform: platform.kind,
        clouds: clouds.length,
        simulated,
        healthy: ok,
        unsupported: unsupportedOf(platform),
      };
    },
    async getPlatform() {
      const [database, replicas, tables, { checks }, settings] = await Promise.all([
        system.database(),
        system.replicas(aliveSeconds),
        system.tables(),
        runChecks(services),
        platformSettings.read(),
      ]);
      const kept = keptDays(config.retention);
      return {
        product,
        version,
        platform: platform.kind,
        clouds: platform.clouds().length,
        startedAt: startedAt.toISOString(),
        ...(simulation === undefined ? {} : { simulationSpeed: config.simulation.speed }),
        database: { kind: databaseKind, ...database },
        replicas: replicas.map((replica) => ({ ...replica, self: replica.id === replicaId })),
        tables: tables.map((table) => {
          const days = kept[table.name];
          return { ...table, ...(days === undefined ? {} : { keptDays: days }) };
        }),
        memoryBytes: process.memoryUsage.rss(),
        checks,
        frameworks: platform.frameworkReads?.frameworks() ?? [],
        settings,
      };
    },
  };
}

const unsupportedOf = ({ verbs }: Services['platform']): Record<string, string> =>
  Object.fromEntries(
    Object.entries(verbs).flatMap(([name, verb]) => (isUnsupported(verb) ? [[name, verb.unsupported]] : [])),
  );

const keptDays = (retention: Services['config']['retention']): Record<string, number | undefined> => ({
  audit: retention.auditDays,
  operation: retention.operationDays,
  node_status_history: retention.historyDays,
});
