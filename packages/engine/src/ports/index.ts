export * from './cloud-driver.ts';
export * from './cloud-error.ts';
export * from './clock.ts';
export * from './secrets.ts';
export * from './store.ts';
