import type { FrameworkName } from '@waterstrider/contract';
import { Agent } from 'undici';
import type { FrameworkConfig } from '../config.ts';
import { authorizationOf, redactor } from './authorization.ts';
import { exchange, ExchangeFailure, type Answer, type ExchangeRequest } from './exchange.ts';
import { frameworkTitles } from './framework-titles.ts';
import { wordsOf } from './network-error.ts';
import { readAnswer } from './read-answer.ts';
import { UpstreamError, type UpstreamFault } from './upstream-error.ts';
import type { Upstream, UpstreamRequest } from './upstream.ts';

const defaultTimeoutMs = 30_000;
// Longer calls have connections of their own, so that reads never wait behind a creation of an hour.
const longCallMs = 60_000;
const shortConnections = 8;
const longConnections = 64;

export type UpstreamOptions = {
  /** Largest answer, in bytes; 256 MiB by default. */
  maxBytes?: number;
  connectTimeoutMs?: number;
  now?: () => number;
};

/**
 * The way to one framework, by its own keep-alive connections. Never follows a redirect. A GET is sent a second time, once,
 * when its connection broke before an answer began; nothing else is ever repeated.
 * @throws TypeError when the address is none
 */
export function createUpstream(
  framework: FrameworkName,
  config: FrameworkConfig,
  { maxBytes = 256 * 1024 * 1024, connectTimeoutMs = 10_000, now = Date.now }: UpstreamOptions = {},
): Upstream {
  const { origin, pathname } = new URL(config.url);
  const prefix = pathname.replace(/\/+$/, '');
  const url = `${origin}${prefix}`;
  const redact = redactor(config.auth);
  const agentOf = (connections: number): Agent => new Agent({ connections, connect: { timeout: connectTimeoutMs } });
  const short = agentOf(shortConnections);
  const long = agentOf(longConnections);

  const toUpstreamError = (failure: ExchangeFailure): UpstreamError =>
    new UpstreamError({
      framework,
      fault: failure.fault,
      message: redact(describe(failure, `${frameworkTitles[framework]} at ${url}`)),
      maySent: failure.maySent,
      cause: failure.cause,
    });

  async function send(request: UpstreamRequest): Promise<Answer> {
    const timeoutMs = request.timeoutMs ?? defaultTimeoutMs;
    const deadline = performance.now() + timeoutMs;
    const dispatcher = timeoutMs > longCallMs ? long : short;
    const once = (): Promise<Answer> =>
      exchange(dispatcher, {
        origin,
        method: request.method,
        path: `${prefix}${request.path}${queryOf(request.query)}`,
        headers: headersOf(request, authorizationOf(config.auth, new Date(now()))),
        ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
        maxBytes,
        timeoutMs: Math.max(1, deadline - performance.now()),
        ...(request.signal === undefined ? {} : { signal: request.signal }),
      });
    try {
      return await once();
    } catch (error) {
      if (!(error instanceof ExchangeFailure) || !error.isStale || request.method !== 'GET') throw error;
      return await once();
    }
  }

  return {
    framework,
    url,
    async call(request) {
      refuseDotSegments(framework, request.path);
      try {
        return readAnswer(await send(request), { framework, url, redact, now });
      } catch (error) {
        throw error instanceof ExchangeFailure ? toUpstreamError(error) : error;
      }
    },
    async pass(request) {
      refuseDotSegments(framework, request.path);
      try {
        const { status, headers, body } = await send(request);
        const header = (name: string): string | undefined => [headers[name]].flat()[0];
        const requestId = header('x-request-id');
        return {
          status,
          contentType: header('content-type') ?? 'application/json',
          body,
          ...(requestId === undefined ? {} : { requestId }),
        };
      } catch (error) {
        throw error instanceof ExchangeFailure ? toUpstreamError(error) : error;
      }
    },
    async close() {
      await Promise.all([short.destroy(), long.destroy()]);
    },
  };
}

function headersOf(request: UpstreamRequest, authorization: string | undefined): ExchangeRequest['headers'] {
  return {
    accept: 'application/json',
    // The limit counts what comes in: a compressed answer could grow beyond it.
    'accept-encoding': 'identity',
    ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(authorization === undefined ? {} : { authorization }),
    ...(request.requestId === undefined ? {} : { 'x-request-id': request.requestId }),
    ...(request.credentialHolder === undefined ? {} : { 'x-credential-holder': request.credentialHolder }),
  };
}

function queryOf(query: UpstreamRequest['query']): string {
  const parameters = new URLSearchParams();
  for (const [key, value] of Object.entries(query ?? {})) if (value !== undefined) parameters.set(key, String(value));
  return parameters.size === 0 ? '' : `?${parameters}`;
}

/** A name `..` stays as it is when encoded, and a gateway would resolve it to another object. */
function refuseDotSegments(framework: FrameworkName, path: string): void {
  if (!path.split('/').some((segment) => /^(\.|%2e){1,2}$/i.test(segment))) return;
  const message = 'An object named by dots does not exist.';
  throw new UpstreamError({ framework, fault: 'refused', message, status: 404, maySent: false });
}

function describe(failure: ExchangeFailure, who: string): string {
  const words = wordsOf(failure.cause);
  const because = words === '' ? '.' : `: ${words}`;
  const texts: Partial<Record<UpstreamFault, string>> = {
    unreachable: `${who} can not be reached${because}`,
    tls: `No secure connection to ${who}${because}`,
    timeout: `${who} did not answer in time.`,
    cut: `${who} broke the connection off before its answer was whole${because}`,
    notJson: `${who} does not speak HTTP${because}`,
    tooLarge: `${who} answered with more than this console takes.`,
    aborted: `The call of ${who} was given up.`,
  };
  return texts[failure.fault] ?? `${who} failed${because}`;
}
