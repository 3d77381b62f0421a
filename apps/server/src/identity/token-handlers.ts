import { DomainError, type InputOf } from '@waterstrider/contract';
import type { ApiTokenRecord } from '@waterstrider/store';
import type { ConsoleHandlers } from '../pipeline/handlers.ts';
import type { Services } from '../services.ts';
import { tokenPrefix } from './authenticator.ts';
import type { IdentityTools } from './identity-handlers.ts';
import { hashSecret, newSecret } from './session-cookie.ts';

const mostTokens = 100;

export function createTokenHandlers(
  { identity }: Services,
  { authenticator }: IdentityTools,
): Pick<ConsoleHandlers, 'listApiTokens' | 'createApiToken' | 'deleteApiToken'> {
  return {
    async listApiTokens(_input, { actor }) {
      return { items: (await identity.listTokens(actor.userId)).map(toShown) };
    },
    async createApiToken({ body }: InputOf<'createApiToken'>, { actor }) {
      const { length } = await identity.listTokens(actor.userId);
      if (length >= mostTokens) {
        const reason = `At most ${String(mostTokens)} tokens per person. Revoke one that is not used any more.`;
        throw new DomainError('wrong_state', { reason });
      }
      const secret = tokenPrefix + newSecret();
      const record = await identity.createToken({
        userId: actor.userId,
        name: body.name,
        tokenHash: hashSecret(secret),
        expiresInDays: body.expiresInDays,
      });
      return { ...toShown(record), token: secret };
    },
    async deleteApiToken({ params }, { actor }) {
      const isGone = await identity.deleteToken(actor.userId, params.token);
      if (!isGone) throw new DomainError('not_found', { reason: 'You have no such token.' });
      await authenticator.announce(actor.userId);
    },
  };
}

const toShown = ({ userId: _userId, ...shown }: ApiTokenRecord) => shown;
