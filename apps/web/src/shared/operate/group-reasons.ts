import type { Action } from '../../ui/action.ts';

/** Each reason once, with the labels of the actions it stops, in their order. */
export function groupReasons(actions: Pick<Action, 'label' | 'reason'>[]): { reason: string; labels: string[] }[] {
  const groups = new Map<string, string[]>();
  for (const { label, reason } of actions) if (reason) groups.set(reason, [...(groups.get(reason) ?? []), label]);
  return [...groups].map(([reason, labels]) => ({ reason, labels }));
}
