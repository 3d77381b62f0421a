import type { Node } from '@waterstrider/contract';

/** Hours of a month, as cloud price lists count them. */
export const hoursPerMonth = 730;

const neverBilled: ReadonlySet<Node['status']> = new Set(['Registering', 'Suspended', 'Terminated']);
const billedOnceMade: ReadonlySet<Node['status']> = new Set(['Creating', 'Failed', 'Undefined', 'Reconciling']);

/**
 * Does the cloud charge for this server now? Not while suspended or terminated, nor when it vanished outside; a server that is being
 * made, failed or is unclear counts once the cloud has given it an id.
 */
export function isBilled(node: Node): boolean {
  if (node.drift === 'gone' || neverBilled.has(node.status)) return false;
  return node.cspResourceId !== undefined || !billedOnceMade.has(node.status);
}

/** Sums are kept in whole billionths of a dollar, so that adding and taking away never drifts. */
export const toNanoUsd = (usd: number): number => Math.round(usd * 1e9);
export const toUsd = (nanoUsd: number): number => nanoUsd / 1e9;
