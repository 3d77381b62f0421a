import type { OperationItem } from '@waterstrider/contract';

export interface CloudProgress {
  provider: string;
  total: number;
  done: number;
  failed: number;
}

/** Progress per provider of a task whose items are connections named `{provider}-{region}`; the longest provider that fits counts. */
export function countByCloud(items: OperationItem[], providers: string[]): CloudProgress[] {
  const longestFirst = [...providers].sort((left, right) => right.length - left.length);
  const counts = new Map<string, CloudProgress>();
  for (const { target, state } of items) {
    const provider = longestFirst.find((candidate) => target.name.startsWith(`${candidate}-`)) ?? '';
    const count = counts.get(provider) ?? { provider, total: 0, done: 0, failed: 0 };
    count.total += 1;
    if (state === 'succeeded') count.done += 1;
    if (state === 'failed' || state === 'cancelled' || state === 'unknown') count.failed += 1;
    counts.set(provider, count);
  }
  return [...providers, ''].flatMap((provider) => counts.get(provider) ?? []);
}
