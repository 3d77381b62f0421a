import { randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto';
import { DomainError } from '@waterstrider/contract';

// About 80 ms and 32 MiB each (128 * N * r bytes), https://www.rfc-editor.org/rfc/rfc7914
const cost = { N: 2 ** 15, r: 8, p: 1 } as const;
const keyLength = 32;
const atOnce = 2;
const longestQueue = 200;

/** `scrypt$N$r$p$salt$key`, salt and key in base64url. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const derived = await derive(password, salt, cost);
  return ['scrypt', cost.N, cost.r, cost.p, salt.toString('base64url'), derived.toString('base64url')].join('$');
}

/** Compares in constant time. Without a hash (no such user) it costs the same and is false. */
export async function verifyPassword(password: string, hash: string | undefined): Promise<boolean> {
  const stored = parseHash(hash ?? decoy);
  const derived = await derive(password, stored.salt, stored.cost);
  const isEqual = derived.length === stored.key.length && timingSafeEqual(derived, stored.key);
  return isEqual && hash !== undefined;
}

// Shape of a hash whose password nobody knows.
const decoy = ['scrypt', cost.N, cost.r, cost.p, 'AAAAAAAAAAAAAAAAAAAAAA', 'A'.repeat(43)].join('$');

/** Was it made with less than today's cost? */
export const isOutdated = (hash: string): boolean => !hash.startsWith(`scrypt$${cost.N}$${cost.r}$${cost.p}$`);

function parseHash(hash: string): { cost: { N: number; r: number; p: number }; salt: Buffer; key: Buffer } {
  const [kind, N, r, p, salt, key] = hash.split('$');
  if (kind !== 'scrypt' || salt === undefined || key === undefined)
    throw new Error('a password hash of an unknown kind');
  return {
    cost: { N: Number(N), r: Number(r), p: Number(p) },
    salt: Buffer.from(salt, 'base64url'),
    key: Buffer.from(key, 'base64url'),
  };
}

let running = 0;
const waiting: (() => void)[] = [];

/** At most two at once: each takes 32 MiB and a core. */
async function derive(password: string, salt: Buffer, options: { N: number; r: number; p: number }): Promise<Buffer> {
  if (waiting.length >= longestQueue) throw new DomainError('throttled', { retryAfterSeconds: 5 });
  if (running >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve));
  else running += 1;
  try {
    return await scryptAsync(password.normalize('NFKC'), salt, { ...options, maxmem: 256 * options.N * options.r });
  } finally {
    const next = waiting.shift();
    if (next === undefined) running -= 1;
    else next();
  }
}

function scryptAsync(password: string, salt: Buffer, options: ScryptOptions): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password, salt, keyLength, options, (error, derived) => {
      if (error === null) resolve(derived);
      else reject(error);
    });
  });
}
