import postgres from 'postgres';

/** A pool of connections, or one reserved for a transaction. */
export type Sql = postgres.Sql;
export type TransactionSql = postgres.TransactionSql;
/** What runs statements: a pool or a transaction. */
export type Queryable = postgres.ISql<Record<never, never>>;

/**
 * Opens a pool on `url` (of `DatabaseRuntime` or DATABASE_URL); connects at the first statement. At most `max` connections for single
 * statements, as many for transactions, one for notifications. The caller ends it with `sql.end()`.
 */
export function openDatabase(url: string, options: { max?: number } = {}): Sql {
  const max = options.max ?? 10;
  const sql = openPool(url, max);
  const transactions = openPool(url, max);
  const turn = createTurnstile(max);
  const end = sql.end.bind(sql);
  return Object.assign(sql, {
    // The pool's own `begin` can land on a busy connection and, when its socket is full, leave the transaction open there for whoever
    // comes next (postgres.js 3.4.9, connection.js `execute`). On idle connections of its own pool it can not.
    begin: ((...request: Parameters<Sql['begin']>) => turn(() => transactions.begin(...request))) as Sql['begin'], // both overloads
    end: async (ending?: { timeout?: number }) => {
      await Promise.all([end(ending), transactions.end(ending)]);
    },
  });
}

const openPool = (url: string, max: number): Sql =>
  postgres(url, {
    max,
    connect_timeout: 10,
    // "already exists, skipping" of idempotent statements is no news.
    onnotice: () => undefined,
    connection: { application_name: 'waterstrider' },
  });

/** Lets at most `max` run at once, first come first served. */
function createTurnstile(max: number): <T>(run: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let inside = 0;
  return async (run) => {
    if (inside >= max) await new Promise<void>((resolve) => waiting.push(resolve));
    else inside += 1;
    try {
      return await run();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else inside -= 1;
    }
  };
}
