import type { FrameworkName } from '@waterstrider/contract';

/** One call. `path` starts with `/` below the framework's prefix, its parts already encoded. */
export type UpstreamRequest = {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  path: string;
  query?: Record<string, string | number | boolean | undefined>;
  /** Sent as JSON; Spider takes one on DELETE too. */
  body?: unknown;
  /** `X-Request-Id`. */
  requestId?: string;
  /** `X-Credential-Holder`. */
  credentialHolder?: string;
  /** Until the whole answer is there; 30 s by default. */
  timeoutMs?: number;
  signal?: AbortSignal;
};

/** The way to one framework. Throws `UpstreamError` only. */
export type Upstream = {
  readonly framework: FrameworkName;
  /** Without credentials. */
  readonly url: string;
  /** The answer's JSON; undefined for an empty answer. */
  call(request: UpstreamRequest): Promise<unknown>;
  /** The answer as it is, whatever its status. */
  pass(request: UpstreamRequest): Promise<{ status: number; contentType: string; body: Buffer; requestId?: string }>;
  close(): Promise<void>;
};
