import { constants, createDecipheriv, generateKeyPairSync, privateDecrypt, type KeyObject } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { encryptCredential, type EncryptedCredential } from './encrypt-credential.ts';

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const publicKeyPem = publicKey.export({ type: 'pkcs1', format: 'pem' }).toString();

function decrypt(encrypted: EncryptedCredential, key: KeyObject): Record<string, string> {
  const aesKey = privateDecrypt(
    { key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' },
    Buffer.from(encrypted.encryptedClientAesKeyByPublicKey, 'base64'),
  );
  return Object.fromEntries(
    encrypted.credentialKeyValueList.map(({ key: name, value }) => {
      const bytes = Buffer.from(value, 'base64');
      const decipher = createDecipheriv('aes-256-cbc', aesKey, bytes.subarray(0, 16));
      return [name, Buffer.concat([decipher.update(bytes.subarray(16)), decipher.final()]).toString('utf8')];
    }),
  );
}

describe('an encrypted credential', () => {
  const values = { ClientId: 'AKIA', PrivateKey: `-----BEGIN\n${'x'.repeat(3000)}\n`, Empty: '', Korean: '비밀 값' };

  it('is read back by the holder of the private key', () => {
    expect(publicKeyPem).toContain('BEGIN RSA PUBLIC KEY');
    const encrypted = encryptCredential(publicKeyPem, values);
    expect(decrypt(encrypted, privateKey)).toEqual(values);
    expect(JSON.stringify(encrypted)).not.toContain('AKIA');
  });

  it('is another one each time', () => {
    const [first, second] = [encryptCredential(publicKeyPem, values), encryptCredential(publicKeyPem, values)];
    expect(first.encryptedClientAesKeyByPublicKey).not.toBe(second.encryptedClientAesKeyByPublicKey);
    expect(first.credentialKeyValueList[0]?.value).not.toBe(second.credentialKeyValueList[0]?.value);
  });

  it('needs a public key', () => {
    expect(() => encryptCredential('<html>', values)).toThrow(expect.objectContaining({ code: 'unavailable' }));
  });
});
