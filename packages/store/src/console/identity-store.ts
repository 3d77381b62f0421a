import { randomUUID } from 'node:crypto';
import { DomainError } from '@waterstrider/contract';
import type { Sql, TransactionSql } from 'postgres';
import type { NewUser, RoleBinding, UserChange, UserRecord } from './identity-records.ts';
import { createLoginThrottle, type LoginThrottle } from './login-throttle.ts';
import { createSessionStore, type SessionStore } from './session-store.ts';
import { toIso } from './to-iso.ts';
import { createTokenStore, type TokenStore } from './token-store.ts';

/** Channel on which replicas tell each other whose rights, password or session changed; the payload is the user's id. */
export const identityChannel = 'waterstrider_identity';

/** People, roles, sessions, API tokens and the memory of failed logins. */
export type IdentityStore = SessionStore &
  TokenStore & {
    throttle: LoginThrottle;
    hasUsers(): Promise<boolean>;
    /** Makes the first user, an admin; undefined when there are users already. Safe against two at once. */
    createFirstAdmin(username: string, passwordHash: string): Promise<UserRecord | undefined>;
    /** Throws `exists` when the name is taken; case does not count. */
    createUser(user: NewUser): Promise<UserRecord>;
    getUser(id: string): Promise<UserRecord | undefined>;
    findUserByName(username: string): Promise<UserRecord | undefined>;
    listUsers(): Promise<UserRecord[]>;
    /** Throws `not_found`, or `wrong_state` when no active admin would be left. */
    updateUser(id: string, change: UserChange): Promise<UserRecord>;
    /** Sessions, tokens and roles go too. Throws like `updateUser`. */
    deleteUser(id: string): Promise<void>;
    /** Ends all sessions but `keepSession`. False when the user is gone. */
    setPassword(id: string, passwordHash: string, keepSession?: string): Promise<boolean>;
    /** Puts a hash of today's strength in place of the same password's older one. */
    refreshPasswordHash(id: string, from: string, to: string): Promise<void>;
    recordLogin(id: string): Promise<void>;
    /** Tells every replica, this one included. */
    announceChange(userId: string): Promise<void>;
    /** Calls back for each announced change, and with undefined after the connection was lost for a while. */
    onChange(listener: (userId: string | undefined) => void): Promise<{ stop(): Promise<void> }>;
  };

type UserRow = {
  id: string;
  username: string;
  password_hash: string;
  password_changed_at: Date;
  admin: boolean;
  disabled: boolean;
  created_at: Date;
  last_login_at: Date | null;
  roles: RoleBinding[];
};

/** `platform` keeps the roles of one platform's namespaces apart from another's. */
export function createIdentityStore(sql: Sql, platform: string): IdentityStore {
  return {
    ...createSessionStore(sql),
    ...createTokenStore(sql),
    ...createUserStore(sql, platform),
    throttle: createLoginThrottle(sql),
    async announceChange(userId) {
      await sql.notify(identityChannel, userId);
    },
    async onChange(listener) {
      let isFirst = true;
      const subscription = await sql.listen(identityChannel, listener, () => {
        // Called on each connect: whatever was announced in between is unknown.
        if (!isFirst) listener(undefined);
        isFirst = false;
      });
      return { stop: () => subscription.unlisten() };
    },
  };
}

type UserStore = Omit<
  IdentityStore,
  keyof SessionStore | keyof TokenStore | 'throttle' | 'announceChange' | 'onChange'
>;

