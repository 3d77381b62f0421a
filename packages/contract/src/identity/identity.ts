import { z } from 'zod';
import { leastPasswordLength, mostPasswordLength } from './password-rule.ts';
import { line, name, reference, timestamp } from '../text.ts';

export const roles = ['operator', 'viewer'] as const;
export type Role = (typeof roles)[number];
export const binding = z.object({ ns: z.string(), role: z.enum(roles) });

export const session = z.object({
  username: z.string(),
  admin: z.boolean(),
  roles: z.array(binding),
  expiresAt: timestamp.optional(),
  /** Seconds without activity after which it ends; absent for tokens and Basic. */
  idleSeconds: z.number().int().optional(),
});
export type Session = z.output<typeof session>;

/** Checked for strength by `passwordProblem`, which knows the user name. */
export const newPassword = z
  .string()
  .min(leastPasswordLength, `At least ${leastPasswordLength} characters.`)
  .max(mostPasswordLength, `At most ${mostPasswordLength} characters.`);
const anyPassword = z.string().min(1).max(1024);

export const loginInput = z.strictObject({ username: z.string().min(1).max(200), password: anyPassword });
export const setupState = z.object({ needed: z.boolean(), codeNeeded: z.boolean() });
export const setupInput = z.strictObject({ password: newPassword, code: z.string().max(100).optional() });
export const passwordChange = z.strictObject({ current: anyPassword, next: newPassword });
export const passwordReset = z.strictObject({ password: newPassword });

export const user = z.object({
  id: z.string(),
  username: z.string(),
  admin: z.boolean(),
  disabled: z.boolean(),
  roles: z.array(binding),
  createdAt: timestamp,
  lastLoginAt: timestamp.optional(),
});
export type User = z.output<typeof user>;
const bindingInput = z.strictObject({ ns: reference, role: z.enum(roles) });
export const userInput = z.strictObject({
  username: name,
  password: newPassword,
  admin: z.boolean().default(false),
  roles: z.array(bindingInput).max(1000).default([]),
});
export const userChange = z.strictObject({
  admin: z.boolean().optional(),
  disabled: z.boolean().optional(),
  roles: z.array(bindingInput).max(1000).optional(),
});
export const userPath = z.strictObject({ user: reference });

export const apiToken = z.object({
  id: z.string(),
  name: z.string(),
  createdAt: timestamp,
  expiresAt: timestamp.optional(),
  lastUsedAt: timestamp.optional(),
});
export const apiTokenInput = z.strictObject({
  name: line(100).min(1),
  expiresInDays: z.number().int().min(1).max(3650).optional(),
});
/** `token` is shown once. */
export const newApiToken = apiToken.extend({ token: z.string() });
export const tokenPath = z.strictObject({ token: reference });
