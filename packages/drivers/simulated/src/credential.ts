import { DomainError } from '@waterstrider/contract';
import { z } from 'zod';

/** This account fails every verification, in the cloud's own words. */
export const refusedAccount = 'refuse-me';
/** This account may have five servers per connection. */
export const smallQuotaAccount = 'small-quota';

/** Servers an account may have in one region. */
export const serverQuota = (account: string): number => (account === smallQuotaAccount ? 5 : 5000);

const credential = z.strictObject({
  account: z
    .string()
    .min(1, 'Give the account a name.')
    .max(64, 'At most 64 characters.')
    .regex(/^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$/, 'Letters, digits, ".", "_" or "-".')
    .meta({
      title: 'Account',
      description: `Any name, such as demo. "${smallQuotaAccount}" may have 5 servers per connection; "${refusedAccount}" is never let in.`,
      examples: ['demo'],
    }),
});

/** JSON Schema (draft 2020-12) of the values: the console's form draws itself from it. */
export const credentialSchema: Record<string, unknown> = z.toJSONSchema(credential);

/** Throws `DomainError('invalid')`; an unknown key is invalid. */
export const parseCredential = (values: Record<string, string>): Record<string, string> => {
  const parsed = credential.safeParse(values);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map((issue) => ({
    field: ['values', ...issue.path].join('.'),
    reason: issue.message,
  }));
  throw new DomainError('invalid', { reason: 'The credential is not valid.', issues });
};
