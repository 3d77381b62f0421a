import type { Node } from '@waterstrider/contract';
import { expect, it } from 'vitest';
import { leavingNodes } from './leaving-nodes.ts';

const node = (name: string, status: Node['status'] = 'Running'): Node => ({ name, status }) as Node; // the rest is not read

it('takes the highest numbers, as numbers, and no terminated one', () => {
  const nodes = [node('web-2'), node('web-10'), node('web-9'), node('web-11', 'Terminated')];
  expect(leavingNodes(nodes, 2).map(({ name }) => name)).toEqual(['web-10', 'web-9']);
});
