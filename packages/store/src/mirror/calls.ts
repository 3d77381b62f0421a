import type { Call, MirrorTransaction } from '@waterstrider/cloud-barista/ports';
import type { Queryable, Sql, TransactionSql } from '../database.ts';
import { channels } from '../engine/announce.ts';
import { present, toJson, type Stored } from '../engine/rows.ts';

type Times = 'createdAt' | 'sentAt' | 'answeredAt';
type StoredCall = Stored<Omit<Call, Times>>[number] & {
  createdAt: Date;
  sentAt: Date | null;
  answeredAt: Date | null;
};

const columns = (sql: Queryable) => sql`
  u.id, u.operation_id as "operationId", u.namespace_id as "namespaceId", u.infra_id as "infraId", u.goal, u.method, u.path,
  u.query, u.body, u.items, u.state, u.error, u.creation_errors as "creationErrors", u.created_at as "createdAt", u.sent_at as "sentAt",
  u.answered_at as "answeredAt"`;

const toCall = ({ createdAt, sentAt, answeredAt, ...row }: StoredCall): Call => ({
  ...present<Omit<Call, Times>>(row),
  createdAt: createdAt.toISOString(),
  ...(sentAt === null ? {} : { sentAt: sentAt.toISOString() }),
  ...(answeredAt === null ? {} : { answeredAt: answeredAt.toISOString() }),
});

type Part = Pick<MirrorTransaction, 'insertCalls' | 'openCalls' | 'callsOf' | 'writeCall' | 'reassignCall'>;

export const callPart = (tx: TransactionSql, platform: string): Part => ({
  async insertCalls(calls) {
    if (calls.length === 0) return;
    await tx`
      insert into upstream_call (id, platform, operation_id, namespace_id, infra_id, goal, method, path, query, body, items, state,
        sent_at)
      select id, ${platform}, "operationId", "namespaceId", "infraId", goal, method, path, query, body,
        array(select jsonb_array_elements_text(items)), state, case when state = 'sent' then now() end
      from jsonb_to_recordset(${toJson(calls)}::text::jsonb) as input (
        id uuid, "operationId" uuid, "namespaceId" uuid, "infraId" uuid, goal text, method text, path text, query jsonb,
        body jsonb, items jsonb, state text)`;
    await tx`select pg_notify(${channels.work}, '')`;
  },
  async openCalls(operationId) {
    const rows = await tx<StoredCall[]>`
      select ${columns(tx)} from upstream_call u
      where u.platform = ${platform} and u.state <> 'settled'
        ${operationId === undefined ? tx`` : tx`and u.operation_id = ${operationId}`}
      order by u.position for no key update`;
    return rows.map(toCall);
  },
  async reassignCall(id, { operationId, goal, items }) {
    await tx`
      update upstream_call set operation_id = ${operationId}, goal = ${goal}, items = ${items}::text[], state = 'sent'
      where id = ${id}`;
  },
  async callsOf(operationId) {
    const rows = await tx<StoredCall[]>`
      select ${columns(tx)} from upstream_call u where u.operation_id = ${operationId} order by u.position`;
    return rows.map(toCall);
  },
  async writeCall(id, { state, error, creationErrors, notBefore }) {
    await tx`
      update upstream_call set state = ${state}, error = coalesce(${toJson(error)}::text::jsonb, error),
        creation_errors = coalesce(${toJson(creationErrors)}::text::jsonb, creation_errors),
        answered_at = case when ${state} = 'waiting' then null
          when ${state} in ('answered', 'settled') then coalesce(answered_at, now()) else answered_at end,
        sent_at = case when ${state} = 'waiting' then null else sent_at end,
        not_before = ${notBefore ?? null}
      where id = ${id}`;
  },
});

/** The oldest waiting ones. Waits for whoever looks at them: one that is skipped would not be taken until the next wake. */
export async function takeCalls(sql: Sql, platform: string, limit: number): Promise<Call[]> {
  const rows = await sql<StoredCall[]>`
    with taken as (
      update upstream_call set state = 'sent', sent_at = now()
      where id in (
        select id from upstream_call where platform = ${platform} and state = 'waiting' and (not_before is null or not_before <= now())
        order by position limit ${limit} for update)
      returning *
    )
    select ${columns(sql)} from taken u order by u.position`;
  return rows.map(toCall);
}
