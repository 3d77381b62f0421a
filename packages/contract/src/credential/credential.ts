import { z } from 'zod';
import { name, reference, timestamp } from '../text.ts';

/** A credential as it is shown: its values never come back. */
export const credential = z.object({
  id: z.string(),
  name: z.string(),
  provider: z.string(),
  simulated: z.boolean(),
  /** Keys of the stored values, without the values. */
  valueKeys: z.array(z.string()),
  regions: z.array(z.string()),
  /** Namespaces that may use it; absent means all. */
  namespaces: z.array(z.string()).optional(),
  connections: z.number().int(),
  createdAt: timestamp,
});
export type Credential = z.output<typeof credential>;

const values = z.record(z.string().max(100), z.string().max(20_000));

/** `regions` absent: all of the provider. `namespaces` absent: all. */
export const credentialInput = z.strictObject({
  name,
  provider: reference,
  values,
  regions: z.array(reference).min(1).max(200).optional(),
  namespaces: z.array(reference).max(1000).optional(),
});
export type CredentialInput = z.output<typeof credentialInput>;

/** What is absent stays; `namespaces: null` opens it to all. New values and new regions are verified again. */
export const credentialChange = z.strictObject({
  values: values.optional(),
  regions: z.array(reference).min(1).max(200).optional(),
  namespaces: z.array(reference).max(1000).nullable().optional(),
});
export const credentialPath = z.strictObject({ credential: reference });
