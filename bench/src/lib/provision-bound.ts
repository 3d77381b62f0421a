import type { DriverLimits } from '@waterstrider/engine/ports';

/** What the simulated world drew for one connection. */
export type PlaceFacts = {
  provider: string;
  limits: Pick<DriverLimits, 'concurrentCreates' | 'requestsPerSecond'>;
  /** How long each server took to be made, in real milliseconds, in the order of the requests. */
  createMs: number[];
  /** How long each place of a server that was ready stayed empty until the next create was accepted, in milliseconds. */
  emptyMs: number[];
  /** How long each shared resource took, by its kind. */
  networkMs: Record<string, number>;
};
export type Bound = {
  networkSeconds: number;
  /** Network, then each create as soon as a place is free, in the order of the requests. */
  seconds: number;
  /** Network, then all places busy without a gap to the end: no order of creates can be faster. */
  strictSeconds: number;
};

/** Seconds of calls that a client may make at once before the rate counts, as the simulated clouds allow. */
const burstSeconds = 2;

/**
 * The shortest time in which the cloud's own latencies and limits let these servers be made. The round trips of the calls
 * themselves are left out, so the bound is a little below what any client could do.
 */
export function boundOf({ limits, createMs, networkMs }: PlaceFacts): Bound {
  const { concurrentCreates, requestsPerSecond } = limits;
  const network = (networkMs.vNet ?? 0) + Math.max(networkMs.subnet ?? 0, networkMs.securityGroup ?? 0);
  const calls = Math.max(0, createMs.length / requestsPerSecond - burstSeconds) * 1000;
  const sum = createMs.reduce((total, each) => total + each, 0);
  const strict = Math.max(sum / concurrentCreates, Math.max(0, ...createMs), calls);
  const scheduled = Math.max(scheduleMs(createMs, concurrentCreates), calls);
  return {
    networkSeconds: network / 1000,
    seconds: (network + scheduled) / 1000,
    strictSeconds: (network + strict) / 1000,
  };
}

/** The end of the last job when each begins on the machine that is free first. */
function scheduleMs(jobs: readonly number[], machines: number): number {
  const freeAt = new Array<number>(machines).fill(0);
  for (const job of jobs) {
    const first = freeAt.indexOf(Math.min(...freeAt));
    freeAt[first] = (freeAt[first] ?? 0) + job;
  }
  return Math.max(...freeAt);
}
