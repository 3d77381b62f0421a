/** The shapes a state can take: shape first, then word, then colour. */
export type StatusKind = 'run' | 'move' | 'susp' | 'fail' | 'undef' | 'warn' | 'term' | 'ok' | 'wait' | 'info';

const kinds: Record<string, StatusKind> = {
  Failed: 'fail',
  PartlyFailed: 'fail',
  Undefined: 'undef',
  Registering: 'move',
  Creating: 'move',
  Reconciling: 'move',
  Suspending: 'move',
  Resuming: 'move',
  Rebooting: 'move',
  Terminating: 'move',
  InTransition: 'move',
  Preparing: 'move',
  Deleting: 'move',
  Suspended: 'susp',
  Prepared: 'susp',
  Disabled: 'susp',
  Running: 'run',
  Terminated: 'term',
  Empty: 'term',
  Mixed: 'info',
  Verifying: 'move',
  Verified: 'ok',
  Available: 'ok',
  pending: 'wait',
  running: 'move',
  succeeded: 'ok',
  partial: 'fail',
  failed: 'fail',
  cancelled: 'susp',
  unknown: 'undef',
  done: 'ok',
  accepted: 'ok',
  refused: 'warn',
};

/** Shape of a server's, MCIS's, connection's, task's or task item's state; a state nobody knows is shown as undefined. */
export const toStatusKind = (status: string): StatusKind => kinds[status] ?? 'undef';

/** Worst first: the order of counts and bars. */
export const kindRank: Record<StatusKind, number> = {
  fail: 1,
  undef: 2,
  warn: 3,
  move: 4,
  wait: 5,
  susp: 6,
  info: 7,
  run: 8,
  ok: 9,
  term: 10,
};

/** Sums counts per status into counts per shape, worst first; shapes without anything are left out. */
export function countKinds(byStatus: Partial<Record<string, number>>): { kind: StatusKind; count: number }[] {
  const sums = new Map<StatusKind, number>();
  for (const [status, count] of Object.entries(byStatus)) {
    if (!count) continue;
    const kind = toStatusKind(status);
    sums.set(kind, (sums.get(kind) ?? 0) + count);
  }
  return [...sums]
    .map(([kind, count]) => ({ kind, count }))
    .sort((left, right) => kindRank[left.kind] - kindRank[right.kind]);
}
