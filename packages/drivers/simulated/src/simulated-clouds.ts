import type { CloudDriver } from '@waterstrider/engine/ports';
import type { Sql } from 'postgres';
import { createControl, type SimulationControl } from './control.ts';
import { createDriver } from './driver.ts';
import { createFaultBook, type Faults } from './faults.ts';
import { providers } from './providers.ts';
import { createRandom } from './random.ts';
import { createWorld, type Log } from './world/world.ts';

export type SimulatedCloudsOptions = {
  /** Where the world lives: its own schema `sim_world`, made and updated at first use. Not ended by `close`. */
  sql: Sql;
  /** Durations are divided by it, rates multiplied; above 0. 1: a create takes as long as it would. */
  speed: number;
  /** Makes latencies and faults the same in every run. */
  seed?: number;
  faults?: Partial<Faults>;
  log: Log;
};

export type SimulatedClouds = {
  drivers: CloudDriver[];
  control: SimulationControl;
  close(): Promise<void>;
};

const pruneEveryMs = 60_000;

/** Opens the doors to the simulated world. Several processes may do so at once; nothing runs in the background but the churn. */
export const createSimulatedClouds = (options: SimulatedCloudsOptions): SimulatedClouds => {
  const { sql, speed, seed, log } = options;
  if (!(Number.isFinite(speed) && speed > 0)) throw new RangeError('WATERSTRIDER_SIM_SPEED must be a number above 0.');
  const world = createWorld(sql, speed);
  const faults = createFaultBook(options.faults);
  const random = createRandom(seed);
  let prunedAt = 0;
  const isPruneDue = (): boolean => {
    if (Date.now() - prunedAt < pruneEveryMs) return false;
    prunedAt = Date.now();
    return true;
  };
  const control = createControl(world, faults, log);
  return {
    drivers: providers.map((facts) => createDriver(facts, { world, faults, random, isPruneDue })),
    control,
    close: () => control.close(),
  };
};
