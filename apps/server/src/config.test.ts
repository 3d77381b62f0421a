import { describe, expect, test } from 'vitest';
import { ConfigError, configurationVariables, readConfig } from './config.ts';

const key = 'ab'.repeat(32);

describe('the environment', () => {
  test('nothing is needed, and empty variables count as absent', () => {
    expect(readConfig({ PORT: '', HOST: ' ' })).toMatchObject({
      host: '127.0.0.1',
      port: 1234,
      dataDir: './data',
      simulation: { speed: 1, faults: '' },
      observeSeconds: 30,
      session: { idleSeconds: 12 * 3600, absoluteSeconds: 7 * 86_400 },
      validateOutput: false,
    });
  });

  test.each([
    ['PORT', 'http'],
    ['PORT', '70000'],
    ['PUBLIC_URL', 'console.example.com'],
    ['WATERSTRIDER_MASTER_KEY', 'not-a-key-5e3'],
    ['WATERSTRIDER_SIM_SPEED', '0'],
    ['WATERSTRIDER_LOG_LEVEL', 'loud'],
  ])('%s=%s is refused by name, without its value', (name, value) => {
    expect(() => readConfig({ [name]: value })).toThrow(ConfigError);
    expect(() => readConfig({ [name]: value })).toThrow(new RegExp(`^${name} must`));
    if (name.endsWith('KEY')) expect(() => readConfig({ [name]: value })).not.toThrow(value);
  });

  test('a shared database needs a shared key', () => {
    const database = { DATABASE_URL: 'postgres://user:pass@db/console' };
    expect(() => readConfig(database)).toThrow(/^WATERSTRIDER_MASTER_KEY is needed/);
    expect(readConfig({ ...database, WATERSTRIDER_MASTER_KEY: key }).masterKey).toEqual(Buffer.from(key, 'hex'));
  });

  test('every variable has a meaning', () => {
    expect(configurationVariables.filter(({ meaning }) => meaning === '')).toEqual([]);
    expect(configurationVariables.find(({ name }) => name === 'PORT')?.default).toBe('1234');
  });
});
