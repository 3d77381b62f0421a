import { constants, createDecipheriv, generateKeyPair, privateDecrypt, randomBytes, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { FacadeError } from './facade-error.ts';

const makePair = promisify(generateKeyPair);
const keptMs = 10 * 60_000;
const mostKeys = 20;
const modulusLength = 4096;

/** One value as it was sent: `base64(IV of 16 bytes ‖ AES-256-CBC)`. */
export type SealedValue = { key: string; value: string };

/** Tumblebug's hybrid encryption of credentials, the server's side: each key pair serves once, and for ten minutes at most. */
export class CredentialKeys {
  readonly #keys = new Map<string, { key: KeyObject; madeAt: number }>();
  #making: Promise<unknown> = Promise.resolve();

  /** `publicKey` is PEM, PKCS #1, RSA of 4096 bits. Takes a second or two; pairs are made one after the other. */
  async create(): Promise<{ publicKeyTokenId: string; publicKey: string }> {
    const making = this.#making.then(() => makePair('rsa', { modulusLength }));
    this.#making = making.catch(() => undefined);
    const { publicKey, privateKey } = await making;
    this.#prune();
    const id = `tb${randomBytes(9).toString('hex')}`;
    this.#keys.set(id, { key: privateKey, madeAt: Date.now() });
    return { publicKeyTokenId: id, publicKey: publicKey.export({ type: 'pkcs1', format: 'pem' }).toString() };
  }

  /** The plain values. Throws 400 for an unknown or used token and for what can not be decrypted; no value is ever named. */
  open(tokenId: string, encryptedKey: string, values: readonly SealedValue[]): Record<string, string> {
    this.#prune();
    const pair = this.#keys.get(tokenId);
    if (pair === undefined) throw new FacadeError(400, `private key not found for token ID: ${tokenId.slice(0, 100)}`);
    this.#keys.delete(tokenId);
    const aesKey = decryptKey(pair.key, encryptedKey);
    return Object.fromEntries(values.map(({ key, value }) => [key, decryptValue(aesKey, key, value)]));
  }

  #prune(): void {
    const oldest = Date.now() - keptMs;
    for (const [id, { madeAt }] of this.#keys) {
      if (madeAt < oldest || this.#keys.size >= mostKeys) this.#keys.delete(id);
    }
  }
}

function decryptKey(key: KeyObject, text: string): Buffer {
  try {
    const padding = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' };
    const aesKey = privateDecrypt({ key, ...padding }, Buffer.from(text, 'base64'));
    if (aesKey.length === 32) return aesKey;
  } catch {
    // Said below: a wrong key and a wrong length are the same to the caller.
  }
  throw new FacadeError(400, 'The AES key can not be decrypted with the private key of this token.');
}

function decryptValue(aesKey: Buffer, name: string, text: string): string {
  const sealed = Buffer.from(text, 'base64');
  try {
    const decipher = createDecipheriv('aes-256-cbc', aesKey, sealed.subarray(0, 16));
    return Buffer.concat([decipher.update(sealed.subarray(16)), decipher.final()]).toString('utf8');
  } catch {
    throw new FacadeError(400, `The value of ${name.slice(0, 100)} can not be decrypted with the AES key.`);
  }
}
