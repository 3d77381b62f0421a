export * from './identity-store.ts';
export * from './identity-records.ts';
export * from './audit-store.ts';
export * from './system-store.ts';
export type * from './login-throttle.ts';
