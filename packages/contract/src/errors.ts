/** Every failure the product can answer with: one row per code fixes the HTTP status and the default text. */
export const errorTable = {
  invalid: [400, 'The request is not valid. Correct the named fields and send it again.'],
  unauthenticated: [401, 'Sign in first.'],
  wrong_credentials: [401, 'User name or password is wrong.'],
  forbidden: [403, 'You have no right to do this. Ask an administrator.'],
  csrf: [403, 'The request lacks the header X-Requested-With: waterstrider.'],
  setup_code: [403, 'From another machine, setup needs the one-time code printed at start.'],
  not_found: [404, 'There is no such object, or you may not see it.'],
  exists: [409, 'An object of that name exists already. Choose another name.'],
  in_use: [409, 'The object is in use. Remove what uses it first.'],
  wrong_state: [409, 'The action does not fit the present state.'],
  busy: [409, 'Another task is running on this object. Wait for it or cancel it.'],
  setup_done: [409, 'The first administrator exists already. Sign in.'],
  repeat_differs: [409, 'This Idempotency-Key was used with another request.'],
  too_large: [413, 'The request body is too large.'],
  throttled: [429, 'Too many attempts. Wait and try again.'],
  unsupported: [501, 'This platform can not do that.'],
  cloud_failure: [502, 'The cloud refused or failed.'],
  unavailable: [503, 'The service is not ready. Try again in a moment.'],
  internal: [500, 'Something went wrong inside. The request id helps to find it in the log.'],
} as const satisfies Record<string, readonly [number, string]>;

export type ErrorCode = keyof typeof errorTable;

/** `field` is a path in the request such as `body.nodeGroups.0.size`; `reason` is plain English. */
export type Issue = { field: string; reason: string };

/** Never holds a secret: details reach answers, logs, audit and tasks. */
export type ErrorDetails = {
  reason?: string;
  issues?: Issue[];
  /** What blocks a deletion, or what a name refers to. */
  contains?: { kind: string; name: string }[];
  /** The running task of a `busy` answer. */
  operation?: string;
  /** The cloud's own code and words of a `cloud_failure`. */
  cloud?: { code: string; message: string };
  /** Seconds to wait, with `throttled`. */
  retryAfterSeconds?: number;
  [key: string]: unknown;
};

/** The one error class of the product. `message` says what happened and what to do next. */
export class DomainError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, details: ErrorDetails = {}, options: { cause?: unknown; message?: string } = {}) {
    super(
      options.message ?? details.reason ?? errorTable[code][1],
      options.cause === undefined ? {} : { cause: options.cause },
    );
    this.name = 'DomainError';
    this.code = code;
    this.details = details;
  }

  get status(): number {
    return errorTable[this.code][0];
  }
}
