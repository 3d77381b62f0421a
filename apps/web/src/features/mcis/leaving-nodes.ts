import type { Node } from '@waterstrider/contract';

const numberOf = (name: string): number => Number(/-(\d+)$/.exec(name)?.[1] ?? 0);

/** The servers that go when a group loses `count`: the newest, which have the highest numbers. */
export const leavingNodes = (nodes: Node[], count: number): Node[] =>
  nodes
    .filter(({ status }) => status !== 'Terminated')
    .sort((left, right) => numberOf(right.name) - numberOf(left.name))
    .slice(0, count);
