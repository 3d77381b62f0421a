import type { PlatformForward } from '@waterstrider/contract';
import { toDomainError } from '../wire/to-domain-error.ts';
import type { Upstream } from '../wire/upstream.ts';

/** Tumblebug answers when all is done: as long as its longest calls last. */
const longestAnswerMs = 2 * 60 * 60_000;
const saidByStatus: Record<number, string> = {
  // Our login was refused, not the caller's.
  401: 'CB-Tumblebug refused the login of this console.',
  429: 'rate limit exceeded',
};

/** Passes a call of a known route on, under the console's own login. A redirect is never followed. */
export const forwardTo =
  (tumblebug: Upstream): PlatformForward =>
  async ({ method, path, query, headers, body }) => {
    try {
      const answer = await tumblebug.pass({
        method,
        path,
        query,
        timeoutMs: longestAnswerMs,
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
