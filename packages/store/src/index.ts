export { openDatabase, type Sql } from './database.ts';
export { migrate, type Migration } from './migrate.ts';
export { createStore, type StoreOptions } from './engine/create-store.ts';
export type { DescribeRegion } from './engine/records.ts';
export { defaultBounds, pruneStore, type StoreBounds } from './engine/prune.ts';
export * from './journal/journal.ts';
export { createJournal } from './journal/create-journal.ts';
export * from './console/index.ts';
export * from './runtime/index.ts';
