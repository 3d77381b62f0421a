import { DomainError, type NamespaceRecord, type Row } from '@waterstrider/contract';
import type { Inventory } from '../inventory/inventory.ts';
import { roleIn, type Actor } from './context.ts';

/**
 * May the actor call this row? Returns the namespace of the path. Throws `not_found` for a namespace one is not a member of, exactly
 * as if it did not exist, and `forbidden` for a member without the right.
 */
export function authorise(
  { row, actor, params }: { row: Pick<Row, 'permission'>; actor: Actor; params: Record<string, unknown> },
  inventory: Pick<Inventory, 'namespace'>,
): NamespaceRecord | undefined {
  if (params.ns === undefined) {
    if (row.permission === 'admin' && !actor.admin) throw new DomainError('forbidden');
    return undefined;
  }
  const namespace = inventory.namespace(String(params.ns));
  const role = namespace === undefined ? undefined : roleIn(actor, namespace.id);
  if (namespace === undefined || role === undefined) throw new DomainError('not_found', { reason: noNamespace });
  const isEnough =
    role === 'admin' || row.permission === 'user' || row.permission === 'viewer' || row.permission === role;
  if (!isEnough) throw new DomainError('forbidden');
  return namespace;
}

const noNamespace = 'There is no such namespace, or you may not see it.';
