import { DomainError, type User } from '@waterstrider/contract';
import type { UserRecord } from '@waterstrider/store';
import { pageInMemory, parseListQuery, type ListView } from '../http/list-query.ts';
import type { ConsoleHandlers } from '../pipeline/handlers.ts';
import type { Services } from '../services.ts';
import type { IdentityTools } from './identity-handlers.ts';
import { requireStrongPassword } from './password-strength.ts';
import { hashPassword } from './passwords.ts';
import { fromBindings, toBindings } from './role-bindings.ts';

type Rows = 'listUsers' | 'createUser' | 'updateUser' | 'resetPassword' | 'deleteUser';
const sortKeys = ['username', 'createdAt', 'lastLoginAt'] as const;
const filterKeys = ['admin', 'disabled', 'ns', 'role'] as const;

const view: ListView<User, (typeof sortKeys)[number], (typeof filterKeys)[number]> = {
  id: (user) => user.id,
  texts: (user) => [user.username, ...user.roles.map(({ ns }) => ns)],
  filterValues: (user, key) => {
    if (key === 'admin' || key === 'disabled') return String(user[key]);
    return user.roles.map((binding) => binding[key]);
  },
  sortValue: (user, key) => user[key],
};

export function createUserHandlers(services: Services, { authenticator }: IdentityTools): Pick<ConsoleHandlers, Rows> {
  const { identity, inventory } = services;
  const toShown = ({ id, username, admin, disabled, roles, createdAt, lastLoginAt }: UserRecord): User => ({
    ...{ id, username, admin, disabled, createdAt },
    roles: toBindings(inventory, roles),
    ...(lastLoginAt === undefined ? {} : { lastLoginAt }),
  });
  const find = async (id: string): Promise<UserRecord> => {
    const user = await identity.getUser(id);
    if (user === undefined) throw new DomainError('not_found', { reason: 'There is no such user.' });
    return user;
  };

  return {
    async listUsers({ query }) {
      const request = parseListQuery(query, { list: 'listUsers', sortKeys, filterKeys, defaultSort: 'username' });
      return pageInMemory((await identity.listUsers()).map(toShown), request, view);
    },
    async createUser({ body }) {
      requireStrongPassword(body.password, body.username, 'body.password');
      const roles = fromBindings(inventory, body.roles);
      const passwordHash = await hashPassword(body.password);
      return toShown(await identity.createUser({ username: body.username, passwordHash, admin: body.admin, roles }));
    },
    async updateUser({ params, body }, { note }) {
      note.target = (await find(params.user)).username;
      const { admin, disabled, roles } = body;
      const user = await identity.updateUser(params.user, {
        ...(admin === undefined ? {} : { admin }),
        ...(disabled === undefined ? {} : { disabled }),
        ...(roles === undefined ? {} : { roles: fromBindings(inventory, roles) }),
      });
      await authenticator.announce(user.id);
      return toShown(user);
    },
    async resetPassword({ params, body }, { note }) {
      const user = await find(params.user);
      note.target = user.username;
      requireStrongPassword(body.password, user.username, 'body.password');
      if (!(await identity.setPassword(user.id, await hashPassword(body.password)))) await find(params.user);
      await authenticator.announce(user.id);
    },
    async deleteUser({ params }, { note }) {
      note.target = (await find(params.user)).username;
      await identity.deleteUser(params.user);
      await authenticator.announce(params.user);
    },
  };
}
