import { randomBytes, timingSafeEqual } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SystemStore } from '@waterstrider/store';
import { ConfigError, type Config } from '../config.ts';
import { createSecrets } from './secrets.ts';

const checkContext = 'master-key-check';
const checkText = 'waterstrider';
export const checkKey = 'master_key_check';

const fileOf = (config: Config): string => join(config.dataDir, 'master.key');
/** Written by a rotation before the database takes the new key, so that a crash in between loses nothing. */
const nextFileOf = (config: Config): string => `${fileOf(config)}.next`;

/**
 * The key that encrypts secrets: `WATERSTRIDER_MASTER_KEY`, else a file in the data folder (mode 0600) that is made once.
 * Throws `ConfigError` when it is not the key that the database was written with.
 */
export async function openMasterKey(config: Config, system: SystemStore): Promise<Buffer> {
  const known = await system.getMeta(checkKey);
  const key = config.masterKey ?? readKeyFile(config, known);
  const check = await system.claimMeta(checkKey, sealCheck(key));
  if (isRightKey(key, check)) return key;
  const origin = config.masterKey === undefined ? fileOf(config) : 'WATERSTRIDER_MASTER_KEY';
  throw new ConfigError(`The master key (${origin}) is not the one the database was written with. Give that one.`);
}

/** What the database keeps to tell the right key from a wrong one. */
export const sealCheck = (key: Buffer): string => createSecrets(key).seal(checkText, checkContext).toString('base64');

export function isRightKey(key: Buffer, check: string): boolean {
  try {
    const text = createSecrets(key).open(Buffer.from(check, 'base64'), checkContext);
    return timingSafeEqual(Buffer.from(text), Buffer.from(checkText));
  } catch {
    // Authenticated decryption fails: that is how a wrong key shows.
    return false;
  }
}

function readKeyFile(config: Config, check: string | undefined): Buffer {
  const file = fileOf(config);
  const next = nextFileOf(config);
  if (check !== undefined && existsSync(next) && isRightKey(parseKey(next), check)) renameSync(next, file);
  if (existsSync(file)) return parseKey(file);
  if (check !== undefined) {
    throw new ConfigError(
      `The master key ${file} is missing, and the database holds secrets made with it. Put it back.`,
    );
  }
  const key = randomBytes(32);
  writeFileSync(file, `${key.toString('base64')}\n`, { mode: 0o600, flag: 'wx', flush: true });
  return key;
}

function parseKey(file: string): Buffer {
  const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'base64');
  if (key.length !== 32) throw new ConfigError(`The master key ${file} is damaged: it must hold 32 bytes in base64.`);
  return key;
}

export function writeNextKey(config: Config, key: Buffer): void {
  writeFileSync(nextFileOf(config), `${key.toString('base64')}\n`, { mode: 0o600, flush: true });
}

export const adoptNextKey = (config: Config): void => renameSync(nextFileOf(config), fileOf(config));
