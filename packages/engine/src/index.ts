export { createEngine, systemClock, type EngineOptions } from './engine.ts';
export type { EngineLog } from './context.ts';
