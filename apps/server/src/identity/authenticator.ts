import { createHmac, randomBytes } from 'node:crypto';
import { DomainError } from '@waterstrider/contract';
import type { SessionRecord, UserRecord } from '@waterstrider/store';
import type { FastifyRequest } from 'fastify';
import type { Actor } from '../pipeline/context.ts';
import type { Services } from '../services.ts';
import { IdentityChanges } from './identity-changes.ts';
import { createPasswordCheck, type CheckPassword } from './login.ts';
import { hashSecret, sessionCookie } from './session-cookie.ts';
import { TimedCache } from './timed-cache.ts';

// Changes are announced and drop these at once; the time only bounds what a lost announcement can do.
const recheckMs = 5_000;
const basicMs = 5 * 60_000;
// How exact "last used" is, and how seldom a busy session writes.
const touchMs = 60_000;
const cacheSize = 10_000;

export const tokenPrefix = 'wst_';

/** Who calls? */
export type Authenticator = {
  /** Throws `unauthenticated`, `wrong_credentials` or `throttled`. Cheap when called often, and never older than 5 s. */
  authenticate(request: FastifyRequest): Promise<Actor>;
  checkPassword: CheckPassword;
  /** Fires when somebody's rights, password or sessions changed, here or on another replica. */
  changes: IdentityChanges;
  /** Drops what is cached of this person, on every replica. */
  announce(userId: string): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
};

export function createAuthenticator({ identity, config }: Pick<Services, 'identity' | 'config'>): Authenticator {
  const changes = new IdentityChanges();
  const checkPassword = createPasswordCheck(identity);
  const processKey = randomBytes(32);
  const users = new TimedCache<UserRecord>(cacheSize, recheckMs);
  const sessions = new TimedCache<SessionRecord>(cacheSize, recheckMs);
  const tokens = new TimedCache<{ id: string; userId: string; expiresAt?: string }>(cacheSize, recheckMs);
  const basics = new TimedCache<{ userId: string; passwordChangedAt: string }>(1_000, basicMs);
  const touched = new TimedCache<true>(cacheSize, touchMs);
  let subscription: { stop(): Promise<void> } | undefined;

  const drop = (userId: string | undefined): void => {
    if (userId === undefined) {
      for (const cache of [users, sessions, tokens]) cache.clear();
    } else {
      users.delete(userId);
      sessions.deleteWhere((session) => session.userId === userId);
      tokens.deleteWhere((token) => token.userId === userId);
    }
    changes.emit(userId);
  };

  const activeUser = async (id: string): Promise<UserRecord> => {
    const user = await users.get(id, () => identity.getUser(id));
    if (user === undefined || user.disabled) throw new DomainError('unauthenticated');
    return user;
  };

  const touch = (key: string, write: () => Promise<void>): Promise<void> => {
    if (touched.peek(key) !== undefined) return Promise.resolve();
    touched.set(key, true);
    return write();
  };

  const byCookie = async (cookie: string, isActivity: boolean): Promise<Actor> => {
    const id = hashSecret(cookie);
    const session = await sessions.get(id, () => identity.findSession(id, config.session.idleSeconds));
    if (session === undefined || Date.parse(session.expiresAt) <= Date.now()) {
      throw new DomainError('unauthenticated', { reason: 'The session has ended. Sign in again.' });
    }
    const user = await activeUser(session.userId);
    if (isActivity) await touch(id, () => identity.touchSession(id));
    return { ...toActor(user, 'cookie'), sessionId: id, expiresAt: session.expiresAt };
  };

  const byToken = async (secret: string): Promise<Actor> => {
    if (!secret.startsWith(tokenPrefix))
      throw new DomainError('unauthenticated', { reason: 'The token is not one of ours.' });
    const hash = hashSecret(secret);
    const token = await tokens.get(hash, () => identity.findToken(hash));
    if (token === undefined || (token.expiresAt !== undefined && Date.parse(token.expiresAt) <= Date.now())) {
      throw new DomainError('unauthenticated', { reason: 'The token is unknown, revoked or expired.' });
    }
    const user = await activeUser(token.userId);
    await touch(hash, () => identity.touchToken(token.id));
    return toActor(user, 'token');
  };

  const byBasic = async (encoded: string, address: string): Promise<Actor> => {
    const key = createHmac('sha256', processKey).update(encoded).digest('base64url');
    const known = basics.peek(key);
    if (known !== undefined) {
      const user = await activeUser(known.userId);
      if (user.passwordChangedAt === known.passwordChangedAt) return toActor(user, 'basic');
      basics.delete(key);
    }
    const user = await checkPassword({ ...decodeBasic(encoded), address });
    basics.set(key, { userId: user.id, passwordChangedAt: user.passwordChangedAt });
    return toActor(user, 'basic');
  };

  return {
    changes,
    checkPassword,
    authenticate(request) {
      const [scheme, secret] = (request.headers.authorization ?? '').split(/ +/, 2);
      if (scheme?.toLowerCase() === 'basic' && secret !== undefined) return byBasic(secret, request.ip);
      if (scheme?.toLowerCase() === 'bearer' && secret !== undefined) return byToken(secret);
      const cookie = request.cookies[sessionCookie];
      if (request.headers.authorization !== undefined || cookie === undefined || cookie === '') {
        return Promise.reject(new DomainError('unauthenticated'));
      }
      // An open event stream alone does not keep a session from going idle.
      return byCookie(cookie, !request.url.startsWith('/api/events'));
    },
    async announce(userId) {
      drop(userId);
      await identity.announceChange(userId);
    },
    async start() {
      subscription = await identity.onChange(drop);
    },
    async stop() {
      await subscription?.stop();
    },
  };
}

function decodeBasic(encoded: string): { username: string; password: string } {
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  if (colon < 1 || text.length > 2000 || text.includes('\0')) throw new DomainError('unauthenticated');
  return { username: text.slice(0, colon), password: text.slice(colon + 1) };
}

function toActor(user: UserRecord, via: Actor['via']): Actor {
  return {
    userId: user.id,
    username: user.username,
    admin: user.admin,
    roles: new Map(user.roles.map(({ namespaceId, role }) => [namespaceId, role])),
    via,
  };
}
