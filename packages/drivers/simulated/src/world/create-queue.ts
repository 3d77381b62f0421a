import type { CreateServerRequest } from '@waterstrider/engine/ports';
import type { ServerOutcome } from './create-servers.ts';

type Waiting = {
  request: CreateServerRequest;
  signal: AbortSignal | undefined;
  settle: (outcome: ServerOutcome) => void;
  reject: (reason: unknown) => void;
};

/** As many as one transaction takes. */
const largestBatch = 100;

/**
 * Creates of one place go to the world one batch at a time: what arrives while a batch is being written is the next one. So a
 * thousand creates need a few transactions, and never more than one database connection per place.
 */
export const createQueue = (createAll: (requests: CreateServerRequest[]) => Promise<ServerOutcome[]>) => {
  const waiting: Waiting[] = [];
  let isBusy = false;

  const writeBatch = async (taken: Waiting[]): Promise<void> => {
    // Whoever gave up while it waited gets nothing made behind its back.
    const batch = taken.filter(({ signal, reject }) => {
      if (signal?.aborted) reject(signal.reason);
      return !signal?.aborted;
    });
    if (batch.length === 0) return;
    try {
      const outcomes = await createAll(batch.map(({ request }) => request));
      batch.forEach(({ settle, reject }, index) => {
        const outcome = outcomes[index];
        if (outcome) settle(outcome);
        else reject(new Error('A create was left without an outcome.'));
      });
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  };

  const work = async (): Promise<void> => {
    isBusy = true;
    while (waiting.length > 0) await writeBatch(waiting.splice(0, largestBatch));
    isBusy = false;
  };

  return (request: CreateServerRequest, signal?: AbortSignal): Promise<ServerOutcome> =>
    new Promise((settle, reject) => {
      waiting.push({ request, signal, settle, reject });
      if (!isBusy) void work();
    });
};
