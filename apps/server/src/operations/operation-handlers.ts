import {
  DomainError,
  operationFilterKeys,
  operationSortKeys,
  type ListQuery,
  type Operation,
  type Page,
} from '@waterstrider/contract';
import type { OperationFilter } from '@waterstrider/store';
import type { CursorPosition } from '../http/cursor.ts';
import { parseListQuery } from '../http/list-query.ts';
import { visibleNamespaces, visibleState } from '../inventory/visibility.ts';
import type { Actor } from '../pipeline/context.ts';
import type { ConsoleHandlers } from '../pipeline/handlers.ts';
import type { Services } from '../services.ts';
import { findOperation } from './operation-access.ts';
import { isOperationId } from './operation-id.ts';
import { toOperation } from './to-operation.ts';

type OperationServices = Pick<Services, 'journal' | 'inventory' | 'platform'>;

export const createOperationHandlers = (
  services: OperationServices,
): Pick<ConsoleHandlers, 'listOperations' | 'getOperation'> => ({
  listOperations: ({ query }, { actor }) => listOperations(services, actor, query),
  getOperation: async ({ params }, { actor }) => {
    const record = await findOperation(services, actor, params.operation);
    return toOperation(record, await services.journal.items(record.id));
  },
});

async function listOperations(
  { journal, inventory, platform }: OperationServices,
  actor: Actor,
  query: ListQuery & { ns?: string | undefined },
): Promise<Page<Operation>> {
  const inside = query.ns === undefined ? undefined : visibleState(inventory.model, actor, query.ns).record;
  const request = parseListQuery(query, {
    list: 'listOperations',
    sortKeys: operationSortKeys,
    filterKeys: operationFilterKeys,
    defaultSort: '-startedAt',
    scope: [platform.kind, inside?.id ?? ''],
  });
  const { search, filters, sortKey, isDescending, limit, after } = request;
  const given = (name: 'states' | 'kinds' | 'targets', values: ReadonlySet<string> | undefined) =>
    values ? { [name]: [...values] } : {};
  const { items, total } = await journal.list({
    ...visibility(actor, inside ? [inside.id] : visibleNamespaces(inventory.model, actor).map(({ id }) => id), !inside),
    ...given('states', filters.get('state')),
    ...given('kinds', filters.get('kind')),
    ...given('targets', filters.get('target')),
    ...(search === undefined ? {} : { search }),
    sort: isDescending ? `-${sortKey}` : sortKey,
    ...(after ? { after: checkPosition(after) } : {}),
    // One more tells whether there is a next page.
    limit: limit + 1,
  });
  const shown = items.slice(0, limit);
  const last = shown.at(-1);
  const next =
    last && items.length > limit ? { next: request.cursorAt({ value: last[sortKey] ?? null, id: last.id }) } : {};
  return { items: shown.map((record) => toOperation(record)), total, ...next };
}

/** An administrator also sees tasks of namespaces that are gone, and those without one. */
function visibility(
  actor: Actor,
  namespaceIds: string[],
  isEverywhere: boolean,
): Pick<OperationFilter, 'namespaceIds' | 'withoutNamespace'> {
  return actor.admin && isEverywhere ? { withoutNamespace: true } : { namespaceIds, withoutNamespace: false };
}

/** Anybody can write a cursor: what is in it must not reach the database unread. */
function checkPosition({ value, id }: CursorPosition): { value: string | null; id: string } {
  const isTime = value === null || (typeof value === 'string' && !Number.isNaN(Date.parse(value)));
  if (isTime && isOperationId(id)) return { value, id };
  const reason = 'This cursor is not a cursor of ours. Load the first page again.';
  throw new DomainError('invalid', { reason, issues: [{ field: 'query.cursor', reason }] });
}
