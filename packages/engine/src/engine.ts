import { DomainError, type Platform } from '@waterstrider/contract';
import { setTimeout as sleep } from 'node:timers/promises';
import { disableConnection, enableConnection, verifyConnection } from './connection/connections.ts';
import { driverOf, notFound, type EngineContext, type EngineLog } from './context.ts';
import {
  createCredential,
  deleteConnection,
  deleteCredential,
  toCredential,
  updateCredential,
} from './credential/credentials.ts';
import { trySimulatedClouds } from './credential/try-simulated-clouds.ts';
import { actOnInfra, actOnMany } from './infra/act-on-infra.ts';
import { addNodeGroup, scaleNodeGroup, updateInfra } from './infra/change-infra.ts';
import { createInfra } from './infra/create-infra.ts';
import { deleteInfra } from './infra/delete-infra.ts';
import { reviewInfra } from './infra/review-infra.ts';
import { createNamespace, deleteNamespace, updateNamespace } from './namespace/namespaces.ts';
import { cancelOperation } from './operation/cancel-operation.ts';
import { retryOperation } from './operation/retry-operation.ts';
import type { Clock, CloudDriver, Secrets, Store } from './ports/index.ts';
import { Scheduler } from './reconcile/scheduler.ts';
import { watchStore } from './watch.ts';

export type EngineOptions = {
  drivers: readonly CloudDriver[];
  store: Store;
  secrets: Secrets;
  log: EngineLog;
  /** Unique among the replicas. */
  owner: string;
  /** Seconds between two looks at a quiet connection; 30 by default. */
  observeSeconds?: number;
  /** Nobody else works on this database: leases of a former life are void. */
  exclusive: boolean;
  clock?: Clock;
};

export const systemClock: Clock = {
  now: () => new Date(),
  sleep: async (milliseconds, signal) => {
    await sleep(milliseconds, undefined, signal ? { signal } : {});
  },
};

/** The embedded platform: keeps what is wanted in the store and brings the clouds there. `start` begins the work. */
export function createEngine(options: EngineOptions): Platform & { start(): Promise<void> } {
  const engine: EngineContext = {
    store: options.store,
    drivers: new Map(options.drivers.map((driver) => [driver.provider, driver])),
    secrets: options.secrets,
    clock: options.clock ?? systemClock,
    log: options.log,
    owner: options.owner,
    observeIntervalMs: (options.observeSeconds ?? 30) * 1000,
  };
  const scheduler = new Scheduler(engine);
  return {
    kind: 'embedded',
    verbs: verbsOf(engine),
    ...readsOf(engine),
    watch: (signal) => watchStore(engine, signal),
    sequence: () => engine.store.sequence(),
    health: async () => {
      await engine.store.sequence();
      return { ok: true };
    },
    start: async () => {
      if (options.exclusive) await engine.store.voidLeases();
      await scheduler.start();
    },
    close: () => scheduler.stop(),
  };
}

function verbsOf(engine: EngineContext): Platform['verbs'] {
  return {
    createNamespace: createNamespace(engine),
    updateNamespace: updateNamespace(engine),
    deleteNamespace: deleteNamespace(engine),
    trySimulatedClouds: trySimulatedClouds(engine),
    createCredential: createCredential(engine),
    updateCredential: updateCredential(engine),
    deleteCredential: deleteCredential(engine),
    verifyConnection: verifyConnection(engine),
    disableConnection: disableConnection(engine),
    enableConnection: enableConnection(engine),
    deleteConnection: deleteConnection(engine),
    createInfra: createInfra(engine),
    updateInfra: updateInfra(engine),
    deleteInfra: deleteInfra(engine),
    actOnInfra: actOnInfra(engine),
    actOnMany: actOnMany(engine),
    addNodeGroup: addNodeGroup(engine),
    scaleNodeGroup: scaleNodeGroup(engine),
    retryOperation: retryOperation(engine),
    cancelOperation: cancelOperation(engine),
  };
}

function readsOf(engine: EngineContext) {
  return {
    clouds: () => [...engine.drivers.values()].map((driver) => driver.cloud),
    drivers: () =>
      [...engine.drivers.values()].map((driver) => ({
        name: driver.name,
        provider: driver.provider,
        displayName: driver.cloud.displayName,
        version: driver.version,
        simulated: driver.simulated,
        capabilities: [...driver.capabilities],
      })),
    credentials: async () =>
      (await engine.store.credentials()).map((record) =>
        toCredential(record, engine.drivers.get(record.provider)?.simulated ?? false),
      ),
    specs: (provider, region) => driverOf(engine, provider).specs(region),
    images: (provider, region) => driverOf(engine, provider).images(region),
    review: (ns, input) => reviewInfra(engine, ns, input),
    resources: async (ns) => {
      const id = await engine.store.namespaceId(ns);
      if (id === undefined) throw notFound('namespace', ns);
      return (await engine.store.resourcesOf(id)).map(
        ({
          id: resourceId,
          kind,
          name,
          connection,
          provider,
          region,
          state,
          error,
          cspId,
          summary,
          cidr,
          usedBy,
          createdAt,
        }) => ({
          id: resourceId,
          kind,
          name,
          connection,
          provider,
          region,
          state,
          ...(error && { error }),
          ...(cspId !== undefined && { cspResourceId: cspId }),
          ...((summary ?? cidr) !== undefined && { summary: summary ?? cidr }),
          usedBy,
          createdAt,
        }),
      );
    },
    nodeHistory: async (ns, nodeId, limit) => {
      const id = await engine.store.namespaceId(ns);
      if (id === undefined) throw new DomainError('not_found');
      return engine.store.nodeHistory(nodeId, limit);
    },
  } satisfies Partial<Platform>;
}
