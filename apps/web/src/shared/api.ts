import type { OutputOf, RequestOf, RowName } from '@waterstrider/contract';
import { routes } from '@waterstrider/contract/routes';
import { ApiError, toApiError } from './api-error.ts';

type Part<Key extends string, Value> = Value extends undefined
  ? object
  : object extends Value
    ? { [K in Key]?: Value }
    : { [K in Key]: Value };

/** What a row takes: `params`, `query` and `body` of the contract. */
export type ApiOptions<Name extends RowName> = Part<'params', RequestOf<Name>['params']> &
  Part<'query', RequestOf<Name>['query']> &
  Part<'body', RequestOf<Name>['body']> & {
    signal?: AbortSignal;
    /** For rows that answer 202: the same key gives the same task. */
    idempotencyKey?: string;
  };

export type ApiArguments<Name extends RowName> =
  object extends ApiOptions<Name> ? [options?: ApiOptions<Name>] : [options: ApiOptions<Name>];

/** The same options without the row's types. */
export interface LooseOptions {
  params?: Record<string, unknown>;
  query?: Record<string, unknown>;
  body?: unknown;
  signal?: AbortSignal;
  idempotencyKey?: string;
}

let sessionLost: () => void = () => undefined;

/** Called whenever an answer says that nobody is signed in (any more). */
export function onSessionLost(handler: () => void): void {
  sessionLost = handler;
}

/** Tells the app that the session is gone; the event stream uses it too. */
export const reportSessionLost = (): void => sessionLost();

/** Path and query of a row: `urlOf('getNode', { params: { ns, node } })`. */
export function urlOf(name: RowName, options: LooseOptions = {}): string {
  const path = routes[name][1].replace(/:([A-Za-z]+)/g, (_, key: string) => {
    const value = options.params?.[key];
    if (value === undefined) throw new TypeError(`${name} needs the path parameter ${key}`);
    return encodeURIComponent(String(value));
  });
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(options.query ?? {})) {
    if (value === undefined || value === '') continue;
    for (const one of Array.isArray(value) ? value : [value]) search.append(key, String(one));
  }
  return search.size > 0 ? `${path}?${search}` : path;
}

/** Rows whose 401 is an answer, not a lost session. */
const signsIn: readonly RowName[] = ['createSession', 'getSession', 'completeSetup', 'changePassword'];

/**
 * Calls a row of the contract. Throws `ApiError`, or the abort reason when `signal` fires.
 * @example const { items } = await api('listNodes', { params: { ns }, query: { limit: 100 } });
 */
export async function api<Name extends RowName>(name: Name, ...[given]: ApiArguments<Name>): Promise<OutputOf<Name>> {
  const options = (given ?? {}) as LooseOptions; // typed per row at the call, handled alike here
  const response = await send(name, options);
  if (!response.ok) {
    const error = await toApiError(response, name);
    if (error.status === 401 && !signsIn.includes(name)) sessionLost();
    throw error;
  }
  if (response.status === 204) return undefined as OutputOf<Name>; // rows that answer 204 have no output
  const body: unknown = await response.json().catch((cause: unknown) => {
    throw new ApiError({ code: 'unreadable', message: 'The answer is not JSON.', status: response.status, cause });
  });
  return body as OutputOf<Name>; // the server checks its answers against the same row
}

async function send(name: RowName, options: LooseOptions): Promise<Response> {
  const headers: Record<string, string> = { Accept: 'application/json', 'X-Requested-With': 'waterstrider' };
  if (options.body !== undefined) headers['Content-Type'] = 'application/json';
  if (options.idempotencyKey) headers['Idempotency-Key'] = options.idempotencyKey;
  const request: RequestInit = { method: routes[name][0], headers, credentials: 'same-origin' };
  if (options.body !== undefined) request.body = JSON.stringify(options.body);
  if (options.signal) request.signal = options.signal;
  try {
    return await fetch(urlOf(name, options), request);
  } catch (cause) {
    if (options.signal?.aborted) throw cause;
    throw new ApiError({ code: 'network', message: 'The server does not answer.', status: 0, cause });
  }
}
