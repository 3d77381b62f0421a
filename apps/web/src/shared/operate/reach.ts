import type { Infra, Node } from '@waterstrider/contract';
import { infraActionRule, nodeActionRule } from '@waterstrider/contract/rules';
import type { InfraAction, InfraStatus, NodeAction, RuleReason, StatusCounts } from '@waterstrider/contract/rules';

/** Which of some servers an action will touch, and why not the others. */
export interface Reach {
  fit: Node[];
  unfit: { node: Node; reason: RuleReason }[];
}

/** `isBusy`: a task runs on the server's MCIS; only terminate gets through then. */
export function reachOf(action: NodeAction, nodes: Node[], isBusy: (node: Node) => boolean = () => false): Reach {
  const reach: Reach = { fit: [], unfit: [] };
  for (const node of nodes) {
    const verdict = nodeActionRule(action, node);
    const reason = verdict.allowed
      ? action !== 'terminate' && isBusy(node)
        ? 'taskRunning'
        : undefined
      : verdict.reason;
    if (reason) reach.unfit.push({ node, reason });
    else reach.fit.push(node);
  }
  return reach;
}

/** The reason most of the servers share, for a button that touches none. */
export function commonReason({ unfit }: Pick<Reach, 'unfit'>): RuleReason | undefined {
  const counts = new Map<RuleReason, number>();
  for (const { reason } of unfit) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts].sort((left, right) => right[1] - left[1])[0]?.[0];
}

/** How many servers of these counts the action fits. */
export function countReached(action: NodeAction, counts: StatusCounts): number {
  if (action === 'resume') return counts.Suspended ?? 0;
  if (action !== 'terminate') return counts.Running ?? 0;
  return countLiving(counts) - (counts.Terminating ?? 0);
}

/** Servers that are not terminated. */
export const countLiving = (counts: StatusCounts): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0) - (counts.Terminated ?? 0);

type InfraState = Pick<Infra, 'statusCounts' | 'runningOperation'> & { status: InfraStatus };

/** Why the action can not be started on the MCIS now; undefined when it can. */
export function infraReason(action: InfraAction, infra: InfraState): RuleReason | undefined {
  const verdict = infraActionRule(action, infra);
  return verdict.allowed ? undefined : verdict.reason;
}

export const nodeReason = (action: NodeAction, node: Node, isBusy = false): RuleReason | undefined =>
  reachOf(action, [node], () => isBusy).unfit[0]?.reason;
