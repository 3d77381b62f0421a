import type { FrameworkName } from '@waterstrider/contract';

/**
 * Why a call of a framework gave no usable answer.
 * `refused`: an HTTP error with the framework's own words; all others are told by us.
 */
export type UpstreamFault =
  | 'refused'
  | 'unreachable'
  | 'tls'
  | 'timeout'
  | 'cut'
  | 'notJson'
  | 'tooLarge'
  | 'redirected'
  | 'loginRefused'
  | 'throttled'
  | 'aborted';

/** A call that failed. Its message never holds a credential. */
export class UpstreamError extends Error {
  override readonly name = 'UpstreamError';
  readonly framework: FrameworkName;
  readonly fault: UpstreamFault;
  /** HTTP status of `refused`, `loginRefused`, `throttled`, `notJson`, `redirected`. */
  readonly status: number | undefined;
  /** False only when the request certainly never reached the framework: it may be sent again. */
  readonly maySent: boolean;
  /** With `throttled`, when the framework says it. */
  readonly retryAfterMs: number | undefined;

  constructor(options: {
    framework: FrameworkName;
    fault: UpstreamFault;
    message: string;
    status?: number;
    maySent: boolean;
    retryAfterMs?: number;
    cause?: unknown;
  }) {
    super(options.message, options.cause === undefined ? {} : { cause: options.cause });
    this.framework = options.framework;
    this.fault = options.fault;
    this.status = options.status;
    this.maySent = options.maySent;
    this.retryAfterMs = options.retryAfterMs;
  }
}
