import { z } from 'zod';
import { connection } from '../connection/connection.ts';
import { infra } from '../infra/infra.ts';
import { node } from '../node/node.ts';
import { operation } from '../operation/operation.ts';
import { nsOverview } from '../overview/overview.ts';
import { timestamp } from '../text.ts';

export const eventQuery = z.strictObject({ ns: z.string().max(200).optional() });

/**
 * `GET /api/events` is a stream of server-sent events: `event: hello` (first), `event: change` and `event: reset`; a comment
 * line every 10 s keeps it alive. `id` is the sequence `{epoch}-{n}`; send it as `Last-Event-ID` to resume. After `reset`, load again.
 * A change holds whole objects, to be put in place of those with the same id; `removed` holds ids. Objects that belong to no namespace come with `ns` absent.
 */
export const changeEvent = z.object({
  ns: z.string().optional(),
  at: timestamp,
  nodes: z.array(node).optional(),
  infras: z.array(infra).optional(),
  /** Without items. */
  operations: z.array(operation).optional(),
  connections: z.array(connection).optional(),
  removed: z
    .object({
      nodes: z.array(z.string()).optional(),
      infras: z.array(z.string()).optional(),
      connections: z.array(z.string()).optional(),
      namespaces: z.array(z.string()).optional(),
    })
    .optional(),
  /** Namespaces appeared or changed: load the list again. */
  namespaces: z.boolean().optional(),
  overview: nsOverview.optional(),
});
export type ChangeEvent = z.output<typeof changeEvent>;
