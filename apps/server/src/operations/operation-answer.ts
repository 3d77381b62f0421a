import type { PlatformRowName } from '@waterstrider/contract';
import { toConnection } from '../inventory/connection-use.ts';
import type { Inventory } from '../inventory/inventory.ts';
import { visibleNamespaces } from '../inventory/visibility.ts';
import type { Actor } from '../pipeline/context.ts';

type Answer = Record<string, unknown>;

/**
 * What a row answers beside its task. Counts, cost and status are the console's to add, so an infra or a connection is shown as it
 * stands in the inventory; what is not there (yet) is shown as the platform gave it.
 */
export function shapeAnswer(
  { model }: Pick<Inventory, 'model'>,
  actor: Actor,
  row: PlatformRowName,
  result: unknown,
): Answer {
  const answer: Answer = typeof result === 'object' && result !== null ? { ...result } : {};
  if (row === 'createInfra') {
    const infra = model.infra(idOf(answer.infra))?.view();
    return infra ? { ...answer, infra } : answer;
  }
  if (row === 'verifyConnection') {
    const record = model.connections.get(idOf(answer.connection));
    return record ? { ...answer, connection: toConnection(model, record, visibleNamespaces(model, actor)) } : answer;
  }
  return answer;
}

const idOf = (value: unknown): string =>
  typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string' ? value.id : '';
