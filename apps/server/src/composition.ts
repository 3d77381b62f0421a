import {
  checkFrameworks,
  createCloudBarista,
  createCloudDirectory,
  type CloudBaristaConfig,
} from '@waterstrider/cloud-barista';
import type { Cloud, Platform } from '@waterstrider/contract';
import {
  createSimulatedClouds,
  parseFaults,
  type SimulatedClouds,
  type SimulationControl,
} from '@waterstrider/driver-simulated';
import { createEngine } from '@waterstrider/engine';
import type { Secrets } from '@waterstrider/engine/ports';
import {
  createAuditStore,
  createIdentityStore,
  createJournal,
  createMirror,
  createStore,
  createSystemStore,
  migrate,
  openDatabase,
  pruneStore,
  type DatabaseRuntime,
  type DescribeRegion,
  type Sql,
} from '@waterstrider/store';
import type { Config } from './config.ts';
import { createEventHub } from './events/event-hub.ts';
import { ensureFirstAdmin } from './identity/first-admin.ts';
import { createInventory } from './inventory/inventory.ts';
import { OperationUpkeep } from './operations/operation-upkeep.ts';
import type { Services } from './services.ts';
import { Closers } from './system/closers.ts';
import { startHousekeeping } from './system/housekeeping.ts';
import type { Log } from './system/log.ts';
import { openMasterKey } from './system/master-key.ts';
import { choosePlatform, createPlatformSettings, type ChosenPlatform } from './system/platform-settings.ts';
import { replicaId, startHeartbeat } from './system/replica.ts';
import { createSecrets } from './system/secrets.ts';

export type Composed = {
  services: Services;
  /** Ends all that works in the background, then the connections to the database. At most 2 s. Idempotent. */
  stop(): Promise<void>;
};
type Options = {
  config: Config;
  runtime: Pick<DatabaseRuntime, 'url' | 'kind'>;
  log: Log;
  /** Names this server among the replicas; the process by default. */
  owner?: string;
};

const stopMs = 2_000;

/** Throws `invalid`, naming the variable, before anything is started. */
export function checkSimulationSettings(config: Config): void {
  parseFaults(config.simulation.faults);
}

/** For commands without a server; the caller ends `sql`. Brings the schema to what this version needs, under a lock. */
export async function openPreparedDatabase(url: string): Promise<{ sql: Sql; system: Services['system'] }> {
  const sql = openDatabase(url);
  await migrate(sql);
  return { sql, system: createSystemStore(sql) };
}

/** Puts the concrete platform, drivers and stores together and starts them. On failure nothing keeps running. */
export async function composeServices(options: Options): Promise<Composed> {
  const { log } = options;
  const closers = new Closers({
    deadlineMs: stopMs,
    onError: (error) => log.warn({ err: error }, 'a part did not stop cleanly'),
  });
  try {
    return { services: await compose(options, closers), stop: () => closers.close() };
  } catch (error) {
    await closers.close();
    throw error;
  }
}

