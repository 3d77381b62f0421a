import type { InfraAction, InfraStatus, NodeAction, NodeStatus, StatusCounts } from './status.ts';

/** Keys of the locale files (`rules.<reason>`), also the `reason` of a `wrong_state` answer. */
export type RuleReason =
  | 'notRunning'
  | 'notSuspended'
  | 'alreadyTerminated'
  | 'alreadyTerminating'
  | 'pendingAction'
  | 'notMadeYet'
  | 'unsupportedByCloud'
  | 'noRunningServer'
  | 'noSuspendedServer'
  | 'noLivingServer'
  | 'nothingToRefine'
  | 'notOnHold'
  | 'onHold'
  | 'taskRunning'
  | 'noUnclearServer';

export type Verdict = { allowed: true } | { allowed: false; reason: RuleReason };
const yes: Verdict = { allowed: true };
const no = (reason: RuleReason): Verdict => ({ allowed: false, reason });

export type NodeRuleInput = {
  status: NodeStatus;
  /** The action under way, if any. */
  targetAction?: string | undefined;
  /** Actions the server's cloud can not do. */
  unsupportedActions?: readonly string[] | undefined;
};

/** May this action be started on this server now? The engine enforces it, the button shows it. */
export function nodeActionRule(action: NodeAction, node: NodeRuleInput): Verdict {
  if (node.unsupportedActions?.includes(action)) return no('unsupportedByCloud');
  if (action === 'terminate') {
    if (node.status === 'Terminated') return no('alreadyTerminated');
    return node.status === 'Terminating' ? no('alreadyTerminating') : yes;
  }
  if (node.targetAction) return no('pendingAction');
  if (node.status === 'Terminated') return no('alreadyTerminated');
  if (action === 'resume') return node.status === 'Suspended' ? yes : no('notSuspended');
  return node.status === 'Running' ? yes : no('notRunning');
}

export type InfraRuleInput = {
  status: InfraStatus;
  statusCounts: StatusCounts;
  /** Id of the running task on this MCIS, if any. */
  runningOperation?: string | undefined;
  unsupportedActions?: readonly string[] | undefined;
};

/** May this action be started on the whole MCIS now? It reaches the servers that `nodeActionRule` lets through. */
export function infraActionRule(action: InfraAction, infra: InfraRuleInput): Verdict {
  const has = (...statuses: NodeStatus[]) => statuses.some((status) => (infra.statusCounts[status] ?? 0) > 0);
  const held = infra.status === 'Prepared';
  if (action === 'continue' || action === 'withdraw') return held ? yes : no('notOnHold');
  if (action === 'terminate') {
    const living = Object.entries(infra.statusCounts).some(
      ([status, count]) => status !== 'Terminated' && status !== 'Terminating' && count > 0,
    );
    if (held) return no('onHold');
    return living ? yes : no('noLivingServer');
  }
  if (action === 'abort' || action === 'reconcile')
    return has('Undefined', 'Reconciling') ? yes : no('noUnclearServer');
  if (infra.runningOperation) return no('taskRunning');
  if (held) return no('onHold');
  if (infra.unsupportedActions?.includes(action)) return no('unsupportedByCloud');
  if (action === 'refine') return has('Failed', 'Terminated', 'Undefined') ? yes : no('nothingToRefine');
  if (action === 'resume') return has('Suspended') ? yes : no('noSuspendedServer');
  return has('Running') ? yes : no('noRunningServer');
}
