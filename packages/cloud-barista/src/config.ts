import type { FrameworkName } from '@waterstrider/contract';

/** How a framework, or the gateway before it, knows us. */
export type FrameworkAuth =
  | { mode: 'none' }
  | { mode: 'basic'; username: string; password: string }
  | { mode: 'bearer'; token: string }
  /** CB-APIGW's `mw-auth`: a token signed anew for each call. */
  | { mode: 'hmac'; accessId: string; secret: string };

/** `url` holds the framework's prefix: `http://host:1323/tumblebug`. */
export type FrameworkConfig = { url: string; auth: FrameworkAuth };

/** Tumblebug carries the changes out; the others add to it. */
export type CloudBaristaConfig = { tumblebug: FrameworkConfig } & Partial<
  Record<Exclude<FrameworkName, 'tumblebug'>, FrameworkConfig>
>;
