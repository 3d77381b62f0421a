import { DomainError } from '@waterstrider/contract';
import { toDomainError } from './to-domain-error.ts';
import { UpstreamError } from './upstream-error.ts';
import type { Upstream, UpstreamRequest } from './upstream.ts';

// A driver says so in several ways; where it forgot to, the call dies in a Go panic that Spider answers with.
const saysUnsupported =
  /\b(not|n't) (be )?supported\b|does(n't| not) support|unsupported|not implemented|unimplemented|\bpanic\b|nil pointer dereference|invalid memory address/i;

/**
 * A read of CB-Spider. `topic` names what is asked: `quotas`, `prices`.
 * @throws DomainError `unsupported` where that cloud's driver can not tell
 */
export async function askSpider(
  spider: Upstream,
  topic: string,
  request: Pick<UpstreamRequest, 'path' | 'query' | 'timeoutMs' | 'signal'>,
): Promise<unknown> {
  try {
    return await spider.call({ method: 'GET', ...request });
  } catch (error) {
    if (error instanceof UpstreamError && error.fault === 'refused' && saysUnsupported.test(error.message)) {
      const reason = `CB-Spider has no ${topic} of this cloud: ${error.message}`;
      throw new DomainError('unsupported', { reason }, { cause: error });
    }
    throw toDomainError(error);
  }
}
