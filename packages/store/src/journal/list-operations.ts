import { DomainError } from '@waterstrider/contract';
import type { Sql } from '../database.ts';
import { isUuid } from '../engine/rows.ts';
import type { OperationFilter, OperationPage } from './journal.ts';
import { operationColumns, toRecord, type StoredOperation } from './operation-rows.ts';

/** A task that goes on ends after all others. */
const never = (sql: Sql) => sql`'infinity'::timestamptz`;

export async function listOperations(sql: Sql, platform: string, filter: OperationFilter): Promise<OperationPage> {
  const where = matching(sql, platform, filter);
  const isDescending = filter.sort.startsWith('-');
  const key = filter.sort.endsWith('startedAt') ? sql`started_at` : sql`coalesce(finished_at, ${never(sql)})`;
  const past = filter.after
    ? sql`and (${key}, id) ${isDescending ? sql`<` : sql`>`} (${toPosition(sql, filter.after)})`
    : sql``;
  const order = isDescending ? sql`${key} desc, id desc` : sql`${key}, id`;
  const [rows, [counted]] = await Promise.all([
    sql<StoredOperation[]>`
      select ${operationColumns(sql)} from operation where ${where} ${past} order by ${order} limit ${filter.limit}`,
    sql<{ total: number }[]>`select count(*)::int as total from operation where ${where}`,
  ]);
  return { items: rows.map(toRecord), total: counted?.total ?? 0 };
}

/** A position comes from a cursor, which anybody can write. */
function toPosition(sql: Sql, { value, id }: { value: string | null; id: string }) {
  if (!isUuid(id) || (value !== null && Number.isNaN(Date.parse(value))))
    throw new DomainError('invalid', { reason: 'The cursor is not one of this list. Load the first page again.' });
  return sql`${value === null ? never(sql) : sql`${new Date(value)}::timestamptz`}, ${id}::uuid`;
}

function matching(sql: Sql, platform: string, filter: OperationFilter) {
  const { namespaceIds, withoutNamespace, states, kinds, targets, search } = filter;
  const visible = namespaceIds ? sql`namespace_id = any(${namespaceIds}::uuid[])` : sql`namespace_id is not null`;
  const text = sql`lower(concat_ws(' ', target->>'name', kind, ns, actor, error->>'message'))`;
  return sql`
    platform = ${platform} and (${visible} ${withoutNamespace ? sql`or namespace_id is null` : sql``})
    ${states ? sql`and state = any(${states}::text[])` : sql``}
    ${kinds ? sql`and kind = any(${kinds}::text[])` : sql``}
    ${targets ? sql`and (target->>'name' = any(${targets}::text[]) or target->>'id' = any(${targets}::text[]))` : sql``}
    ${search === undefined ? sql`` : sql`and strpos(${text}, lower(${search})) > 0`}`;
}
