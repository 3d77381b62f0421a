import type { FrameworkName } from '@waterstrider/contract';

/** How each framework calls itself. */
export const frameworkTitles = {
  tumblebug: 'CB-Tumblebug',
  spider: 'CB-Spider',
  dragonfly: 'CB-Dragonfly',
  ladybug: 'CB-Ladybug',
} as const satisfies Record<FrameworkName, string>;
