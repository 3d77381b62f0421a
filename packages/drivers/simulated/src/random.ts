import { createHash } from 'node:crypto';

/** Uniform numbers in [0, 1). */
export type Random = () => number;

/** The same seed gives the same sequence (mulberry32); without a seed, chance. */
export const createRandom = (seed?: number): Random => {
  if (seed === undefined) return Math.random;
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

/** A uniform number that belongs to `text` for ever: every process computes the same. */
export const randomOf = (text: string): number => createHash('sha256').update(text).digest().readUInt32BE(0) / 2 ** 32;

/** Median and 95th percentile, in milliseconds. */
export type Spread = readonly [p50: number, p95: number];

const z95 = 1.6449;
const boxMuller = (a: number, b: number): number => Math.sqrt(-2 * Math.log(1 - a)) * Math.cos(2 * Math.PI * b);

/** A duration as clouds have them: log-normal through both percentiles, with the far tails cut off. */
export const sampleDurationMs = ([p50, p95]: Spread, a: number, b: number): number => {
  const sigma = Math.log(p95 / p50) / z95;
  const duration = p50 * Math.exp(sigma * boxMuller(a, b));
  return Math.min(Math.max(duration, p50 / 3), p95 * 1.5);
};

/** How long `verb` takes for the thing of this id: always the same answer. */
export const durationOf = (id: string, verb: string, spread: Spread): number =>
  sampleDurationMs(spread, randomOf(`${id}/${verb}/a`), randomOf(`${id}/${verb}/b`));