function createUserStore(sql: Sql, platform: string): UserStore {
  const select = (query: Sql | TransactionSql, condition: ReturnType<Sql>) => query<UserRow[]>`
    select u.*, coalesce((
      select json_agg(json_build_object('namespaceId', b.namespace_id, 'role', b.role) order by b.namespace_id)
      from role_bindings b where b.user_id = u.id and b.platform = ${platform}), '[]'::json) as roles
    from users u ${condition}`;
  const one = async (query: Sql | TransactionSql, condition: ReturnType<Sql>): Promise<UserRecord | undefined> => {
    const [row] = await select(query, condition);
    return row === undefined ? undefined : toUser(row);
  };
  const insert = async (transaction: TransactionSql, user: NewUser): Promise<UserRecord> => {
    const id = randomUUID();
    const [row] = await transaction`
      insert into users (id, username, username_key, password_hash, admin)
      values (${id}, ${user.username}, ${user.username.toLowerCase()}, ${user.passwordHash}, ${user.admin})
      on conflict (username_key) do nothing returning id`;
    if (row === undefined) {
      throw new DomainError('exists', {
        reason: `A user named "${user.username}" exists already. Choose another name.`,
      });
    }
    await writeRoles(transaction, { userId: id, platform, roles: user.roles });
    return mustFind(await one(transaction, sql`where u.id = ${id}`));
  };

  return {
    async hasUsers() {
      const [row] = await sql<{ found: boolean }[]>`select exists (select 1 from users) as found`;
      return row?.found === true;
    },
    createFirstAdmin: (username, passwordHash) =>
      sql.begin(async (transaction) => {
        await lockUsers(transaction);
        const [found] = await transaction`select 1 from users limit 1`;
        if (found !== undefined) return undefined;
        return insert(transaction, { username, passwordHash, admin: true, roles: [] });
      }),
    createUser: (user) => sql.begin((transaction) => insert(transaction, user)),
    getUser: (id) => one(sql, sql`where u.id = ${id}`),
    findUserByName: (username) => one(sql, sql`where u.username_key = ${username.toLowerCase()}`),
    listUsers: async () => (await select(sql, sql`order by u.username_key collate "C", u.id`)).map(toUser),
    updateUser: (id, change) =>
      sql.begin(async (transaction) => {
        await lockUsers(transaction);
        const before = mustFind(await one(transaction, sql`where u.id = ${id}`));
        const admin = change.admin ?? before.admin;
        const disabled = change.disabled ?? before.disabled;
        if (before.admin && !before.disabled && (!admin || disabled)) await refuseLastAdmin(transaction, id);
        await transaction`update users set admin = ${admin}, disabled = ${disabled} where id = ${id}`;
        if (change.roles !== undefined) await writeRoles(transaction, { userId: id, platform, roles: change.roles });
        if (disabled) await transaction`delete from sessions where user_id = ${id}`;
        return mustFind(await one(transaction, sql`where u.id = ${id}`));
      }),
    deleteUser: (id) =>
      sql.begin(async (transaction) => {
        await lockUsers(transaction);
        const before = mustFind(await one(transaction, sql`where u.id = ${id}`));
        if (before.admin && !before.disabled) await refuseLastAdmin(transaction, id);
        await transaction`delete from users where id = ${id}`;
      }),
    setPassword: (id, passwordHash, keepSession) =>
      sql.begin(async (transaction) => {
        const changed = await transaction`
          update users set password_hash = ${passwordHash}, password_changed_at = clock_timestamp() where id = ${id}`;
        await transaction`delete from sessions where user_id = ${id} and id is distinct from ${keepSession ?? null}`;
        return changed.count === 1;
      }),
    async refreshPasswordHash(id, from, to) {
      await sql`update users set password_hash = ${to} where id = ${id} and password_hash = ${from}`;
    },
    async recordLogin(id) {
      await sql`update users set last_login_at = now() where id = ${id}`;
    },
  };
}

/** Changes of who is an admin are made one after the other. */
const lockUsers = (transaction: TransactionSql) => transaction`lock table users in share row exclusive mode`;

async function refuseLastAdmin(transaction: TransactionSql, id: string): Promise<void> {
  const [other] = await transaction`select 1 from users where admin and not disabled and id <> ${id} limit 1`;
  if (other !== undefined) return;
  throw new DomainError('wrong_state', {
    reason: 'This is the last active administrator. Make another administrator first.',
  });
}

async function writeRoles(
  transaction: TransactionSql,
  { userId, platform, roles }: { userId: string; platform: string; roles: RoleBinding[] },
): Promise<void> {
  await transaction`delete from role_bindings where user_id = ${userId} and platform = ${platform}`;
  if (roles.length === 0) return;
  const values = roles.map(({ namespaceId, role }) => ({ user_id: userId, platform, namespace_id: namespaceId, role }));
  await transaction`insert into role_bindings ${transaction(values)}`;
}

function mustFind(user: UserRecord | undefined): UserRecord {
  if (user === undefined) throw new DomainError('not_found', { reason: 'There is no such user.' });
  return user;
}

function toUser(row: UserRow): UserRecord {
  return {
    id: row.id,
    username: row.username,
    passwordHash: row.password_hash,
    passwordChangedAt: toIso(row.password_changed_at),
    admin: row.admin,
    disabled: row.disabled,
    roles: row.roles,
    createdAt: toIso(row.created_at),
    ...(row.last_login_at === null ? {} : { lastLoginAt: toIso(row.last_login_at) }),
  };
}
