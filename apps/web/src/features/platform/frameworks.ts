import type { FrameworkName, FrameworkState } from '@waterstrider/contract';

export const frameworkNames: readonly FrameworkName[] = ['tumblebug', 'spider', 'dragonfly', 'ladybug'];
export const productNames: Record<FrameworkName, string> = {
  tumblebug: 'CB-Tumblebug',
  spider: 'CB-Spider',
  dragonfly: 'CB-Dragonfly',
  ladybug: 'CB-Ladybug',
};
/** Where each listens unless told otherwise. */
export const usualUrls: Record<FrameworkName, string> = {
  tumblebug: 'http://localhost:1323',
  spider: 'http://localhost:1024',
  dragonfly: 'http://localhost:9090',
  ladybug: 'http://localhost:1470',
};

/** Without it nothing works; the others only add to it. */
export const isNeeded = (name: string): boolean => name === 'tumblebug';
export const isArchived = (name: FrameworkName): boolean => name === 'dragonfly' || name === 'ladybug';
/** A check that does not make the console unready when it fails. */
export const isOptionalCheck = (name: string): boolean => frameworkNames.some((one) => one === name) && !isNeeded(name);

export type Verdict = 'works' | 'archived' | 'attention' | 'failed';

// Nothing fails for these, though something may be left to do.
const remarks = new Set<string>(['archived', 'noConnections', 'noTemplates', 'notInitialised', 'throttled']);

/** One word for a framework. */
export function verdictOf({ reachable, loginWorks, archived, problems }: FrameworkState): Verdict {
  if (!reachable || loginWorks === false || problems.some(({ key }) => !remarks.has(key))) return 'failed';
  if (problems.some(({ key }) => key !== 'archived')) return 'attention';
  return archived ? 'archived' : 'works';
}
