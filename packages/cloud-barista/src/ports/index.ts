export * from './mirror.ts';
