import { z } from 'zod';
import { reference } from './text.ts';

/**
 * The query of every list. `filter=key:value` may repeat: *or* within a key, *and* between keys; values of text keys match whole
 * values. `sort=key` or `sort=-key`. `cursor` is opaque and carries sort, filter hash and platform; a stale one is `invalid`.
 */
export const listQuery = z.strictObject({
  search: z.string().max(200).optional(),
  filter: z
    .union([reference, z.array(reference).max(100)])
    .transform((value) => (Array.isArray(value) ? value : [value]))
    .optional(),
  sort: z.string().max(60).optional(),
  cursor: z.string().max(2000).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
});
export type ListQuery = z.output<typeof listQuery>;

/** `total` counts all matches, not the page; `next` is absent on the last page. */
export const page = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), total: z.number().int(), next: z.string().optional() });
export type Page<Item> = { items: Item[]; total: number; next?: string };
