import { expect, test } from 'vitest';
import { flag, list, object, text, textMap, whole } from './body.ts';

const read = object({ name: text, size: whole, isOn: flag, label: textMap, groups: list(object({ specId: text })) });

test('keys match in any case, the exact one first; unknown ones are passed over', () => {
  expect(read({ NAME: 'a', Groups: [{ SPECID: 's' }], more: 1 }, '')).toEqual({
    name: 'a',
    size: undefined,
    isOn: undefined,
    label: {},
    groups: [{ specId: 's' }],
  });
  expect(read({ NAME: 'a', name: 'b' }, '').name).toBe('b');
});

test('null and absent are the zero value, an absent body too', () => {
  expect(read({ name: null, groups: null, label: null }, '')).toEqual(read(undefined, ''));
});

test.each([
  [{ size: '5' }, 'expected=int, got=string, field=size'],
  [{ size: 1.5 }, 'expected=int, got=number, field=size'],
  [{ name: 5 }, 'expected=string, got=number, field=name'],
  [{ groups: [{}, { specId: [] }] }, 'expected=string, got=array, field=groups.1.specId'],
  [{ label: { a: 1 } }, 'expected=string, got=number, field=label.a'],
  [[], 'expected=object, got=array'],
])('%j is refused: %s', (body, reason) => {
  expect(() => read(body, '')).toThrow(
    expect.objectContaining({ status: 400, message: expect.stringContaining(reason) }),
  );
});
