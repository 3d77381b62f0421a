/** States of a server, worst first: the order in which counts are shown. */
export const nodeStatuses = [
  'Failed',
  'Undefined',
  'Registering',
  'Creating',
  'Reconciling',
  'Suspending',
  'Resuming',
  'Rebooting',
  'Terminating',
  'Suspended',
  'Running',
  'Terminated',
] as const;
export type NodeStatus = (typeof nodeStatuses)[number];

/** States that end by themselves. */
export const transitionalStatuses: readonly NodeStatus[] = [
  'Registering',
  'Creating',
  'Reconciling',
  'Suspending',
  'Resuming',
  'Rebooting',
  'Terminating',
];
export const isTransitional = (status: NodeStatus): boolean => transitionalStatuses.includes(status);

export const nodeActions = ['suspend', 'resume', 'reboot', 'terminate'] as const;
export type NodeAction = (typeof nodeActions)[number];

export const infraActions = [
  'suspend',
  'resume',
  'reboot',
  'terminate',
  'refine',
  'continue',
  'withdraw',
  'reconcile',
  'abort',
] as const;
export type InfraAction = (typeof infraActions)[number];

/** Servers per status; a status without servers is absent. */
export type StatusCounts = Partial<Record<NodeStatus, number>>;

/** One word for a whole MCIS; the counts beside it say the rest. */
export const infraStatuses = [
  'Preparing',
  'Prepared',
  'Empty',
  'PartlyFailed',
  'InTransition',
  'Mixed',
  ...nodeStatuses,
] as const;
export type InfraStatus = (typeof infraStatuses)[number];

/** `phase`: an infra on its way to, or on, hold. Terminated servers count only when there is nothing else. */
export function toInfraStatus(counts: StatusCounts, phase?: 'Preparing' | 'Prepared'): InfraStatus {
  if (phase) return phase;
  const present = nodeStatuses.filter((status) => (counts[status] ?? 0) > 0);
  const living = present.filter((status) => status !== 'Terminated');
  if (living.length === 0) return present.length > 0 ? 'Terminated' : 'Empty';
  if (living.length === 1 && living[0]) return living[0];
  if (living.includes('Failed')) return 'PartlyFailed';
  if (living.includes('Undefined')) return 'Undefined';
  return living.some(isTransitional) ? 'InTransition' : 'Mixed';
}
