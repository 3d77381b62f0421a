import { randomUUID } from 'node:crypto';
import type { Sql } from 'postgres';
import type { ApiTokenRecord } from './identity-records.ts';
import { toIso } from './to-iso.ts';

export type TokenStore = {
  createToken(token: {
    userId: string;
    name: string;
    tokenHash: string;
    expiresInDays: number | undefined;
  }): Promise<ApiTokenRecord>;
  listTokens(userId: string): Promise<ApiTokenRecord[]>;
  /** Undefined when unknown or expired. */
  findToken(tokenHash: string): Promise<ApiTokenRecord | undefined>;
  touchToken(id: string): Promise<void>;
  /** False when this user has no such token. */
  deleteToken(userId: string, id: string): Promise<boolean>;
};

type TokenRow = {
  id: string;
  user_id: string;
  name: string;
  created_at: Date;
  expires_at: Date | null;
  last_used_at: Date | null;
};

export function createTokenStore(sql: Sql): TokenStore {
  return {
    async createToken({ userId, name, tokenHash, expiresInDays }) {
      const [row] = await sql<TokenRow[]>`
        insert into api_tokens (id, user_id, name, token_hash, expires_at)
        values (${randomUUID()}, ${userId}, ${name}, ${tokenHash}, now() + make_interval(days => ${expiresInDays ?? null}))
        returning *`;
      if (row === undefined) throw new Error('an insert returned no row');
      return toToken(row);
    },
    async listTokens(userId) {
      const rows = await sql<TokenRow[]>`select * from api_tokens where user_id = ${userId} order by created_at, id`;
      return rows.map(toToken);
    },
    async findToken(tokenHash) {
      const [row] = await sql<TokenRow[]>`
        select * from api_tokens where token_hash = ${tokenHash} and (expires_at is null or expires_at > now())`;
      return row === undefined ? undefined : toToken(row);
    },
    async touchToken(id) {
      await sql`update api_tokens set last_used_at = now() where id = ${id}`;
    },
    async deleteToken(userId, id) {
      const gone = await sql`delete from api_tokens where id = ${id} and user_id = ${userId}`;
      return gone.count === 1;
    },
  };
}

const toToken = (row: TokenRow): ApiTokenRecord => ({
  id: row.id,
  userId: row.user_id,
  name: row.name,
  createdAt: toIso(row.created_at),
  ...(row.expires_at === null ? {} : { expiresAt: toIso(row.expires_at) }),
  ...(row.last_used_at === null ? {} : { lastUsedAt: toIso(row.last_used_at) }),
});
