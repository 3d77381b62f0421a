import type { Change, Snapshot } from '@waterstrider/contract';
import type { Mirror } from '../ports/index.ts';

const pollMs = 1_000;
const batch = 2_000;

/** Everything once, then every change in the order of commits; a new snapshot when changes are no longer kept. */
export async function* watchMirror(mirror: Mirror, signal: AbortSignal): AsyncIterable<Snapshot | Change> {
  let wake: () => void = () => undefined;
  let isWoken = false;
  const ring = (): void => {
    isWoken = true;
    wake();
  };
  const unlisten = await mirror.listen('change', ring);
  signal.addEventListener('abort', ring);
  try {
    const first = await mirror.snapshot();
    let { sequence } = first;
    yield { kind: 'snapshot', observedAt: new Date().toISOString(), ...first };
    while (!signal.aborted) {
      isWoken = false;
      const changes = await mirror.changesAfter(sequence, batch);
      const observedAt = new Date().toISOString();
      if (changes === undefined) {
        const snapshot = await mirror.snapshot();
        ({ sequence } = snapshot);
        yield { kind: 'snapshot', observedAt, ...snapshot };
      } else if (changes.sequence > sequence) {
        ({ sequence } = changes);
        yield { kind: 'change', observedAt, ...changes };
      } else if (!isWoken) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, pollMs);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
    }
  } finally {
    signal.removeEventListener('abort', ring);
    await unlisten();
  }
}
