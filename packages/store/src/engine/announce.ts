import type { TransactionSql } from '../database.ts';

export type TouchedKind = 'namespace' | 'connection' | 'infra' | 'node' | 'operation';

export const channels = { change: 'waterstrider_change', work: 'waterstrider_work' } as const;

// Held from the last statement to the commit, so that the order of the outbox is the order of commits.
const outboxLock = 7_303_014_002;

/** What a transaction changed, and whom it wakes; told once, at its end. */
export type Touched = {
  add(kind: TouchedKind, ...ids: string[]): void;
  wake(connectionIds: readonly string[]): void;
  /** The last statements before the commit. */
  announce(tx: TransactionSql): Promise<void>;
};

export function createTouched(): Touched {
  const touched = new Map<string, { kind: TouchedKind; id: string }>();
  const woken = new Set<string>();
  return {
    add: (kind, ...ids) => {
      for (const id of ids) touched.set(`${kind} ${id}`, { kind, id });
    },
    wake: (connectionIds) => {
      for (const id of connectionIds) woken.add(id);
    },
    announce: async (tx) => {
      if (woken.size > 0) await wakeConnections(tx, [...woken]);
      if (touched.size > 0) await writeOutbox(tx, [...touched.values()]);
    },
  };
}

/** At the end and in the order of ids: two that wake the same connections never wait for each other in a circle. */
async function wakeConnections(tx: TransactionSql, ids: string[]): Promise<void> {
  await tx`
    update connection set wake = wake + 1, due_at = now()
    where id in (select id from connection where id = any(${ids}::uuid[]) order by id for no key update)`;
  await tx`select pg_notify(${channels.work}, '')`;
}

async function writeOutbox(tx: TransactionSql, touched: { kind: TouchedKind; id: string }[]): Promise<void> {
  const kinds = touched.map(({ kind }) => kind);
  const ids = touched.map(({ id }) => id);
  // Sent together: the lock is held for one round trip and the commit.
  await Promise.all([
    tx`select pg_advisory_xact_lock(${outboxLock}::bigint)`,
    tx`
      with announced as (
        insert into outbox (kind, id) select kind, id from unnest(${kinds}::text[], ${ids}::uuid[]) as touched (kind, id)
      )
      select pg_notify(${channels.change}, '')`,
  ]);
}
