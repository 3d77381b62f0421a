export * from './recorded-tumblebug.ts';
/** For the benchmark: what the watcher does with a list. */
export { applyList } from '../platform/apply-list.ts';
export { readInfraList } from '../wire/tumblebug-infra.ts';
