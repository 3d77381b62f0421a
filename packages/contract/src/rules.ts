// Free of zod, so that the web app's first page stays small.
export * from './node/status.ts';
export * from './node/state-rules.ts';
export * from './identity/password-rule.ts';
