import type { Infra, Node, NodeStatus } from '@waterstrider/contract';

/** The order in which Tumblebug settles ties. */
const dominanceOrder: readonly NodeStatus[] = [
  'Failed', 'Suspended', 'Running', 'Terminated', 'Creating', 'Suspending', 'Resuming', 'Rebooting', 'Terminating',
  'Registering', 'Undefined', 'Reconciling',
]; // prettier-ignore

export type StatusOf = Pick<Node, 'status'>;

const countOf = (nodes: readonly StatusOf[], status: NodeStatus): number =>
  nodes.reduce((count, node) => count + (node.status === status ? 1 : 0), 0);

/** How many servers are in each state, all twelve keys and the total. */
export function toStatusCount(nodes: readonly StatusOf[]): Record<string, number> {
  return {
    countTotal: nodes.length,
    ...Object.fromEntries(dominanceOrder.map((status) => [`count${status}`, countOf(nodes, status)])),
  };
}

/** `Running:3 (R:3/3)`, `Partial-Terminated:2 (R:1/3)`; an infra without servers, or on its way to hold, has a plain word. */
export function toStatusText(infra: Pick<Infra, 'status'>, nodes: readonly StatusOf[]): string {
  if (infra.status === 'Preparing' || infra.status === 'Prepared') return infra.status;
  if (nodes.length === 0) return infra.status === 'Creating' ? 'Creating' : 'Empty';
  let dominant: NodeStatus = 'Failed';
  for (const status of dominanceOrder) if (countOf(nodes, status) > countOf(nodes, dominant)) dominant = status;
  const most = countOf(nodes, dominant);
  const partial = most < nodes.length ? 'Partial-' : '';
  return `${partial}${dominant}:${String(most)} (R:${String(countOf(nodes, 'Running'))}/${String(nodes.length)})`;
}

const actionNames = {
  create: 'Create',
  suspend: 'Suspend',
  resume: 'Resume',
  reboot: 'Reboot',
  terminate: 'Terminate',
} as const;
const targetOf = {
  Create: 'Running',
  Suspend: 'Suspended',
  Resume: 'Running',
  Reboot: 'Running',
  Terminate: 'Terminated',
} as const;

type Target = { targetStatus: string; targetAction: string };
const noTarget: Target = { targetStatus: 'None', targetAction: 'None' };

/** What a server is on its way to; `None` when nothing is pending. */
export function toNodeTarget(node: Pick<Node, 'targetAction'>): Target {
  if (node.targetAction === undefined) return noTarget;
  const targetAction = actionNames[node.targetAction];
  return { targetStatus: targetOf[targetAction], targetAction };
}

/** The action that most servers wait for, while a task runs on the infra. */
export function toInfraTarget(
  infra: Pick<Infra, 'status' | 'runningOperation'>,
  nodes: readonly Pick<Node, 'targetAction'>[],
): Target {
  if (infra.status === 'Preparing' || infra.status === 'Prepared')
    return { targetStatus: 'Running', targetAction: 'Create' };
  if (infra.runningOperation === undefined) return noTarget;
  const counts = new Map<string, { count: number; node: Pick<Node, 'targetAction'> }>();
  for (const node of nodes) {
    if (node.targetAction === undefined) continue;
    counts.set(node.targetAction, { count: (counts.get(node.targetAction)?.count ?? 0) + 1, node });
  }
  const [most] = [...counts.values()].sort((left, right) => right.count - left.count);
  return most === undefined ? noTarget : toNodeTarget(most.node);
}
