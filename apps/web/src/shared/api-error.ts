import type { ErrorCode, ErrorDetails, RowName } from '@waterstrider/contract';

/** `network`: no answer at all; `unreadable`: an answer that is not ours, such as a proxy's page. */
export type ApiErrorCode = ErrorCode | 'network' | 'unreadable';

interface ApiErrorFields {
  code: ApiErrorCode;
  message: string;
  details?: ErrorDetails | undefined;
  requestId?: string | undefined;
  /** HTTP status, 0 without an answer. */
  status: number;
  /** What was called. */
  row?: RowName | undefined;
  cause?: unknown;
}

/** A failed call. `code` names it for `describeError`; `requestId` finds it in the server's log. */
export class ApiError extends Error {
  readonly code: ApiErrorCode;
  readonly details: ErrorDetails;
  readonly requestId: string | undefined;
  readonly status: number;
  readonly row: RowName | undefined;

  constructor(fields: ApiErrorFields) {
    super(fields.message, { cause: fields.cause });
    this.name = 'ApiError';
    this.code = fields.code;
    this.details = fields.details ?? {};
    this.requestId = fields.requestId;
    this.status = fields.status;
    this.row = fields.row;
  }
}

/** Findings of an `invalid` answer for one field, such as `body.nodeGroups.0.size`. */
export const issuesOf = (error: unknown): { field: string; reason: string }[] =>
  error instanceof ApiError ? (error.details.issues ?? []) : [];

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** Reads the server's error answer; whatever does not look like one becomes `unreadable`. */
export async function toApiError(response: Response, row?: RowName): Promise<ApiError> {
  const requestId = response.headers.get('x-request-id') ?? undefined;
  const body: unknown = await response.json().catch((cause: unknown) => new Error('not JSON', { cause }));
  if (!isRecord(body) || typeof body.code !== 'string' || typeof body.message !== 'string') {
    const message = `HTTP ${response.status}`;
    return new ApiError({ code: 'unreadable', message, status: response.status, requestId, row, cause: body });
  }
  return new ApiError({
    code: body.code as ErrorCode, // the server sends codes of the contract's table; an unknown one falls back to its message
    message: body.message,
    details: isRecord(body.details) ? (body.details as ErrorDetails) : undefined, // shape is the contract's
    requestId: typeof body.requestId === 'string' ? body.requestId : requestId,
    status: response.status,
    row,
  });
}
