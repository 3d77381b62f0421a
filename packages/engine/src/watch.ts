import type { Change, Node, Snapshot } from '@waterstrider/contract';
import type { EngineContext } from './context.ts';
import { unsupportedActionsOf } from './infra/node-intents.ts';
import type { ChangeSet } from './ports/index.ts';
import { WakeSignal } from './reconcile/wake-signal.ts';

const pollMs = 1000;
const batch = 2000;

/** Everything once, then every change in the order of commits; a new snapshot when changes are no longer kept. */
export async function* watchStore(engine: EngineContext, signal: AbortSignal): AsyncIterable<Snapshot | Change> {
  const woken = new WakeSignal();
  const unlisten = await engine.store.listen('change', () => woken.wake());
  const stop = () => woken.wake();
  signal.addEventListener('abort', stop);
  try {
    const first = withActions(engine, await engine.store.snapshot());
    let { sequence } = first;
    yield { kind: 'snapshot', observedAt: engine.clock.now().toISOString(), ...first };
    while (!signal.aborted) {
      const changes = await engine.store.changesAfter(sequence, batch);
      const observedAt = engine.clock.now().toISOString();
      if (!changes) {
        const snapshot = withActions(engine, await engine.store.snapshot());
        ({ sequence } = snapshot);
        yield { kind: 'snapshot', observedAt, ...snapshot };
      } else if (changes.sequence > sequence) {
        ({ sequence } = changes);
        yield { kind: 'change', observedAt, ...withActions(engine, changes) };
      } else await woken.wait(pollMs);
    }
  } finally {
    signal.removeEventListener('abort', stop);
    await unlisten();
  }
}

/** What a server's cloud can not do is the driver's to say. */
function withActions(engine: EngineContext, changes: ChangeSet): ChangeSet {
  const complete = (node: Node): Node => {
    const unsupportedActions = unsupportedActionsOf(engine, node.provider);
    return unsupportedActions.length > 0 ? { ...node, unsupportedActions } : node;
  };
  return { ...changes, nodes: changes.nodes.map(complete) };
}
