import { DomainError } from '@waterstrider/contract';

/**
 * - `throttled`: slow down and repeat the same call. - `quota`, `refused`: final until something changes. - `auth`: the credential
 * does not work. - `not_found`: the thing is gone. - `unreachable`: nothing was done, the cloud did not answer.
 * - `unknown_outcome`: the call was sent and no answer came: it may have been done. - `failure`: the cloud failed; may work later.
 */
export type CloudErrorKind =
  'throttled' | 'quota' | 'refused' | 'auth' | 'not_found' | 'unreachable' | 'unknown_outcome' | 'failure';

/** What a driver throws. `cloudCode` and `cloudMessage` are the cloud's own words, kept as they are. */
export class CloudError extends DomainError {
  readonly kind: CloudErrorKind;
  readonly cloudCode: string;
  readonly cloudMessage: string;
  /** How long the cloud asks to wait. */
  readonly retryAfterMs: number | undefined;

  constructor(
    kind: CloudErrorKind,
    cloudCode: string,
    cloudMessage: string,
    options: { retryAfterMs?: number; cause?: unknown } = {},
  ) {
    super(
      'cloud_failure',
      { cloud: { code: cloudCode, message: cloudMessage } },
      { cause: options.cause, message: `${cloudCode}: ${cloudMessage}` },
    );
    this.name = 'CloudError';
    this.kind = kind;
    this.cloudCode = cloudCode;
    this.cloudMessage = cloudMessage;
    this.retryAfterMs = options.retryAfterMs;
  }

  /** The same call may work later without anybody changing anything. */
  get isTransient(): boolean {
    return (
      this.kind === 'throttled' ||
      this.kind === 'unreachable' ||
      this.kind === 'unknown_outcome' ||
      this.kind === 'failure'
    );
  }
}
