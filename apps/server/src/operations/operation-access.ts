import { DomainError } from '@waterstrider/contract';
import type { Journal, OperationRecord } from '@waterstrider/store';
import type { Inventory } from '../inventory/inventory.ts';
import { roleIn, type Actor } from '../pipeline/context.ts';
import { isOperationId } from './operation-id.ts';

const missing = (): DomainError =>
  new DomainError('not_found', { reason: 'There is no such task, or you may not see it.' });

/**
 * Members of its namespace see a task; what belongs to no namespace is seen by administrators and whoever began it. Throws `not_found`.
 */
export async function findOperation(
  { journal, inventory }: { journal: Pick<Journal, 'get'>; inventory: Pick<Inventory, 'model'> },
  actor: Actor,
  id: string,
): Promise<OperationRecord> {
  const record = isOperationId(id) ? await journal.get(id) : undefined;
  if (!record || !maySee(inventory, actor, record)) throw missing();
  return record;
}

function maySee({ model }: Pick<Inventory, 'model'>, actor: Actor, { namespaceId, actor: beganBy }: OperationRecord) {
  if (actor.admin) return true;
  if (namespaceId === undefined) return beganBy === actor.username;
  return model.namespaceById(namespaceId) !== undefined && roleIn(actor, namespaceId) !== undefined;
}

/** Throws `forbidden` for viewers, and for tasks without a namespace for all but administrators. */
export function requireOperator(actor: Actor, { namespaceId }: OperationRecord): void {
  const role = namespaceId === undefined ? (actor.admin ? 'admin' : undefined) : roleIn(actor, namespaceId);
  if (role !== 'admin' && role !== 'operator') throw new DomainError('forbidden');
}
