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

describe('a Cloud-Barista in the environment', () => {
  const none = { mode: 'none' };

  test('without an address the embedded engine serves', () => {
    expect(readConfig({ API_GW: ' ', TUMBLEBUG_URL: '' }).cloudBarista).toBeUndefined();
  });

  test('API_GW alone sets all four below it', () => {
    expect(readConfig({ API_GW: 'http://gw:8000/' }).cloudBarista).toEqual({
      tumblebug: { url: 'http://gw:8000/tumblebug', auth: none },
      spider: { url: 'http://gw:8000/spider', auth: none },
      dragonfly: { url: 'http://gw:8000/dragonfly', auth: none },
      ladybug: { url: 'http://gw:8000/ladybug', auth: none },
    });
    expect(readConfig({ API_GW: 'https://gw/cb/' }).cloudBarista?.spider?.url).toBe('https://gw/cb/spider');
  });

  test('an address of its own wins; without a path it gets the prefix', () => {
    expect(readConfig({ TUMBLE_URL: 'http://tb:1323', SPIDER_URL: 'http://sp:1024/api/' }).cloudBarista).toEqual({
      tumblebug: { url: 'http://tb:1323/tumblebug', auth: none },
      spider: { url: 'http://sp:1024/api', auth: none },
    });
    const mixed = readConfig({ API_GW: 'http://gw:8000', SPIDER_URL: 'http://sp:1024' }).cloudBarista;
    expect([mixed?.tumblebug.url, mixed?.spider?.url]).toEqual(['http://gw:8000/tumblebug', 'http://sp:1024/spider']);
  });

  test('the mode follows from what is given; the gateway has the defaults', () => {
    const found = readConfig({
      API_GW: 'http://gw:8000',
      API_GW_HMAC_ID: 'console',
      API_GW_HMAC_SECRET: 'signs',
      TUMBLEBUG_USER: 'default',
      TUMBLEBUG_PASSWORD: 'default',
      SPIDER_TOKEN: 'bearer',
    }).cloudBarista;
    expect(found?.tumblebug.auth).toEqual({ mode: 'basic', username: 'default', password: 'default' });
    expect(found?.spider?.auth).toEqual({ mode: 'bearer', token: 'bearer' });
    expect(found?.ladybug?.auth).toEqual({ mode: 'hmac', accessId: 'console', secret: 'signs' });
  });

  test.each<[string, Record<string, string>, RegExp]>([
    [
      'half a pair',
      { TUMBLEBUG_URL: 'http://tb', TUMBLEBUG_USER: 'u' },
      /^TUMBLEBUG_PASSWORD is needed with TUMBLEBUG_USER/,
    ],
    ['half of the gateway', { API_GW: 'http://gw', API_GW_HMAC_SECRET: 'canary' }, /^API_GW_HMAC_ID is needed/],
    [
      'two modes',
      { TUMBLEBUG_URL: 'http://tb', TUMBLEBUG_TOKEN: 'canary', TUMBLEBUG_USER: 'u', TUMBLEBUG_PASSWORD: 'canary' },
      /^TUMBLEBUG_USER with TUMBLEBUG_PASSWORD, and TUMBLEBUG_TOKEN exclude each other/,
    ],
    ['Spider alone', { SPIDER_URL: 'http://sp' }, /^SPIDER_URL needs TUMBLEBUG_URL or API_GW/],
    ['no address', { TUMBLEBUG_TOKEN: 'canary' }, /^TUMBLEBUG_\* is given without TUMBLEBUG_URL or API_GW/],
    ['no gateway', { API_GW_TOKEN: 'canary' }, /^API_GW_\* is given without an address/],
    ['two addresses', { TUMBLEBUG_URL: 'http://a', TUMBLE_URL: 'http://b' }, /^TUMBLEBUG_URL and TUMBLE_URL differ/],
    ['user info', { API_GW: 'http://u:canary@gw' }, /^API_GW must not hold a user or password\.$/],
    ['another scheme', { TUMBLEBUG_URL: 'ftp://tb' }, /^TUMBLEBUG_URL must be an address/],
    ['a query', { TUMBLEBUG_URL: 'http://tb/?token=canary' }, /^TUMBLEBUG_URL must not have a part after/],
  ])('%s is refused by name, without values', (_name, variables, message) => {
    expect(() => readConfig(variables)).toThrow(ConfigError);
    expect(() => readConfig(variables)).toThrow(message);
    expect(() => readConfig(variables)).not.toThrow(/canary/);
  });

  test('its variables are listed', () => {
    const names = configurationVariables.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['API_GW', 'TUMBLE_URL', 'LADYBUG_HMAC_SECRET', 'API_GW_TOKEN']));
    expect(new Set(names).size).toBe(names.length);
  });
});
