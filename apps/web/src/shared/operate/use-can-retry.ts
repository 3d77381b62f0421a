import type { Operation } from '@waterstrider/contract';
import { usePlatformKind } from '../use-platform.ts';

const makesServers: readonly Operation['kind'][] = ['createInfra', 'addNodeGroup'];

/** Can what failed of a task be tried again? CB-Tumblebug makes no failed server anew: refine, then scale out. */
export function useCanRetry(): (operation: Operation) => boolean {
  const isBarista = usePlatformKind() === 'cloud-barista';
  return ({ canRetry, kind }) => canRetry && !(isBarista && makesServers.includes(kind));
}
