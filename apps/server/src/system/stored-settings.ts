import type { CloudBaristaConfig } from '@waterstrider/cloud-barista';
import type { Secrets } from '@waterstrider/engine/ports';
import type { SystemStore } from '@waterstrider/store';
import { z } from 'zod';

/** Key in the system's meta table; the value is sealed, or empty when settings were removed. */
export const settingsKey = 'platform_settings';
/** Binds the sealed text to its place. */
export const settingsContext = 'platform-settings';

const framework = z.object({
  url: z.string(),
  auth: z.discriminatedUnion('mode', [
    z.object({ mode: z.literal('none') }),
    z.object({ mode: z.literal('basic'), username: z.string(), password: z.string() }),
    z.object({ mode: z.literal('bearer'), token: z.string() }),
    z.object({ mode: z.literal('hmac'), accessId: z.string(), secret: z.string() }),
  ]),
});
const storedSettings = z.object({
  version: z.literal(1),
  settings: z.object({
    tumblebug: framework,
    spider: framework.exactOptional(),
    dragonfly: framework.exactOptional(),
    ladybug: framework.exactOptional(),
  }),
});

type MetaStore = Pick<SystemStore, 'getMeta' | 'setMeta'>;

/** What an administrator stored; undefined: nothing. Throws when it was made with another key, or by a newer version. */
export async function readStoredSettings(
  system: Pick<MetaStore, 'getMeta'>,
  secrets: Secrets,
): Promise<CloudBaristaConfig | undefined> {
  const sealed = await system.getMeta(settingsKey);
  if (sealed === undefined || sealed === '') return undefined;
  const parsed = storedSettings.safeParse(JSON.parse(secrets.open(Buffer.from(sealed, 'base64'), settingsContext)));
  // Without the parser's words: they may hold what was stored.
  if (!parsed.success) throw new Error('the stored settings of the Cloud-Barista are of an unknown layout');
  return parsed.data.settings;
}

/** Replaces what is stored; undefined: nothing is stored any more. */
export async function writeStoredSettings(
  system: Pick<MetaStore, 'setMeta'>,
  secrets: Secrets,
  settings: CloudBaristaConfig | undefined,
): Promise<void> {
  const text = settings === undefined ? '' : JSON.stringify({ version: 1, settings });
  await system.setMeta(settingsKey, text === '' ? '' : secrets.seal(text, settingsContext).toString('base64'));
}
