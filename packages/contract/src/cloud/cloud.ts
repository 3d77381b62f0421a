import { z } from 'zod';

export const region = z.object({
  region: z.string(),
  name: z.string(),
  /** Degrees; absent when the place is not known. */
  latitude: z.number().optional(),
  longitude: z.number().optional(),
  zones: z.array(z.string()),
});
export type Region = z.output<typeof region>;

export const cloud = z.object({
  /** Id of the provider: `sim-aws`. */
  provider: z.string(),
  displayName: z.object({ en: z.string(), ko: z.string() }),
  /** Short neutral text for badges: `AWS`. */
  badge: z.string(),
  simulated: z.boolean(),
  /** Shown wherever prices are; simulated clouds only. */
  disclaimer: z.object({ en: z.string(), ko: z.string() }).optional(),
  /** JSON Schema of a credential's `values`: the form draws itself. `writeOnly` marks secrets, `format: "multiline"` long ones. */
  credentialSchema: z.record(z.string(), z.unknown()),
  regions: z.array(region),
  diskTypes: z.array(
    z.object({ name: z.string(), label: z.string(), isDefault: z.boolean(), minGiB: z.number(), maxGiB: z.number() }),
  ),
});
export type Cloud = z.output<typeof cloud>;

export const driver = z.object({
  name: z.string(),
  provider: z.string(),
  displayName: z.object({ en: z.string(), ko: z.string() }),
  version: z.string(),
  simulated: z.boolean(),
  /** Ports and actions the driver implements, such as `compute`, `network`, `suspend`. */
  capabilities: z.array(z.string()),
  connections: z.number().int(),
});
export type Driver = z.output<typeof driver>;
