/** Why a database could not be started; `in_use` and `wrong_major` are the ones a person can act on at once. */
export type DatabaseStartReason =
  'in_use' | 'wrong_major' | 'wrong_owner' | 'unsupported_platform' | 'unreachable' | 'too_old' | 'failed';

/** A refusal to start, with a message for a person that says what to do next. Never holds a password. */
export class DatabaseStartError extends Error {
  readonly reason: DatabaseStartReason;

  constructor(reason: DatabaseStartReason, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'DatabaseStartError';
    this.reason = reason;
  }
}
