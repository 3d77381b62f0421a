import type { CloudBaristaConfig } from '@waterstrider/cloud-barista';
import {
  DomainError,
  frameworkNames,
  type FrameworkState,
  type PlatformSettings,
  type PlatformSettingsInput,
} from '@waterstrider/contract';
import type { Secrets } from '@waterstrider/engine/ports';
import type { SystemStore } from '@waterstrider/store';
import { isDeepStrictEqual } from 'node:util';
import { ConfigError, type Config } from '../config.ts';
import { toCloudBaristaConfig } from './merge-settings.ts';
import { readStoredSettings, writeStoredSettings } from './stored-settings.ts';

type MetaStore = Pick<SystemStore, 'getMeta' | 'setMeta'>;
/** Which platform serves, and who said so; without `cloudBarista` the embedded engine. */
export type ChosenPlatform = { source: PlatformSettings['source']; cloudBarista?: CloudBaristaConfig };

/** Which Cloud-Barista this is the console of: as an administrator stores it, and as the process was started. */
export type PlatformSettingsService = {
  read(): Promise<PlatformSettings>;
  /** Tries to reach and sign in to each framework. Nothing is kept. Throws `invalid`. */
  test(input: PlatformSettingsInput): Promise<FrameworkState[]>;
  /** Applies at the next start. Throws `invalid`, and `wrong_state` where the environment decides. */
  save(input: PlatformSettingsInput): Promise<PlatformSettings>;
  /** Back to the embedded engine at the next start. Throws `wrong_state` where the environment decides. */
  remove(): Promise<PlatformSettings>;
};

/** The environment wins over what is stored. Throws `ConfigError` when what is stored can not be read. */
export async function choosePlatform(
  config: Pick<Config, 'cloudBarista'>,
  system: Pick<MetaStore, 'getMeta'>,
  secrets: Secrets,
): Promise<ChosenPlatform> {
  if (config.cloudBarista !== undefined) return { source: 'environment', cloudBarista: config.cloudBarista };
  const cloudBarista = await readStoredSettings(system, secrets).catch((error: unknown) => {
    throw new ConfigError(
      'Which Cloud-Barista to be the console of is stored, but can not be read. Start with TUMBLEBUG_URL or API_GW set instead.',
      { cause: error },
    );
  });
  return cloudBarista === undefined ? { source: 'none' } : { source: 'stored', cloudBarista };
}

/** `startedWith`: what `choosePlatform` said at the start of this process. `check` asks each framework once, within seconds. */
export function createPlatformSettings(options: {
  config: Pick<Config, 'cloudBarista'>;
  system: MetaStore;
  secrets: Secrets;
  startedWith: ChosenPlatform;
  check: (config: CloudBaristaConfig) => Promise<FrameworkState[]>;
}): PlatformSettingsService {
  const { config, system, secrets, startedWith, check } = options;
  const readStored = () => readStoredSettings(system, secrets);
  const write = async (settings: CloudBaristaConfig | undefined): Promise<PlatformSettings> => {
    await writeStoredSettings(system, secrets, settings);
    return toPlatformSettings({ stored: settings, startedWith });
  };
  const requireChoice = (): void => {
    if (config.cloudBarista !== undefined)
      throw new DomainError('wrong_state', { reason: 'platformFromEnvironment' }, { message: decided });
  };
  return {
    async read() {
      const { cloudBarista: environment } = config;
      if (environment !== undefined) return toPlatformSettings({ environment, startedWith });
      return toPlatformSettings({ stored: await readStored(), startedWith });
    },
    test: async (input) => check(toCloudBaristaConfig(input, await readStored())),
    async save(input) {
      requireChoice();
      return write(toCloudBaristaConfig(input, await readStored()));
    },
    async remove() {
      requireChoice();
      return write(undefined);
    },
  };
}

const decided =
  'The environment (API_GW, TUMBLEBUG_URL and so on) decides which platform serves. Change it there and start again.';

/** Without secrets. */
export function toPlatformSettings(options: {
  environment?: CloudBaristaConfig;
  stored?: CloudBaristaConfig | undefined;
  startedWith: ChosenPlatform;
}): PlatformSettings {
  const { environment, stored, startedWith } = options;
  const settings = environment ?? stored;
  return {
    source: environment === undefined ? (stored === undefined ? 'none' : 'stored') : 'environment',
    restartNeeded: environment === undefined && !isDeepStrictEqual(stored, startedWith.cloudBarista),
    frameworks: frameworkNames.flatMap((name) => {
      const framework = settings?.[name];
      if (framework === undefined) return [];
      const { url, auth } = framework;
      return [
        {
          name,
          url,
          authMode: auth.mode,
          ...(auth.mode === 'basic' ? { username: auth.username } : {}),
          ...(auth.mode === 'hmac' ? { hmacAccessId: auth.accessId } : {}),
          hasSecret: auth.mode !== 'none',
        },
      ];
    }),
  };
}
