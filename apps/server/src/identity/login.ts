import { createHash, createHmac, randomBytes } from 'node:crypto';
import { DomainError } from '@waterstrider/contract';
import type { IdentityStore, UserRecord } from '@waterstrider/store';
import { hashPassword, isOutdated, verifyPassword } from './passwords.ts';

export type LoginAttempt = { username: string; password: string; address: string };

const accountRule = { freeAttempts: 5, longestPauseSeconds: 15 * 60 };
// Many people may share an address; this stops one address from trying many accounts.
const addressRule = { freeAttempts: 50, longestPauseSeconds: 60 };

/**
 * Checks a name and a password. Throws `throttled`, or `wrong_credentials` for a wrong password, an unknown or a disabled user alike.
 * Failures count per account and address, so that a right login from elsewhere is never locked out.
 */
export type CheckPassword = (attempt: LoginAttempt) => Promise<UserRecord>;

export function createPasswordCheck(identity: IdentityStore): CheckPassword {
  const processKey = randomBytes(32);
  const running = new Map<string, Promise<UserRecord>>();

  // The same attempt from many windows at once is one attempt.
  return (attempt) => {
    const text = JSON.stringify([attempt.username.toLowerCase(), attempt.password, attempt.address]);
    const key = createHmac('sha256', processKey).update(text).digest('base64url');
    const found = running.get(key);
    if (found !== undefined) return found;
    const started = check(identity, attempt).finally(() => running.delete(key));
    running.set(key, started);
    return started;
  };
}

async function check(identity: IdentityStore, { username, password, address }: LoginAttempt): Promise<UserRecord> {
  const accountKey = throttleKey('account', username.toLowerCase(), address);
  const addressKey = throttleKey('address', address);
  await requireTurn(identity, { key: accountKey, ...accountRule });
  await requireTurn(identity, { key: addressKey, ...addressRule });
  const user = await identity.findUserByName(username);
  const isRight = await verifyPassword(password, user?.passwordHash);
  if (user === undefined || !isRight || user.disabled) throw new DomainError('wrong_credentials');
  await identity.throttle.forgive(accountKey, true);
  await identity.throttle.forgive(addressKey, false);
  if (isOutdated(user.passwordHash)) {
    await identity.refreshPasswordHash(user.id, user.passwordHash, await hashPassword(password));
  }
  return user;
}

async function requireTurn(
  identity: IdentityStore,
  rule: { key: string; freeAttempts: number; longestPauseSeconds: number },
): Promise<void> {
  const seconds = await identity.throttle.begin(rule);
  if (seconds > 0) throw new DomainError('throttled', { retryAfterSeconds: seconds });
}

/** Hashed: people type passwords into the field for the name. */
export const throttleKey = (...parts: string[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
