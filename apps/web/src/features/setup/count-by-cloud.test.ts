import type { OperationItem } from '@waterstrider/contract';
import { expect, test } from 'vitest';
import { countByCloud } from './count-by-cloud.ts';

const item = (name: string, state: OperationItem['state']): OperationItem => ({
  target: { kind: 'connection', id: name, name },
  state,
});

test('a provider whose name starts with another one has its own count', () => {
  const items = [
    item('sim-openstack-RegionOne', 'succeeded'),
    item('sim-openstack-ex01-RegionOne', 'failed'),
    item('sim-aws-us-east-1', 'running'),
    item('sim-aws-us-east-2', 'succeeded'),
    item('other', 'pending'),
  ];
  expect(countByCloud(items, ['sim-aws', 'sim-openstack', 'sim-openstack-ex01'])).toEqual([
    { provider: 'sim-aws', total: 2, done: 1, failed: 0 },
    { provider: 'sim-openstack', total: 1, done: 1, failed: 0 },
    { provider: 'sim-openstack-ex01', total: 1, done: 0, failed: 1 },
    { provider: '', total: 1, done: 0, failed: 0 },
  ]);
});