async function compose({ config, runtime, log, owner = replicaId }: Options, closers: Closers): Promise<Services> {
  const sql = openDatabase(runtime.url);
  await closers.add('pool', () => sql.end({ timeout: 1 }));
  await migrate(sql);
  const system = createSystemStore(sql);
  const secrets = createSecrets(await openMasterKey(config, system));
  const chosen = await choosePlatform(config, system, secrets);
  const identity = createIdentityStore(sql, kindOf(chosen));
  await ensureFirstAdmin(identity, config.adminPassword);
  const opened = { sql, secrets, owner, config, log, isAlone: runtime.kind === 'embedded' };
  const { platform, simulation } =
    chosen.cloudBarista === undefined
      ? await openEngine(opened, closers)
      : await openCloudBarista({ ...opened, cloudBarista: chosen.cloudBarista }, closers);

  const audit = createAuditStore(sql);
  const journal = createJournal(sql, { platform: kindOf(chosen) });
  const inventory = createInventory({ platform, log });
  await closers.add('inventory', () => inventory.stop());
  const events = createEventHub({ inventory, journal, system, log });
  await closers.add('events', () => events.stop());
  await platform.start();
  await inventory.start();
  await events.start();

  const upkeep = new OperationUpkeep({
    journal,
    onChanged: (ids) => events.operationsChanged(ids),
    keptDays: config.retention.operationDays,
    log,
  });
  upkeep.start();
  await closers.add('upkeep of tasks', () => upkeep.stop());
  const onError = (error: unknown): void => log.warn({ err: error }, 'background work failed, it will be tried again');
  await closers.add('heartbeat', await startHeartbeat(system, onError));
  const { outboxHours, historyDays } = config.retention;
  const stopHousekeeping = startHousekeeping({ audit, identity, config }, onError, async () => {
    await pruneStore(sql, { outboxHours, historyDays });
  });
  await closers.add('housekeeping', stopHousekeeping);
  const databaseKind = runtime.kind;
  return {
    config,
    platform,
    identity,
    audit,
    journal,
    system,
    platformSettings: createPlatformSettings({
      config,
      system,
      secrets,
      startedWith: chosen,
      check: (settings) => checkFrameworks(settings),
    }),
    inventory,
    events,
    databaseKind,
    ...(simulation === undefined ? {} : { simulation }),
  };
}

type Opened = {
  sql: Sql;
  secrets: Secrets;
  owner: string;
  config: Config;
  log: Log;
  /** Only one console can work on an embedded database. */
  isAlone: boolean;
};
type OpenPlatform = { platform: Platform & { start(): Promise<void> }; simulation?: SimulationControl };

const kindOf = ({ cloudBarista }: ChosenPlatform): Platform['kind'] =>
  cloudBarista === undefined ? 'embedded' : 'cloud-barista';

async function openEngine(
  { sql, secrets, owner, config, log, isAlone }: Opened,
  closers: Closers,
): Promise<OpenPlatform> {
  const clouds = createSimulatedClouds({
    sql,
    speed: config.simulation.speed,
    faults: parseFaults(config.simulation.faults),
    log,
  });
  await closers.add('simulated clouds', () => clouds.close());
  const store = createStore(sql, { platform: 'embedded', describeRegion: describeRegions(clouds) });
  await closers.add('store', () => store.close());
  const platform = createEngine({
    drivers: clouds.drivers,
    store,
    secrets,
    log: (level, message, details = {}) => log[level](details, message),
    owner,
    observeSeconds: config.observeSeconds,
    exclusive: isAlone,
  });
  await closers.add('engine', () => platform.close());
  return { platform, simulation: clouds.control };
}

async function openCloudBarista(
  { sql, owner, log, cloudBarista, isAlone }: Opened & { cloudBarista: CloudBaristaConfig },
  closers: Closers,
): Promise<OpenPlatform> {
  const directory = createCloudDirectory();
  const mirror = createMirror(sql, {
    describeRegion: (provider, region) => directory.describeRegion(provider, region),
  });
  await closers.add('mirror', () => mirror.close());
  const platform = createCloudBarista({
    config: cloudBarista,
    mirror,
    directory,
    owner,
    isAlone,
    log: (level, message, details = {}) => log[level](details, message),
  });
  await closers.add('cloud-barista', () => platform.close());
  return { platform };
}

/** Names and places of regions, as the drivers know them. */
function describeRegions({ drivers }: SimulatedClouds): DescribeRegion {
  type Region = Cloud['regions'][number];
  const regions = new Map<string, { simulated: boolean; region: Region }>(
    drivers.flatMap(({ cloud, provider, simulated }) =>
      cloud.regions.map((region) => [`${provider}+${region.region}`, { simulated, region }] as const),
    ),
  );
  return (provider, name) => {
    const found = regions.get(`${provider}+${name}`);
    if (found === undefined) return { simulated: false, regionName: name };
    const { latitude, longitude } = found.region;
    return {
      simulated: found.simulated,
      regionName: found.region.name,
      ...(latitude === undefined ? {} : { latitude }),
      ...(longitude === undefined ? {} : { longitude }),
    };
  };
}
