import { auditFilterKeys, auditSortKeys, DomainError } from '@waterstrider/contract';
import { parseListQuery } from '../http/list-query.ts';
import type { ConsoleHandlers } from '../pipeline/handlers.ts';
import type { Services } from '../services.ts';

export function createAuditHandlers({ audit }: Services): Pick<ConsoleHandlers, 'listAudit'> {
  return {
    async listAudit({ query }) {
      const from = parseTime(query.from, 'query.from');
      const to = parseTime(query.to, 'query.to');
      const request = parseListQuery(query, {
        list: 'listAudit',
        sortKeys: auditSortKeys,
        filterKeys: auditFilterKeys,
        defaultSort: '-at',
        scope: [query.from, query.to],
      });
      const { items, total } = await audit.list({
        filters: request.filters,
        isDescending: request.isDescending,
        limit: request.limit,
        ...(request.search === undefined ? {} : { search: request.search }),
        ...(from === undefined ? {} : { from }),
        ...(to === undefined ? {} : { to }),
        // An entry always has its time.
        ...(request.after === undefined ? {} : { after: { at: String(request.after.value), id: request.after.id } }),
      });
      const last = items.at(-1);
      const isFull = last !== undefined && items.length === request.limit && total > items.length;
      return { items, total, ...(isFull ? { next: request.cursorAt({ value: last.at, id: last.id }) } : {}) };
    },
  };
}

function parseTime(text: string | undefined, field: string): Date | undefined {
  if (text === undefined) return undefined;
  const time = new Date(text);
  const isKnown = /^\d{4}-\d\d-\d\d(T[\d:.]+(Z|[+-]\d\d:\d\d))?$/.test(text) && !Number.isNaN(time.getTime());
  if (isKnown) return time;
  const reason = 'A time such as 2026-11-22 or 2026-11-22T09:00:00Z.';
  throw new DomainError('invalid', { reason: `${field}: ${reason}`, issues: [{ field, reason }] });
}
