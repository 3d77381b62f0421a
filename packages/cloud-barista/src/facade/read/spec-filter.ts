import type { Spec } from '@waterstrider/contract';
import { FacadeError } from '../facade-error.ts';
import { costOf } from '../write/catalogue.ts';

/** One metric of a filter: text to match, or bounds. 0 as a bound means none. */
export type SpecFilter = { metric: string; texts: string[]; min: number; max: number };

/** Every word must occur somewhere in it. */
const byWords = new Set(['id', 'cspspecname', 'name']);
const bySubstring = new Set(['acceleratormodel', 'description']);

const textFields: Record<string, (spec: Spec) => string> = {
  id: ({ id }) => id,
  name: ({ id }) => id,
  cspspecname: ({ name }) => name,
  providername: ({ provider }) => provider,
  regionname: ({ region }) => region,
  architecture: ({ architecture }) => architecture,
  infratype: () => 'node',
  acceleratormodel: ({ gpu }) => gpu?.model ?? '',
  acceleratortype: ({ gpu }) => (gpu === undefined ? '' : 'gpu'),
  description: () => '',
};
const numberFields: Record<string, (spec: Spec) => number> = {
  vcpu: ({ vcpu }) => vcpu,
  memorygib: ({ memoryGiB }) => memoryGiB,
  acceleratorcount: ({ gpu }) => gpu?.count ?? 0,
  acceleratormemorygb: ({ gpu }) => gpu?.memoryGiB ?? 0,
  netbwgbps: ({ networkGbps }) => networkGbps ?? 0,
  costperhour: costOf,
};
/** Known upstream, and the same for every spec here: bounds on them are of no effect. */
const withoutValues =
  /^(disksizegb|maxtotalstoragetib|evaluationscore\d\d|regionlatitude|regionlongitude|ostype|evaluationstatus|connectionname)$/;

export const isTextMetric = (metric: string): boolean => metric.toLowerCase() in textFields;

/** Throws 400 for a metric that Tumblebug does not have. */
export function requireMetric(metric: string): void {
  const key = metric.toLowerCase();
  if (key in textFields || key in numberFields || withoutValues.test(key)) return;
  throw new FacadeError(400, `Invalid filter metric: ${metric}`);
}

const wordsOf = (texts: readonly string[]): string[] =>
  texts.flatMap((text) => text.toLowerCase().split(/[,\s]+/)).filter((word) => word !== '');

export function passes(spec: Spec, { metric, texts, min, max }: SpecFilter): boolean {
  const key = metric.toLowerCase();
  const text = textFields[key]?.(spec).toLowerCase();
  if (text !== undefined) {
    const words = wordsOf(texts);
    if (words.length === 0) return true;
    if (byWords.has(key)) return words.every((word) => text.includes(word));
    return bySubstring.has(key) ? words.some((word) => text.includes(word)) : words.includes(text);
  }
  const value = numberFields[key]?.(spec);
  if (value === undefined) return true;
  return (min === 0 || value >= min) && (max === 0 || value <= max);
}

/** What the console's own list can narrow by: the rest is filtered here. */
export function toSpecQuery(filters: readonly SpecFilter[]): {
  filter?: string[];
  minVcpu?: number;
  minMemoryGiB?: number;
} {
  const named = (metric: string): SpecFilter | undefined =>
    filters.find((filter) => filter.metric.toLowerCase() === metric);
  const filter = (['provider', 'region'] as const).flatMap((key) =>
    wordsOf(named(`${key}name`)?.texts ?? []).map((word) => `${key}:${word}`),
  );
  const minVcpu = named('vcpu')?.min ?? 0;
  const minMemoryGiB = named('memorygib')?.min ?? 0;
  return {
    ...(filter.length === 0 || filter.length > 100 ? {} : { filter }),
    ...(minVcpu > 0 && minVcpu <= 100_000 ? { minVcpu } : {}),
    ...(minMemoryGiB > 0 && minMemoryGiB <= 100_000 ? { minMemoryGiB } : {}),
  };
}
