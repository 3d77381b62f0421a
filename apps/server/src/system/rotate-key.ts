import { randomBytes } from 'node:crypto';
import type { Sql, SystemStore } from '@waterstrider/store';
import { ConfigError, type Config } from '../config.ts';
import { adoptNextKey, checkKey, openMasterKey, sealCheck, writeNextKey } from './master-key.ts';
import { createSecrets } from './secrets.ts';
import { settingsContext, settingsKey } from './stored-settings.ts';

const aliveSeconds = 15;
const sealedTables = ['credential', 'resource'] as const;

/** Seals every secret anew under another key, all or none. No server may run meanwhile. Returns how many were sealed. */
export async function rotateKey(config: Config, { sql, system }: { sql: Sql; system: SystemStore }): Promise<number> {
  const running = await system.replicas(aliveSeconds);
  if (running.length > 0) {
    throw new ConfigError(
      `${String(running.length)} server(s) use this database. Stop them, wait ${String(aliveSeconds)} s, and rotate again.`,
    );
  }
  const current = await openMasterKey(config, system);
  const next = chooseNextKey(config);
  if (config.masterKey === undefined) writeNextKey(config, next);
  const sealed = await sealAnew(sql, current, next);
  if (config.masterKey === undefined) adoptNextKey(config);
  return sealed;
}

function chooseNextKey(config: Config): Buffer {
  if (config.newMasterKey !== undefined) {
    if (config.masterKey?.equals(config.newMasterKey) === true) {
      throw new ConfigError('WATERSTRIDER_NEW_MASTER_KEY is the present key. Give another.');
    }
    return config.newMasterKey;
  }
  if (config.masterKey === undefined) return randomBytes(32);
  throw new ConfigError(
    'WATERSTRIDER_NEW_MASTER_KEY is needed, as the present key comes from WATERSTRIDER_MASTER_KEY. ' +
      'Make one with: openssl rand -base64 32',
  );
}

function sealAnew(sql: Sql, current: Buffer, next: Buffer): Promise<number> {
  const before = createSecrets(current);
  const after = createSecrets(next);
  return sql.begin(async (transaction) => {
    let sealed = 0;
    for (const table of sealedTables) {
      const rows = await transaction<{ id: string; secret: Buffer }[]>`
        select id, secret from ${transaction(table)} where length(secret) > 0 for update`;
      for (const { id, secret } of rows) {
        const context = `${table}:${id}`;
        const text = before.open(secret, context);
        await transaction`update ${transaction(table)} set secret = ${after.seal(text, context)} where id = ${id}`;
      }
      sealed += rows.length;
    }
    const [settings] = await transaction<{ value: string }[]>`
      select value from meta where key = ${settingsKey} and value <> '' for update`;
    if (settings !== undefined) {
      const text = before.open(Buffer.from(settings.value, 'base64'), settingsContext);
      const value = after.seal(text, settingsContext).toString('base64');
      await transaction`update meta set value = ${value} where key = ${settingsKey}`;
      sealed += 1;
    }
    await transaction`update meta set value = ${sealCheck(next)} where key = ${checkKey}`;
    return sealed;
  });
}
