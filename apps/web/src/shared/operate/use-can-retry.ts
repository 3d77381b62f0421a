import type { Operation } from '@waterstrider/contract';
import { useCallback } from 'react';
import { usePlatformKind } from '../use-platform.ts';

const makesServers: readonly Operation['kind'][] = ['createInfra', 'addNodeGroup'];

/** Can what failed of a task be tried again? CB-Tumblebug makes no failed server anew: refine, then scale out. */
export function useCanRetry(): (operation: Operation) => boolean {
  const isBarista = usePlatformKind() === 'cloud-barista';
  return useCallback(
    ({ canRetry, kind }: Operation) => canRetry && !(isBarista && makesServers.includes(kind)),
    [isBarista],
  );
}
