import { DomainError, type Session } from '@waterstrider/contract';
import type { UserRecord } from '@waterstrider/store';
import type { RequestContext } from '../pipeline/context.ts';
import type { ConsoleHandlers } from '../pipeline/handlers.ts';
import type { Services } from '../services.ts';
import type { IdentityTools } from './identity-handlers.ts';
import { requireStrongPassword } from './password-strength.ts';
import { hashPassword } from './passwords.ts';
import { toBindings } from './role-bindings.ts';
import { cookieOptions, hashSecret, newSecret, sessionCookie } from './session-cookie.ts';
import { completeSetup, isLocal } from './setup.ts';

type Rows = 'getSetup' | 'completeSetup' | 'createSession' | 'getSession' | 'deleteSession' | 'changePassword';

export function createSessionHandlers(services: Services, tools: IdentityTools): Pick<ConsoleHandlers, Rows> {
  const { identity, config, inventory } = services;
  const { authenticator, setupCode } = tools;

  const openSession = async (user: UserRecord, { reply }: RequestContext): Promise<Session> => {
    const secret = newSecret();
    const { absoluteSeconds, idleSeconds } = config.session;
    const session = await identity.createSession({ id: hashSecret(secret), userId: user.id, absoluteSeconds });
    await identity.recordLogin(user.id);
    reply.setCookie(sessionCookie, secret, cookieOptions(config));
    const { username, admin } = user;
    return { username, admin, roles: toBindings(inventory, user.roles), expiresAt: session.expiresAt, idleSeconds };
  };

  return {
    async getSetup(_input, { request }) {
      const needed = !(await identity.hasUsers());
      return { needed, codeNeeded: needed && !isLocal(request, config) };
    },
    async completeSetup({ body }, context) {
      const neededCode = isLocal(context.request, config) ? undefined : setupCode;
      const { password, code } = body;
      const user = await completeSetup({ identity, password, neededCode, code, address: context.address });
      context.note.actor = user.username;
      return openSession(user, context);
    },
    async createSession({ body }, context) {
      const { username, password } = body;
      const known = await identity.findUserByName(username);
      // An unknown name may be a password in the wrong field: it is not kept.
      context.note.actor = known?.username ?? '(unknown)';
      const user = await authenticator.checkPassword({ username, password, address: context.address });
      return openSession(user, context);
    },
    getSession(_input, { actor }) {
      const roles = [...actor.roles].map(([namespaceId, role]) => ({ namespaceId, role }));
      const { username, admin, expiresAt } = actor;
      const session = { username, admin, roles: toBindings(inventory, roles) };
      const { idleSeconds } = config.session;
      return Promise.resolve({ ...session, ...(expiresAt === undefined ? {} : { expiresAt, idleSeconds }) });
    },
    async deleteSession(_input, { actor, reply }) {
      if (actor.sessionId !== undefined) {
        await identity.deleteSession(actor.sessionId);
        await authenticator.announce(actor.userId);
      }
      reply.clearCookie(sessionCookie, { ...cookieOptions(config), maxAge: 0 });
    },
    async changePassword({ body }, { actor, address }) {
      const user = await authenticator.checkPassword({ username: actor.username, password: body.current, address });
      requireStrongPassword(body.next, user.username, 'body.next');
      if (body.next === body.current) throw samePassword();
      await identity.setPassword(user.id, await hashPassword(body.next), actor.sessionId);
      await authenticator.announce(user.id);
    },
  };
}

function samePassword(): DomainError {
  const reason = 'The new password is the old one. Choose another.';
  return new DomainError('invalid', { reason, issues: [{ field: 'body.next', reason }] });
}
