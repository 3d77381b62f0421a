import type { Operation } from '@waterstrider/contract';

/** States and kinds one can filter by; kept here because the contract's own lists bring its validators along. */
export const states: readonly Operation['state'][] = [
  'running',
  'pending',
  'partial',
  'failed',
  'succeeded',
  'cancelled',
];

const allKinds: Record<Operation['kind'], true> = {
  createInfra: true,
  addNodeGroup: true,
  scaleNodeGroup: true,
  deleteInfra: true,
  suspend: true,
  resume: true,
  reboot: true,
  terminate: true,
  refine: true,
  continue: true,
  withdraw: true,
  reconcile: true,
  abort: true,
  createCredential: true,
  updateCredential: true,
  verifyConnection: true,
  trySimulatedClouds: true,
};
export const kinds = Object.keys(allKinds);
