import { randomInt, timingSafeEqual } from 'node:crypto';
import { DomainError } from '@waterstrider/contract';
import type { IdentityStore, UserRecord } from '@waterstrider/store';
import type { FastifyRequest } from 'fastify';
import type { Config } from '../config.ts';
import { throttleKey } from './login.ts';
import { requireStrongPassword } from './password-strength.ts';
import { hashPassword } from './passwords.ts';

export const firstAdmin = 'admin';

// Without letters and digits that look alike.
const codeLetters = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';

/** A one-time code such as `K7QM-2XWP-9RTB`, printed at start. */
export function newSetupCode(): string {
  const piece = () => Array.from({ length: 4 }, () => codeLetters[randomInt(codeLetters.length)]).join('');
  return [piece(), piece(), piece()].join('-');
}

/** Does the call come from this very machine, without a proxy or a foreign host name in between? */
export function isLocal(request: FastifyRequest, config: Config): boolean {
  const isBehindUnknownProxy =
    config.trustedProxies.length === 0 &&
    (request.headers['x-forwarded-for'] !== undefined || request.headers.forwarded !== undefined);
  return isLoopback(request.ip) && !isBehindUnknownProxy && isLocalName(request.hostname);
}

const isLoopback = (address: string): boolean => /^(127\.|::1$|::ffff:127\.)/.test(address);

// A page of another origin can make its own host name resolve to 127.0.0.1 (DNS rebinding).
function isLocalName(hostname: string): boolean {
  const name = hostname.replace(/^\[|\]$/g, '').toLowerCase();
  return name === 'localhost' || isLoopback(name);
}

/** Makes the first admin. Throws `setup_done`, `setup_code`, `throttled` or `invalid`. */
export async function completeSetup(options: {
  identity: IdentityStore;
  password: string;
  /** Undefined: none is needed. */
  neededCode: string | undefined;
  code: string | undefined;
  address: string;
}): Promise<UserRecord> {
  const { identity, password, neededCode, code, address } = options;
  if (await identity.hasUsers()) throw new DomainError('setup_done');
  if (neededCode !== undefined) await requireCode(identity, { neededCode, code, address });
  requireStrongPassword(password, firstAdmin, 'body.password');
  const user = await identity.createFirstAdmin(firstAdmin, await hashPassword(password));
  if (user === undefined) throw new DomainError('setup_done');
  return user;
}

async function requireCode(
  identity: IdentityStore,
  { neededCode, code, address }: { neededCode: string; code: string | undefined; address: string },
): Promise<void> {
  if (code === undefined) throw new DomainError('setup_code');
  const key = throttleKey('setup', address);
  const seconds = await identity.throttle.begin({ key, freeAttempts: 10, longestPauseSeconds: 60 });
  if (seconds > 0) throw new DomainError('throttled', { retryAfterSeconds: seconds });
  const given = Buffer.from(code.trim().toUpperCase());
  const needed = Buffer.from(neededCode);
  if (given.length !== needed.length || !timingSafeEqual(given, needed)) throw new DomainError('setup_code');
  await identity.throttle.forgive(key, true);
}
