import type { ItemState, NodeStatus } from '@waterstrider/contract';
import type { CloudServer, CloudWords, NodeResult, NodeRow } from '../ports/index.ts';

type Decision = Partial<NodeResult['decision']> & { status: NodeStatus };

/** A result that keeps what is not named. */
export function toResult(
  node: NodeRow,
  facts: NodeResult['facts'],
  decision: Decision,
  item?: NodeResult['item'],
): NodeResult {
  return {
    id: node.id,
    intent: node.intent,
    facts,
    decision: {
      targetStatus: node.targetStatus,
      targetAction: node.targetAction,
      sentAt: node.sentAt,
      acceptedAt: node.acceptedAt,
      dueAt: undefined,
      attempt: node.attempt,
      error: undefined,
      forget: node.forget,
      ...decision,
    },
    item,
  };
}

export function factsOf(server: CloudServer, observedAt: Date): NodeResult['facts'] {
  return {
    cspId: server.id,
    ...(server.zone !== undefined && { zone: server.zone }),
    publicIp: server.publicIp ?? null,
    privateIp: server.privateIp ?? null,
    observedAt,
  };
}

const idle = { targetAction: undefined, sentAt: undefined, acceptedAt: undefined, dueAt: undefined, attempt: 0 };

/** The action reached its end. */
export const succeed = (
  node: NodeRow,
  facts: NodeResult['facts'],
  status: 'Running' | 'Suspended' | 'Terminated',
  more: Partial<Decision> = {},
): NodeResult => toResult(node, facts, { ...idle, status, targetStatus: status, ...more }, { state: 'succeeded' });

/** The action is given up. Nothing more is due; a server that was to be forgotten stays in sight. */
export function fail(node: NodeRow, facts: NodeResult['facts'], status: NodeStatus, error: CloudWords): NodeResult {
  // What is wanted stays wanted: a retry goes on from here.
  const targetStatus = status === 'Suspended' || status === 'Terminated' ? status : node.targetStatus;
  return toResult(
    node,
    facts,
    {
      ...idle,
      status,
      targetStatus,
      error,
      forget: false,
      sentAt: node.cspId === undefined ? node.sentAt : undefined,
      reason: error.code,
    },
    { state: 'failed', error },
  );
}

/** Looked at again later; `step` says why, as a locale key. */
export function later(
  node: NodeRow,
  dueAt: Date,
  more: Partial<NodeResult['decision']> = {},
  step?: string,
): NodeResult {
  const item: NodeResult['item'] = { state: 'running' as ItemState, ...(step !== undefined && { step }) };
  return toResult(node, {}, { status: node.status, dueAt, ...more }, item);
}

/** What a server is where its pending action is given up without a look. */
export function statusBefore(node: NodeRow): NodeStatus {
  if (node.targetAction === 'suspend' || node.targetAction === 'reboot') return 'Running';
  if (node.targetAction === 'resume') return 'Suspended';
  return 'Failed';
}
