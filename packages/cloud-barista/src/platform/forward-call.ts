import type { PlatformForward } from '@waterstrider/contract';
import { toDomainError } from '../wire/to-domain-error.ts';
import type { Upstream } from '../wire/upstream.ts';

/** Tumblebug answers when all is done: as long as its longest calls last. */
const longestAnswerMs = 2 * 60 * 60_000;
const longestReadMs = 120_000;
/** Lists of infras and single ones: upstream takes two a second from one address, our own looks among them. */
const limitedPath = /^\/ns\/[^/]+\/infra(\/[^/]+)?$/;
const saidByStatus: Record<number, string> = {
  // Our login was refused, not the caller's.
  401: 'CB-Tumblebug refused the login of this console.',
  429: 'rate limit exceeded',
};

/** Passes a call of a known route on, under the console's own login. A redirect is never followed. */
export const forwardTo =
  (tumblebug: Upstream, takeListTurn: (signal?: AbortSignal) => Promise<void>): PlatformForward =>
  async ({ method, path, query, headers, body, isRead = false, signal }) => {
    try {
      if (method === 'GET' && limitedPath.test(path)) await takeListTurn(signal);
      const answer = await tumblebug.pass({
        method,
        path,
        query,
        timeoutMs: isRead ? longestReadMs : longestAnswerMs,
        ...(signal === undefined ? {} : { signal }),
        ...(headers['x-request-id'] === undefined ? {} : { requestId: headers['x-request-id'] }),
        ...(headers['x-credential-holder'] === undefined ? {} : { credentialHolder: headers['x-credential-holder'] }),
        ...(body === undefined ? {} : { body }),
      });
      const { status } = answer;
      const isRedirect = status >= 300 && status < 400;
      const words = isRedirect ? 'CB-Tumblebug answered with a redirect, which is not followed.' : saidByStatus[status];
      if (words === undefined) return answer;
      return {
        status: status === 429 ? 429 : 502,
        contentType: 'application/json',
        body: JSON.stringify({ message: words }),
      };
    } catch (error) {
      throw toDomainError(error);
    }
  };
