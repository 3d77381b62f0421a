import { z } from 'zod';
import { name, paragraph, reference, timestamp } from '../text.ts';

export const namespace = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  /** What the asking person may do here. */
  role: z.enum(['admin', 'operator', 'viewer']),
  infras: z.number().int(),
  nodes: z.number().int(),
  createdAt: timestamp,
});
export type Namespace = z.output<typeof namespace>;

/** `system` is kept for the product itself. */
export const namespaceInput = z.strictObject({
  name: name.refine((value) => value.toLowerCase() !== 'system', 'The name "system" is reserved.'),
  description: paragraph().default(''),
});
/** `name` may be repeated, not changed. */
export const namespaceChange = z.strictObject({ name: name.optional(), description: paragraph() });
export const nsPath = z.strictObject({ ns: reference });
