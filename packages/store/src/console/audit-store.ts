import type { AuditEntry, auditFilterKeys } from '@waterstrider/contract';
import type { Sql } from 'postgres';
import { toIso } from './to-iso.ts';

export type NewAuditEntry = Omit<AuditEntry, 'id' | 'at'>;
export type AuditFilterKey = (typeof auditFilterKeys)[number];
export type AuditFilter = {
  filters: ReadonlyMap<AuditFilterKey, ReadonlySet<string>>;
  search?: string;
  from?: Date;
  to?: Date;
  isDescending: boolean;
  /** Exclusive: time and id of the last entry of the page before. */
  after?: { at: string; id: string };
  limit: number;
};

/** Who changed what. Entries are only added, and forgotten after their time. */
export type AuditStore = {
  append(entry: NewAuditEntry): Promise<void>;
  /** `total` counts all matches. */
  list(filter: AuditFilter): Promise<{ items: AuditEntry[]; total: number }>;
  /** Deletes entries older than the bound, in batches; returns how many. */
  prune(keptDays: number): Promise<number>;
};

type AuditRow = {
  id: string;
  at: Date;
  actor: string;
  action: string;
  ns: string | null;
  target: string | null;
  address: string;
  outcome: AuditEntry['outcome'];
  code: string | null;
  request_id: string;
  operation: string | null;
};

const batchSize = 5000;

export function createAuditStore(sql: Sql): AuditStore {
  return {
    async append(entry) {
      await sql`
        insert into audit (at, actor, action, ns, target, address, outcome, code, request_id, operation)
        values (clock_timestamp(), ${entry.actor}, ${entry.action}, ${entry.ns ?? null}, ${entry.target ?? null},
          ${entry.address}, ${entry.outcome}, ${entry.code ?? null}, ${entry.requestId}, ${entry.operation ?? null})`;
    },
    async list(filter) {
      const where = matching(sql, filter);
      const [counted] = await sql<{ total: number }[]>`select count(*)::int as total from audit where ${where}`;
      const rows = await sql<AuditRow[]>`
        select * from audit where ${where} ${pastCursor(sql, filter)}
        order by ${filter.isDescending ? sql`at desc, id desc` : sql`at, id`} limit ${filter.limit}`;
      return { items: rows.map(toEntry), total: counted?.total ?? 0 };
    },
    async prune(keptDays) {
      let pruned = 0;
      for (;;) {
        const gone = await sql`
          delete from audit where id in (
            select id from audit where at < now() - make_interval(days => ${keptDays}) order by at limit ${batchSize})`;
        pruned += gone.count;
        if (gone.count < batchSize) return pruned;
      }
    },
  };
}

function matching(sql: Sql, { filters, search, from, to }: AuditFilter) {
  const conditions = [...filters].map(([key, values]) => sql`${sql(key)} = any(${[...values]})`);
  if (from !== undefined) conditions.push(sql`at >= ${from}`);
  if (to !== undefined) conditions.push(sql`at < ${to}`);
  if (search !== undefined) {
    conditions.push(
      sql`strpos(lower(concat_ws(' ', actor, action, ns, target, address, code, request_id)), ${search}) > 0`,
    );
  }
  return conditions.reduce((all, condition) => sql`${all} and ${condition}`, sql`true`);
}

function pastCursor(sql: Sql, { after, isDescending }: AuditFilter) {
  if (after === undefined) return sql``;
  const position = sql`(${after.at}::timestamptz, ${after.id}::bigint)`;
  return isDescending ? sql`and (at, id) < ${position}` : sql`and (at, id) > ${position}`;
}

function toEntry(row: AuditRow): AuditEntry {
  return {
    id: row.id,
    at: toIso(row.at),
    actor: row.actor,
    action: row.action,
    ...(row.ns === null ? {} : { ns: row.ns }),
    ...(row.target === null ? {} : { target: row.target }),
    address: row.address,
    outcome: row.outcome,
    ...(row.code === null ? {} : { code: row.code }),
    requestId: row.request_id,
    ...(row.operation === null ? {} : { operation: row.operation }),
  };
}
