import type { Connection, Spec } from '@waterstrider/contract';
import { FacadeError } from '../facade-error.ts';

export type Priority = { metric: string; parameter: { key: string; val: string[] }[] };
export type Order = (left: Spec, right: Spec) => number;
/** Connections by `provider+region`. */
export type Places = ReadonlyMap<string, Pick<Connection, 'latitude' | 'longitude'>>;

const knownCost = ({ costPerHourUsd }: Spec): number => costPerHourUsd || Infinity;
const compare = (left: number, right: number): number => (left < right ? -1 : left > right ? 1 : 0);

/** Cheapest first, unknown prices last. */
export const byCost: Order = (left, right) => compare(knownCost(left), knownCost(right));
/** No benchmark is kept: more processors, then more memory, count as more performance. */
const byPerformance: Order = (left, right) =>
  compare(right.vcpu, left.vcpu) || compare(right.memoryGiB, left.memoryGiB);

const stepKm = 50;

/** The priorities in the order in which they are listed; weights are of no effect, as upstream. Throws 400 for an unknown one. */
export function toOrder(priorities: readonly Priority[], places: Places): Order {
  const orders = priorities.map((priority) => orderOf(priority, places));
  if (orders.length === 0) orders.push(byCost);
  return (left, right) => orders.reduce((sofar, order) => sofar || order(left, right), 0) || compareIds(left, right);
}

const compareIds: Order = ({ id: left }, { id: right }) => (left < right ? -1 : left > right ? 1 : 0);

function orderOf({ metric, parameter }: Priority, places: Places): Order {
  switch (metric.toLowerCase()) {
    case 'cost':
      return byCost;
    case 'performance':
      return byPerformance;
    case 'random':
      return byChance();
    case 'location':
      return byDistance(pointsOf(parameter), places, /fair$/i.test(parameter[0]?.key ?? ''));
    case 'latency':
      return byDistance(regionsOf(parameter, places), places, false);
    default:
      throw new FacadeError(400, `Not available metric ${metric}`);
  }
}

function byChance(): Order {
  const ranks = new Map<string, number>();
  const rankOf = ({ id }: Spec): number => {
    const rank = ranks.get(id) ?? Math.random();
    ranks.set(id, rank);
    return rank;
  };
  return (left, right) => compare(rankOf(left), rankOf(right));
}

const pointsOf = (parameter: Priority['parameter']): Point[] =>
  (parameter.find(({ key }) => /^coordinate/i.test(key))?.val ?? []).map(readPoint);

/** `provider+region` or `provider-region`: nothing is measured, the distance stands for the latency. */
function regionsOf(parameter: Priority['parameter'], places: Places): Point[] {
  const wanted = new Set(
    (parameter.find(({ key }) => /^latency/i.test(key))?.val ?? []).map((text) => text.toLowerCase()),
  );
  return [...places]
    .filter(([key]) => wanted.has(key) || wanted.has(key.replace('+', '-')))
    .flatMap(([, { latitude, longitude }]) =>
      latitude === undefined || longitude === undefined ? [] : [{ latitude, longitude }],
    );
}

/** In steps of 50 km, then by cost; without a point by cost alone. `isFair`: no point is far from it, else the mean decides. */
function byDistance(points: readonly Point[], places: Places, isFair: boolean): Order {
  if (points.length === 0) return byCost;
  const steps = new Map<string, number>();
  const stepOf = ({ provider, region }: Spec): number => {
    const key = `${provider}+${region}`;
    const known = steps.get(key);
    if (known !== undefined) return known;
    const all = points.map((point) => distanceKm(point, places.get(key)));
    const distance = isFair ? Math.max(...all) : all.reduce((sum, one) => sum + one, 0) / all.length;
    const step = Math.floor(distance / stepKm);
    steps.set(key, step);
    return step;
  };
  return (left, right) => compare(stepOf(left), stepOf(right)) || byCost(left, right);
}

type Point = { latitude: number; longitude: number };

/** `37.5/127.0`, or with a radius behind, which upstream does not apply either. */
function readPoint(text: string): Point {
  const [latitude, longitude] = text.split('/').map((part) => Number(part.trim() || Number.NaN));
  const isPlace = Math.abs(latitude ?? Number.NaN) <= 90 && Math.abs(longitude ?? Number.NaN) <= 180;
  if (latitude === undefined || longitude === undefined || !isPlace) {
    throw new FacadeError(400, `The place "${text.slice(0, 100)}" does not read latitude/longitude.`);
  }
  return { latitude, longitude };
}

/** Great-circle distance by the haversine formula; an unknown place is farther than any other. */
function distanceKm(point: Point, place: Pick<Connection, 'latitude' | 'longitude'> | undefined): number {
  if (place?.latitude === undefined || place.longitude === undefined) return 1e6;
  const radians = (degrees: number): number => (degrees * Math.PI) / 180;
  const half = (degrees: number): number => Math.sin(radians(degrees) / 2) ** 2;
  const chord =
    half(place.latitude - point.latitude) +
    Math.cos(radians(point.latitude)) * Math.cos(radians(place.latitude)) * half(place.longitude - point.longitude);
  return 2 * 6371 * Math.asin(Math.min(1, Math.sqrt(chord)));
}
