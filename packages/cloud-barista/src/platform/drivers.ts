import type { Driver } from '@waterstrider/contract';
import type { CloudDirectory } from './cloud-directory.ts';

const capabilities = ['compute', 'network', 'key', 'suspend', 'resume', 'reboot', 'terminate'];

/** One for each kind of cloud that Tumblebug knows: CB-Spider's library for it does the work. */
export const driversOf = (directory: CloudDirectory): Omit<Driver, 'connections'>[] =>
  directory.clouds().map((cloud) => ({
    name: `spider-${cloud.provider}`,
    provider: cloud.provider,
    displayName: cloud.displayName,
    version: 'CB-Spider',
    simulated: cloud.simulated,
    capabilities,
  }));
