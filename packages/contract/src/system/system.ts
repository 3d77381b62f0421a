import { z } from 'zod';
import { timestamp } from '../text.ts';

export const check = z.object({ name: z.string(), ok: z.boolean(), detail: z.string().optional() });

/** The Platform page: who carries the changes out, and how it is. */
export const platformInfo = z.object({
  product: z.literal('Waterstrider'),
  version: z.string(),
  platform: z.enum(['embedded', 'cloud-barista']),
  clouds: z.number().int(),
  startedAt: timestamp,
  simulationSpeed: z.number().optional(),
  database: z.object({ kind: z.enum(['embedded', 'external']), version: z.string(), sizeBytes: z.number() }),
  replicas: z.array(z.object({ id: z.string(), seenAt: timestamp, self: z.boolean() })),
  /** Kept per table, so that growth is seen. */
  tables: z.array(
    z.object({ name: z.string(), rows: z.number(), sizeBytes: z.number(), keptDays: z.number().optional() }),
  ),
  memoryBytes: z.number(),
  checks: z.array(check),
});
export type PlatformInfo = z.output<typeof platformInfo>;

/** What every signed-in person may know. */
export const about = z.object({
  version: z.string(),
  platform: z.enum(['embedded', 'cloud-barista']),
  clouds: z.number().int(),
  simulated: z.boolean(),
  healthy: z.boolean(),
});
export type About = z.output<typeof about>;
