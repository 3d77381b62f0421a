import type { IncomingHttpHeaders } from 'node:http';
import { errors, type Dispatcher } from 'undici';
import { isTlsError, codeOf } from './network-error.ts';
import type { UpstreamFault } from './upstream-error.ts';

export type ExchangeRequest = {
  origin: string;
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  path: string;
  headers: Record<string, string>;
  body?: string;
  maxBytes: number;
  /** Until the whole answer is there. */
  timeoutMs: number;
  signal?: AbortSignal;
};

/** `body` is empty where the status says all: redirects, 401, 429. */
export type Answer = { status: number; headers: IncomingHttpHeaders; body: Buffer };

/** No whole answer came. */
export class ExchangeFailure extends Error {
  readonly fault: UpstreamFault;
  /** The request was handed to a connection. */
  readonly maySent: boolean;
  /** The connection broke before the first byte of the answer, as a keep-alive connection does that the other side gave up. */
  readonly isStale: boolean;

  constructor(fault: UpstreamFault, options: { maySent: boolean; isStale: boolean; cause?: unknown }) {
    super(fault, { cause: options.cause });
    this.fault = fault;
    this.maySent = options.maySent;
    this.isStale = options.isStale;
  }
}

const staleCodes = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET']);
const closedCodes = new Set(['UND_ERR_DESTROYED', 'UND_ERR_CLOSED']);
const isSaidByStatus = (status: number): boolean => (status >= 300 && status < 400) || status === 401 || status === 429;

function faultOf(error: unknown, reached: { started: boolean; answered: boolean }): UpstreamFault {
  const code = codeOf(error);
  if (closedCodes.has(code)) return 'aborted';
  if (!reached.started) return isTlsError(error) ? 'tls' : 'unreachable';
  if (code === 'UND_ERR_HEADERS_OVERFLOW') return 'tooLarge';
  return error instanceof errors.HTTPParserError && !reached.answered ? 'notJson' : 'cut';
}

/**
 * One request, one answer. Holds at most `maxBytes` of it; whatever fails, the connection is given up at once.
 * @throws ExchangeFailure
 */
export function exchange(dispatcher: Dispatcher, request: ExchangeRequest): Promise<Answer> {
  const { maxBytes, timeoutMs, signal, ...sent } = request;
  return new Promise((resolve, reject) => {
    let controller: Dispatcher.DispatchController | undefined;
    let answer: { status: number; headers: IncomingHttpHeaders } | undefined;
    const chunks: Buffer[] = [];
    let bytes = 0;
    let isSettled = false;

    const settle = (finish: () => void): void => {
      if (isSettled) return;
      isSettled = true;
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      finish();
    };
    const stop = (fault: UpstreamFault, cause?: unknown): void => {
      settle(() => reject(new ExchangeFailure(fault, { maySent: controller !== undefined, isStale: false, cause })));
      chunks.length = 0;
      controller?.abort(new Error(fault));
    };
    const onAbort = (): void => stop('aborted', signal?.reason);
    const timer = setTimeout(() => stop('timeout'), timeoutMs);

    signal?.addEventListener('abort', onAbort);
    if (signal?.aborted) return onAbort();

    dispatcher.dispatch(
      { ...sent, headersTimeout: 0, bodyTimeout: 0 },
      {
        onRequestStart: (started) => {
          // Called right before the first byte goes out: what ended earlier is never sent.
          if (isSettled) return started.abort(new Error('given up'));
          controller = started;
        },
        onResponseStart: (_, status, headers) => {
          if (status < 200) return;
          answer = { status, headers };
          const told = answer;
          if (isSaidByStatus(status)) {
            settle(() => resolve({ ...told, body: Buffer.alloc(0) }));
            controller?.abort(new Error('no more needed'));
          } else if (Number(headers['content-length'] ?? 0) > maxBytes) stop('tooLarge');
        },
        onResponseData: (_, chunk) => {
          bytes += chunk.length;
          if (bytes > maxBytes) stop('tooLarge');
          else chunks.push(chunk);
        },
        onResponseEnd: () =>
          settle(() => {
            const told = answer ?? { status: 0, headers: {} };
            resolve({ ...told, body: Buffer.concat(chunks) });
          }),
        onResponseError: (_, error) => {
          const reached = { started: controller !== undefined, answered: answer !== undefined };
          const isStale = reached.started && !reached.answered && staleCodes.has(codeOf(error));
          const fault = faultOf(error, reached);
          settle(() => reject(new ExchangeFailure(fault, { maySent: reached.started, isStale, cause: error })));
        },
      },
    );
  });
}
