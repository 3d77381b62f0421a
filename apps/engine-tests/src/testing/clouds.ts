import { inspect } from 'node:util';
import { createSimulatedClouds } from '@waterstrider/driver-simulated';
import { createEngine } from '@waterstrider/engine';
import type { Secrets } from '@waterstrider/engine/ports';
import { createJournal, createStore, openDatabase } from '@waterstrider/store';

/** Keeps the place beside the text, so that a mix-up shows; no cipher is under test here. */
const plainSecrets: Secrets = {
  seal: (plain, context) => Buffer.from(`${context}\n${plain}`),
  open: (sealed, context) => {
    const text = sealed.toString();
    if (!text.startsWith(`${context}\n`)) throw new Error(`A secret of another place was opened for ${context}`);
    return text.slice(context.length + 1);
  },
};

export type CloudsOptions = {
  url: string;
  speed: number;
  owner: string;
  observeSeconds?: number;
  faults?: { failure?: number; throttle?: number; lostAnswer?: number };
};

/** Engine, simulated clouds and PostgreSQL, as one replica has them. `start` begins the reconciling. */
export async function openClouds(options: CloudsOptions) {
  const sql = openDatabase(options.url, { max: 10 });
  const worldSql = openDatabase(options.url, { max: 10 });
  const clouds = createSimulatedClouds({
    sql: worldSql,
    speed: options.speed,
    ...(options.faults && { faults: options.faults }),
    log: { warn: () => undefined },
  });
  const store = createStore(sql, {
    platform: 'embedded',
    describeRegion: (_provider, region) => ({ simulated: true, regionName: region }),
  });
  const engine = createEngine({
    drivers: clouds.drivers,
    store,
    secrets: plainSecrets,
    owner: options.owner,
    observeSeconds: options.observeSeconds ?? 30,
    exclusive: false,
    log: (level, message, details) => {
      if (level === 'error') process.stderr.write(`[${options.owner}] ${message} ${inspect(details)}\n`);
    },
  });
  return {
    engine,
    store,
    journal: createJournal(sql),
    control: clouds.control,
    drivers: clouds.drivers,
    close: async () => {
      await engine.close();
      await clouds.close();
      await store.close();
      await Promise.all([sql.end({ timeout: 1 }), worldSql.end({ timeout: 1 })]);
    },
  };
}
export type Clouds = Awaited<ReturnType<typeof openClouds>>;
