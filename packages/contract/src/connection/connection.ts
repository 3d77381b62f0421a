import { z } from 'zod';
import { cloudMessage } from '../node/node.ts';
import { reference, timestamp } from '../text.ts';

export const connectionStates = ['Verifying', 'Verified', 'Failed', 'Disabled'] as const;

/** Credential x region: the unit one can provision to. */
export const connection = z.object({
  id: z.string(),
  /** Opaque to clients. */
  name: z.string(),
  credential: z.string(),
  provider: z.string(),
  simulated: z.boolean(),
  region: z.string(),
  regionName: z.string(),
  latitude: z.number().optional(),
  longitude: z.number().optional(),
  zones: z.array(z.string()),
  state: z.enum(connectionStates),
  error: cloudMessage.optional(),
  /** False while the cloud does not answer: what is shown is as of `observedAt`. */
  reachable: z.boolean(),
  verifiedAt: timestamp.optional(),
  observedAt: timestamp.optional(),
  /** Servers of ours, over the namespaces the asking person sees. */
  nodes: z.number().int(),
  /** Servers seen in the cloud that are not ours. */
  unknownServers: z.number().int(),
  /** Namespaces that may use it; absent means all. */
  namespaces: z.array(z.string()).optional(),
});
export type Connection = z.output<typeof connection>;
export const connectionPath = z.strictObject({ connection: reference });
export const connectionSortKeys = ['name', 'provider', 'region', 'state', 'nodes', 'verifiedAt'] as const;
export const connectionFilterKeys = ['provider', 'region', 'credential', 'state', 'ns'] as const;
