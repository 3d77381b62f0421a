import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Secrets } from '@waterstrider/engine/ports';

// Layout of a sealed text: version (1 byte), nonce (12), tag (16), cipher text.
const version = 1;
const nonceLength = 12;
const tagLength = 16;
const headLength = 1 + nonceLength + tagLength;

/** AES-256-GCM under a key of 32 bytes; the context is authenticated with the text. */
export function createSecrets(masterKey: Buffer): Secrets {
  return {
    seal(plain, context) {
      const nonce = randomBytes(nonceLength);
      const cipher = createCipheriv('aes-256-gcm', masterKey, nonce, { authTagLength: tagLength });
      cipher.setAAD(Buffer.from(context));
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      return Buffer.concat([Buffer.of(version), nonce, cipher.getAuthTag(), body]);
    },
    open(sealed, context) {
      if (sealed.length < headLength || sealed[0] !== version) {
        throw new Error(`a sealed text of an unknown layout was found (${context})`);
      }
      const nonce = sealed.subarray(1, 1 + nonceLength);
      const decipher = createDecipheriv('aes-256-gcm', masterKey, nonce, { authTagLength: tagLength });
      decipher.setAAD(Buffer.from(context));
      decipher.setAuthTag(sealed.subarray(1 + nonceLength, headLength));
      return decipher.update(sealed.subarray(headLength), undefined, 'utf8') + decipher.final('utf8');
    },
  };
}
