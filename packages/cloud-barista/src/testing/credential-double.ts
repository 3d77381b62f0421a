import { constants, createDecipheriv, generateKeyPairSync, privateDecrypt, type KeyObject } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { replyAs, type Json, type Reply } from './recordings.ts';
import { newUid, refusedValue, type World } from './world.ts';

export type RegisteredCredential = { holder: string; provider: string; values: Record<string, string> };

/** The hybrid encryption of upstream, from its side: one-time keys, and what came in with them. */
export class CredentialDouble {
  readonly received: RegisteredCredential[] = [];
  readonly #keys = new Map<string, KeyObject>();
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  publicKey(): Reply {
    // Upstream's has 4096 bits, which takes a second to make.
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const publicKeyTokenId = newUid();
    this.#keys.set(publicKeyTokenId, privateKey);
    const pem = publicKey.export({ type: 'pkcs1', format: 'pem' });
    return { status: 200, body: { publicKeyTokenId, publicKey: pem } };
  }

  async register(body: Json): Promise<Reply> {
    const token = String(body.publicKeyTokenId);
    const privateKey = this.#keys.get(token);
    if (privateKey === undefined) return replyAs('credential-post-bad-token', { nope: token });
    this.#keys.delete(token);
    const values = decrypt(privateKey, body);
    const holder = String(body.credentialHolder);
    const provider = String(body.providerName);
    this.received.push({ holder, provider, values });
    await sleep(this.#world.stepMs);
    const connections = this.#makeConnections(holder, provider, !Object.values(values).includes(refusedValue));
    return {
      status: 200,
      body: {
        ...(replyAs('credential-post-mock').body as Json), // an object, as recorded
        credentialName: nameOf(holder, provider),
        credentialHolder: holder,
        providerName: provider,
        keyValueInfoList: Object.keys(values).map((key) => ({ key, value: '************' })),
        allConnections: { connectionconfig: connections },
      },
    };
  }

  #makeConnections(holder: string, provider: string, verified: boolean): Json[] {
    const { connections } = this.#world;
    const templates = [...connections.values()].filter((config) => config.providerName === provider);
    const regions = new Map(templates.map((config) => [String((config.regionDetail as Json).regionName), config])); // recorded with one
    return [...regions].map(([region, template]) => {
      const configName = `${nameOf(holder, provider)}-${region}`;
      const config = {
        ...template,
        configName,
        credentialName: nameOf(holder, provider),
        credentialHolder: holder,
        verified,
      };
      connections.set(configName, config);
      return config;
    });
  }
}

const nameOf = (holder: string, provider: string): string => (holder === 'admin' ? provider : `${holder}-${provider}`);

function decrypt(privateKey: KeyObject, body: Json): Record<string, string> {
  const key = { key: privateKey, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' };
  const aesKey = privateDecrypt(key, Buffer.from(String(body.encryptedClientAesKeyByPublicKey), 'base64'));
  const pairs = body.credentialKeyValueList as { key: string; value: string }[]; // what the console sends
  return Object.fromEntries(
    pairs.map(({ key: name, value }) => {
      const bytes = Buffer.from(value, 'base64');
      const decipher = createDecipheriv('aes-256-cbc', aesKey, bytes.subarray(0, 16));
      return [name, Buffer.concat([decipher.update(bytes.subarray(16)), decipher.final()]).toString('utf8')];
    }),
  );
}
