import { z } from 'zod';
import { reference } from '../text.ts';

export const spec = z.object({
  /** `provider+region+name`. */
  id: z.string(),
  name: z.string(),
  provider: z.string(),
  region: z.string(),
  family: z.string(),
  vcpu: z.number(),
  memoryGiB: z.number(),
  architecture: z.string(),
  gpu: z.object({ count: z.number(), model: z.string(), memoryGiB: z.number().optional() }).optional(),
  networkGbps: z.number().optional(),
  /** List price; absent when unknown. */
  costPerHourUsd: z.number().optional(),
  /** The price is simulated or approximate. */
  approximate: z.boolean(),
});
export type Spec = z.output<typeof spec>;

export const image = z.object({
  id: z.string(),
  name: z.string(),
  cspImageId: z.string(),
  provider: z.string(),
  region: z.string(),
  osType: z.string(),
  osDistribution: z.string(),
  osVersion: z.string(),
  architecture: z.string(),
  gpuReady: z.boolean(),
  kubernetesReady: z.boolean(),
  defaultUser: z.string(),
  minDiskGiB: z.number(),
});
export type Image = z.output<typeof image>;

const text = z.string().max(200).optional();
const filter = z
  .union([reference, z.array(reference).max(100)])
  .transform((value) => (Array.isArray(value) ? value : [value]))
  .optional();
const paging = {
  search: text,
  filter,
  sort: z.string().max(60).optional(),
  cursor: z.string().max(2000).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
};
const bound = z.coerce.number().min(0).max(100_000).optional();

/** One of `connection` or `provider` (with `region`) narrows the catalogue; without either all clouds one may use are searched. */
export const specQuery = z.strictObject({
  connection: reference.optional(),
  provider: reference.optional(),
  region: reference.optional(),
  minVcpu: bound,
  maxVcpu: bound,
  minMemoryGiB: bound,
  maxMemoryGiB: bound,
  maxCostPerHourUsd: bound,
  architecture: z.enum(['x86_64', 'arm64']).optional(),
  gpu: z.enum(['true', 'false']).optional(),
  family: text,
  ...paging,
});
export type SpecQuery = z.output<typeof specQuery>;

/** `spec`: only images that this spec can start (architecture, GPU). */
export const imageQuery = z.strictObject({
  connection: reference.optional(),
  provider: reference.optional(),
  region: reference.optional(),
  spec: reference.optional(),
  architecture: z.enum(['x86_64', 'arm64']).optional(),
  osType: text,
  ...paging,
});
export type ImageQuery = z.output<typeof imageQuery>;
export const specSortKeys = ['costPerHourUsd', 'vcpu', 'memoryGiB', 'name'] as const;
export const imageSortKeys = ['name', 'osDistribution', 'osVersion'] as const;
