import { z } from 'zod';
import { timestamp } from '../text.ts';

export const auditEntry = z.object({
  id: z.string(),
  at: timestamp,
  actor: z.string(),
  /** Name of the row: `createInfra`. */
  action: z.string(),
  ns: z.string().optional(),
  target: z.string().optional(),
  address: z.string(),
  outcome: z.enum(['done', 'accepted', 'refused', 'failed']),
  code: z.string().optional(),
  requestId: z.string(),
  operation: z.string().optional(),
});
export type AuditEntry = z.output<typeof auditEntry>;
export const auditFilterKeys = ['actor', 'action', 'ns', 'outcome', 'target'] as const;
export const auditSortKeys = ['at'] as const;
