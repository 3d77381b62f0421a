import type { Infra, Node, NodeGroup, Operation } from '@waterstrider/contract';
import type { InfraAction, NodeAction } from '@waterstrider/contract/rules';
import { api } from '../api.ts';
import { countLiving, countReached } from './reach.ts';

/** What somebody wants to happen, before it is confirmed and sent. */
export type Intent =
  | { kind: 'nodes'; action: NodeAction; nodes: Node[]; skipped: number }
  | { kind: 'infra'; action: InfraAction; infra: Infra }
  | { kind: 'infras'; action: NodeAction; infras: Infra[]; skipped: number }
  | { kind: 'group'; action: NodeAction; infra: Infra; group: NodeGroup }
  | { kind: 'delete'; infra: Infra }
  | { kind: 'retry'; operation: Operation };

export interface Confirmation {
  /** Ask before it is sent? */
  needed: boolean;
  danger: boolean;
  /** Servers it will touch. */
  servers: number;
  /** To be typed: the name, or the number of servers. */
  typed?: string;
  /** Names known without asking the server. */
  names: string[];
  /** Of an MCIS or a group: the dialog loads the names of its servers. */
  of?: { infra: Infra; group?: NodeGroup };
}

// A dialog for two or three servers would only be in the way.
const freely = 3;
const nodeActions: readonly string[] = ['suspend', 'resume', 'reboot', 'terminate'];
export const isNodeAction = (action: string): action is NodeAction => nodeActions.includes(action);

/** What has to be asked before an intent is sent. */
export function toConfirmation(intent: Intent): Confirmation {
  switch (intent.kind) {
    case 'nodes': {
      const names = intent.nodes.map(({ name }) => name);
      const typed = names.length === 1 ? names[0] : String(names.length);
      return { ...ask(intent.action, names.length, typed), names };
    }
    case 'infras': {
      const servers = intent.infras.reduce((sum, infra) => sum + countReached(intent.action, infra.statusCounts), 0);
      const typed = intent.infras.length === 1 ? intent.infras[0]?.name : String(servers);
      const names = intent.infras.map(({ name }) => name);
      const asked = ask(intent.action, servers, typed);
      return { ...asked, needed: asked.needed || names.length > 1, names };
    }
    case 'group': {
      const { infra, group } = intent;
      const servers = countReached(intent.action, group.statusCounts);
      return { ...ask(intent.action, servers, infra.name), names: [], of: { infra, group } };
    }
    case 'delete':
      return {
        needed: true,
        danger: true,
        servers: countLiving(intent.infra.statusCounts),
        typed: intent.infra.name,
        names: [],
        of: { infra: intent.infra },
      };
    case 'infra':
      return confirmInfra(intent.action, intent.infra);
    case 'retry':
      return { needed: false, danger: false, servers: intent.operation.progress.failed, names: [] };
  }
}

function confirmInfra(action: InfraAction, infra: Infra): Confirmation {
  if (isNodeAction(action)) {
    return { ...ask(action, countReached(action, infra.statusCounts), infra.name), names: [], of: { infra } };
  }
  const counts: Infra['statusCounts'] = infra.statusCounts;
  const servers =
    action === 'refine'
      ? (counts.Failed ?? 0) + (counts.Terminated ?? 0) + (counts.Undefined ?? 0)
      : action === 'withdraw'
        ? infra.nodes
        : (counts.Undefined ?? 0) + (counts.Reconciling ?? 0);
  const asks = action === 'refine' || action === 'withdraw' || action === 'abort';
  return { needed: asks, danger: asks, servers, names: [], of: { infra } };
}

function ask(action: NodeAction, servers: number, typed: string | undefined): Omit<Confirmation, 'names'> {
  if (action === 'terminate') return { needed: true, danger: true, servers, ...(typed === undefined ? {} : { typed }) };
  return { needed: action !== 'resume' && servers > freely, danger: false, servers };
}

/** Sends it; the same key again gives the same task. */
export async function sendIntent(ns: string, intent: Intent, idempotencyKey: string): Promise<Operation> {
  const answer = await call(ns, intent, idempotencyKey);
  return answer.operation;
}

function call(ns: string, intent: Intent, idempotencyKey: string): Promise<{ operation: Operation }> {
  switch (intent.kind) {
    case 'nodes': {
      const nodes = intent.nodes.map(({ id }) => id);
      const infras = new Set(intent.nodes.map(({ infra }) => infra));
      const [infra] = infras;
      // Within one MCIS the task is that MCIS's own, and stands in its history.
      if (infras.size === 1 && infra !== undefined)
        return api('actOnInfra', { params: { ns, infra }, body: { action: intent.action, nodes }, idempotencyKey });
      return api('actOnMany', { params: { ns }, body: { action: intent.action, nodes }, idempotencyKey });
    }
    case 'infras': {
      const infras = intent.infras.map(({ name }) => name);
      return api('actOnMany', { params: { ns }, body: { action: intent.action, infras }, idempotencyKey });
    }
    case 'infra': {
      const params = { ns, infra: intent.infra.name };
      return api('actOnInfra', { params, body: { action: intent.action }, idempotencyKey });
    }
    case 'group': {
      const params = { ns, infra: intent.infra.name };
      const body = { action: intent.action, nodeGroup: intent.group.name };
      return api('actOnInfra', { params, body, idempotencyKey });
    }
    case 'delete': {
      const params = { ns, infra: intent.infra.name };
      const living = countLiving(intent.infra.statusCounts) > 0;
      return api('deleteInfra', { params, query: living ? { option: 'terminate' } : {}, idempotencyKey });
    }
    case 'retry':
      return api('retryOperation', { params: { operation: intent.operation.id }, idempotencyKey });
  }
}
