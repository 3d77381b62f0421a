import { describe, expect, test } from 'vitest';
import { emptyDocument } from './document.ts';
import { findGroup, startStudio, studioReducer, toDraft } from './studio-state.ts';
import type { StudioAction, StudioState } from './studio-state.ts';

const spec = { id: 's1', name: 'S1', vcpu: 2, memoryGiB: 4, architecture: 'x86_64', hasGpu: false };
const arm = { ...spec, id: 's2', architecture: 'arm64' };
const image = {
  id: 'i1',
  name: 'Ubuntu',
  osDistribution: 'Ubuntu',
  osVersion: '24.04',
  architecture: 'x86_64',
  gpuReady: false,
  kubernetesReady: false,
  minDiskGiB: 30,
  defaultUser: 'ubuntu',
};
const run = (state: StudioState, ...actions: StudioAction[]): StudioState => actions.reduce(studioReducer, state);
const start = startStudio(undefined);
const place: StudioAction = { type: 'move', key: 0, connection: 'c', isOtherProvider: false, isDefault: true };
const fill: StudioAction = { type: 'fill', key: 0, connection: 'c', spec, image };

describe('studio', () => {
  test('what is filled in by itself is not yet worth a draft', () => {
    const state = run(start, place, fill);
    expect(findGroup(state, 0)).toMatchObject({ connection: 'c', spec: 's1', image: 'i1' });
    expect(state.isTouched).toBe(false);
    expect(run(state, { type: 'change', change: { name: 'shop' } }).isTouched).toBe(true);
  });

  test('an answer that comes late changes nothing', () => {
    const moved = run(start, place, { ...place, connection: 'other' });
    expect(run(moved, fill)).toBe(moved);
    const picked = run(start, place, { type: 'pickSpec', key: 0, spec: arm });
    expect(run(picked, fill)).toBe(picked);
    expect(run(picked, { type: 'fillImage', key: 0, spec: 's1', image })).toBe(picked);
  });

  test('an image stays as long as the spec can start it', () => {
    const state = run(start, place, fill);
    expect(findGroup(run(state, { type: 'pickSpec', key: 0, spec: { ...spec, id: 's3' } }), 0)?.image).toBe('i1');
    expect(findGroup(run(state, { type: 'pickSpec', key: 0, spec: arm }), 0)?.image).toBe('');
  });

  test('a disk grows with the image that is filled in', () => {
    const state = run(start, place, { type: 'changeGroup', key: 0, change: { rootDiskSizeGiB: 10 } }, fill);
    expect(findGroup(state, 0)?.rootDiskSizeGiB).toBe(30);
  });

  test('another place forgets the zone, another provider the disk type too', () => {
    const state = run(start, place, fill, { type: 'changeGroup', key: 0, change: { zone: 'a', rootDiskType: 'gp3' } });
    const near = findGroup(run(state, { ...place, connection: 'd' }), 0);
    expect(near).toMatchObject({ connection: 'd', spec: '', image: '', rootDiskType: 'gp3' });
    expect(near).not.toHaveProperty('zone');
    const far = findGroup(run(state, { ...place, connection: 'd', isOtherProvider: true }), 0);
    expect(far).not.toHaveProperty('rootDiskType');
  });

  test('a place without specs is remembered as empty', () => {
    expect(run(start, place, { ...fill, spec: undefined, image: undefined }).empties).toEqual({ 0: true });
  });

  test('groups come and go; the last one stays', () => {
    const three = run(start, { type: 'add', takenGroups: ['group-2'] }, { type: 'copy', key: 0, takenGroups: [] });
    expect(three.document.nodeGroups.map(({ name }) => name)).toEqual(['group-1', 'group-3', 'group-2']);
    expect(three.selected).toBe(2);
    const two = run(three, { type: 'remove', key: 2 });
    expect([two.selected, two.keys]).toEqual([1, [0, 1]]);
    const one = run(two, { type: 'remove', key: 0 });
    expect(one.keys).toEqual([1]);
    expect(run(one, { type: 'remove', key: 1 })).toBe(one);
  });

  test('a draft opens as it was left, and can be thrown away', () => {
    const left = run(start, place, fill, { type: 'change', change: { name: 'shop' } });
    const opened = startStudio(toDraft(left, 1));
    expect([opened.document, opened.facts, opened.isTouched]).toEqual([left.document, left.facts, true]);
    expect(run(opened, { type: 'discard', document: emptyDocument() })).toEqual(start);
  });
});
