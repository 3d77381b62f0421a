import { z } from 'zod';
import { reference, timestamp } from '../text.ts';

export const simStates = [
  'Creating',
  'Running',
  'Stopping',
  'Stopped',
  'Starting',
  'Rebooting',
  'Deleting',
  'Failed',
] as const;

/** A server of the simulators' own world, which stands for the outside. */
export const simServer = z.object({
  id: z.string(),
  name: z.string(),
  /** The mark a client gave it; ours is the server's id. Empty for strangers. */
  tag: z.string(),
  provider: z.string(),
  region: z.string(),
  account: z.string(),
  state: z.enum(simStates),
  createdAt: timestamp,
});
export type SimServer = z.output<typeof simServer>;
export const simServerQuery = z.strictObject({
  provider: reference.optional(),
  region: reference.optional(),
  limit: z.coerce.number().int().min(1).max(100_000).optional(),
});
/** A server made outside, by somebody else. `account`: the credential's account; the provider's first known one by default. */
export const simServerInput = z.strictObject({
  provider: reference,
  region: reference,
  name: reference,
  account: reference.optional(),
  spec: reference.optional(),
});
export const simServerChange = z
  .strictObject({ state: z.enum(['Running', 'Stopped', 'Failed']).optional(), vanish: z.literal(true).optional() })
  .refine(
    (input) => (input.state === undefined) !== (input.vanish === undefined),
    'Give either a state or "vanish": true.',
  );
export const simServerPath = z.strictObject({ server: reference });
/** Servers flip between Running and Stopped from outside; 0 ends it. */
export const churnInput = z.strictObject({ changesPerSecond: z.number().min(0).max(5000) });
/** Probability 0..1 of each kind of fault, per call. `lostAnswer`: the work is done, the answer is lost. */
export const faultsInput = z.strictObject({
  failure: z.number().min(0).max(1).optional(),
  throttle: z.number().min(0).max(1).optional(),
  lostAnswer: z.number().min(0).max(1).optional(),
  provider: reference.optional(),
});
