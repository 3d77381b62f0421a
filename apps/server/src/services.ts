import type { Platform } from '@waterstrider/contract';
import type { AuditStore, IdentityStore, Journal, SystemStore } from '@waterstrider/store';
import type { SimulationControl } from '@waterstrider/driver-simulated';
import type { Config } from './config.ts';
import type { EventHub } from './events/event-hub.ts';
import type { Inventory } from './inventory/inventory.ts';
import type { PlatformSettingsService } from './system/platform-settings.ts';

/** Everything the rooms of the server work with; made in composition.ts, or by a test. */
export type Services = {
  config: Config;
  platform: Platform;
  identity: IdentityStore;
  audit: AuditStore;
  journal: Journal;
  system: SystemStore;
  platformSettings: PlatformSettingsService;
  inventory: Inventory;
  events: EventHub;
  databaseKind: 'embedded' | 'external';
  /** Only with the embedded engine on simulated clouds. */
  simulation?: SimulationControl;
};
