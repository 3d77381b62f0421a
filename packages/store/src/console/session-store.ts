import type { Sql } from 'postgres';
import type { SessionRecord } from './identity-records.ts';
import { toIso } from './to-iso.ts';

export type SessionStore = {
  createSession(session: { id: string; userId: string; absoluteSeconds: number }): Promise<SessionRecord>;
  /** Undefined when unknown, or past its idle or absolute lifetime. */
  findSession(id: string, idleSeconds: number): Promise<SessionRecord | undefined>;
  touchSession(id: string): Promise<void>;
  deleteSession(id: string): Promise<void>;
  /** Forgets sessions past their lifetimes; returns how many. */
  pruneSessions(idleSeconds: number): Promise<number>;
};

type SessionRow = { id: string; user_id: string; last_seen_at: Date; expires_at: Date };

export function createSessionStore(sql: Sql): SessionStore {
  return {
    async createSession({ id, userId, absoluteSeconds }) {
      const [row] = await sql<SessionRow[]>`
        insert into sessions (id, user_id, expires_at)
        values (${id}, ${userId}, now() + make_interval(secs => ${absoluteSeconds})) returning *`;
      if (row === undefined) throw new Error('an insert returned no row');
      return toSession(row);
    },
    async findSession(id, idleSeconds) {
      const [row] = await sql<SessionRow[]>`
        select * from sessions where id = ${id} and expires_at > now()
        and last_seen_at > now() - make_interval(secs => ${idleSeconds})`;
      return row === undefined ? undefined : toSession(row);
    },
    async touchSession(id) {
      await sql`update sessions set last_seen_at = now() where id = ${id}`;
    },
    async deleteSession(id) {
      await sql`delete from sessions where id = ${id}`;
    },
    async pruneSessions(idleSeconds) {
      const gone = await sql`
        delete from sessions where expires_at <= now()
        or last_seen_at <= now() - make_interval(secs => ${idleSeconds})`;
      return gone.count;
    },
  };
}

const toSession = (row: SessionRow): SessionRecord => ({
  id: row.id,
  userId: row.user_id,
  lastSeenAt: toIso(row.last_seen_at),
  expiresAt: toIso(row.expires_at),
});
