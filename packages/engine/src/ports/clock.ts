/** Time as the engine sees it. */
export type Clock = { now(): Date; sleep(milliseconds: number, signal?: AbortSignal): Promise<void> };
