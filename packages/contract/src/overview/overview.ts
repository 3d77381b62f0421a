import { z } from 'zod';
import { timestamp } from '../text.ts';

const counts = z.record(z.string(), z.number().int());
const cost = z.object({
  perHourUsd: z.number(),
  perMonthUsd: z.number(),
  unpriced: z.number().int(),
  byProvider: z.record(z.string(), z.number()),
});

/** Counts are kept up to date as changes arrive, never computed per request. */
export const nsOverview = z.object({
  ns: z.string(),
  infras: z.object({ total: z.number().int(), byStatus: counts }),
  nodes: z.object({ total: z.number().int(), byStatus: counts }),
  providers: z.array(z.object({ provider: z.string(), nodes: z.number().int(), byStatus: counts })),
  regions: z.array(z.object({ provider: z.string(), region: z.string(), nodes: z.number().int(), byStatus: counts })),
  connections: z.object({ total: z.number().int(), byState: counts, providers: z.number().int() }),
  cost,
  runningOperations: z.number().int(),
  observedAt: timestamp,
});
export type NsOverview = z.output<typeof nsOverview>;

export const overview = z.object({ namespaces: z.array(nsOverview), total: nsOverview.omit({ ns: true }) });
export type Overview = z.output<typeof overview>;
