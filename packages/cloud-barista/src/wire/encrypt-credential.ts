import { constants, createCipheriv, createPublicKey, publicEncrypt, randomBytes, type KeyObject } from 'node:crypto';
import { DomainError } from '@waterstrider/contract';

export type EncryptedCredential = {
  encryptedClientAesKeyByPublicKey: string;
  credentialKeyValueList: { key: string; value: string }[];
};

function readPublicKey(publicKeyPem: string): KeyObject {
  try {
    return createPublicKey(publicKeyPem);
  } catch (cause) {
    throw new DomainError('unavailable', { reason: 'CB-Tumblebug gave no usable public key.' }, { cause });
  }
}

function encryptValue(aesKey: Buffer, value: string): string {
  const iv = randomBytes(16);
  const cipher = createCipheriv('aes-256-cbc', aesKey, iv);
  return Buffer.concat([iv, cipher.update(value, 'utf8'), cipher.final()]).toString('base64');
}

/**
 * A credential as `POST /credential` of CB-Tumblebug takes it: each value as base64 of IV and AES-256-CBC, the AES key
 * itself by RSA-OAEP with SHA-256. `publicKeyPem` comes from `GET /credential/publicKey` and is good for one credential.
 */
export function encryptCredential(publicKeyPem: string, values: Readonly<Record<string, string>>): EncryptedCredential {
  const publicKey = readPublicKey(publicKeyPem);
  const aesKey = randomBytes(32);
  try {
    const key = { key: publicKey, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' };
    return {
      encryptedClientAesKeyByPublicKey: publicEncrypt(key, aesKey).toString('base64'),
      credentialKeyValueList: Object.entries(values).map(([name, value]) => ({
        key: name,
        value: encryptValue(aesKey, value),
      })),
    };
  } finally {
    aesKey.fill(0);
  }
}
