import type { IdentityStore } from '@waterstrider/store';
import { ConfigError } from '../config.ts';
import { passwordIssue } from './password-strength.ts';
import { hashPassword } from './passwords.ts';
import { firstAdmin } from './setup.ts';

/** Makes the first admin from `WATERSTRIDER_ADMIN_PASSWORD`, once; later values change nothing. Throws `ConfigError` for a weak one. */
export async function ensureFirstAdmin(identity: IdentityStore, password: string | undefined): Promise<void> {
  if (password === undefined || (await identity.hasUsers())) return;
  const reason = passwordIssue(password, firstAdmin);
  if (reason !== undefined) throw new ConfigError(`WATERSTRIDER_ADMIN_PASSWORD is too weak: ${reason}`);
  await identity.createFirstAdmin(firstAdmin, await hashPassword(password));
}
