import { createHash, scrypt } from 'node:crypto';
import { DomainError, type PlatformRowName } from '@waterstrider/contract';

/** Rows whose body holds secrets: what is stored of it must not help to guess them. */
const secretRows: ReadonlySet<PlatformRowName> = new Set(['createCredential', 'updateCredential']);

/** Tells a repeat from another request under the same key. */
export async function hashRequest(row: PlatformRowName, input: unknown, key: string): Promise<string> {
  const text = JSON.stringify([row, sortKeys(input)]);
  if (!secretRows.has(row)) return createHash('sha256').update(text).digest('base64url');
  return new Promise((resolve, reject) => {
    scrypt(text, `${row} ${key}`, 32, (error, hash) => (error ? reject(error) : resolve(hash.toString('base64url'))));
  });
}

/** The order of keys does not make another request. */
function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, item]) => [key, sortKeys(item)] as const);
  return Object.fromEntries(entries.sort(([left], [right]) => (left < right ? -1 : 1)));
}

const keyPattern = /^[\x21-\x7e]{1,200}$/;

/** The header `Idempotency-Key`. Throws `invalid` for what is not 1-200 visible ASCII characters. */
export function readIdempotencyKey(header: string | string[] | undefined): string | undefined {
  if (header === undefined) return undefined;
  if (typeof header === 'string' && keyPattern.test(header)) return header;
  const reason = 'Idempotency-Key takes 1 to 200 visible ASCII characters.';
  throw new DomainError('invalid', { reason, issues: [{ field: 'headers.idempotency-key', reason }] });
}
