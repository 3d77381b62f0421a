import type { ConsoleHandlers } from '../pipeline/handlers.ts';
import type { Services } from '../services.ts';

type Rows = 'testPlatform' | 'savePlatformSettings' | 'deletePlatformSettings';

/** Which Cloud-Barista to be the console of: tried, kept, forgotten. The audit trail names the frameworks only. */
export function createPlatformSettingsHandlers({
  platformSettings,
}: Pick<Services, 'platformSettings'>): Pick<ConsoleHandlers, Rows> {
  return {
    async testPlatform({ body }, { note }) {
      note.target = Object.keys(body).join(', ');
      return { items: await platformSettings.test(body) };
    },
    savePlatformSettings({ body }, { note }) {
      note.target = Object.keys(body).join(', ');
      return platformSettings.save(body);
    },
    deletePlatformSettings: () => platformSettings.remove(),
  };
}
