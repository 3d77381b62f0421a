export * from './config.ts';
export { createCloudBarista, type CloudBaristaOptions } from './platform/create-cloud-barista.ts';
export { createCloudDirectory, type CloudDirectory } from './platform/cloud-directory.ts';
export type { Paces } from './platform/watcher.ts';
export { checkFrameworks } from './wire/check-frameworks.ts';
