import type { Operation, OperationItem } from '@waterstrider/contract';
import { expect, it } from 'vitest';
import { countRunning, inUrgency, splitTasks } from './task-items.ts';

const item = (name: string, state: OperationItem['state']): OperationItem => ({
  target: { kind: 'node', id: name, name },
  state,
});

it('puts failed items first and done ones last', () => {
  const items = [
    item('a', 'succeeded'),
    item('b', 'running'),
    item('c', 'failed'),
    item('d', 'pending'),
    item('e', 'unknown'),
  ];
  expect(inUrgency(items).map(({ target }) => target.name)).toEqual(['c', 'e', 'b', 'd', 'a']);
  expect(countRunning(items)).toBe(1);
});

it('keeps running tasks apart and orders the others by their end', () => {
  const task = (id: string, state: Operation['state'], finishedAt?: string) =>
    ({ id, state, startedAt: '2026-03-12T10:00:00Z', ...(finishedAt ? { finishedAt } : {}) }) as Operation; // the rest is not read
  const { running, ended } = splitTasks([
    task('late', 'failed', '2026-03-12T10:09:00Z'),
    task('run', 'running'),
    task('later', 'succeeded', '2026-03-12T10:10:00Z'),
  ]);
  expect(running.map(({ id }) => id)).toEqual(['run']);
  expect(ended.map(({ id }) => id)).toEqual(['later', 'late']);
});
