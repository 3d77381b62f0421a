import { name } from '@waterstrider/contract';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nameProblem } from './name-rule.ts';

const letters = fc.string({ unit: fc.constantFrom('a', 'Z', '7', '-', '+', '_', '.', ' ', '가'), maxLength: 70 });

test('the form accepts exactly the names the contract accepts', () => {
  fc.assert(
    fc.property(letters, (text) => {
      expect(nameProblem(text) === undefined).toBe(name.safeParse(text).success);
    }),
  );
});

test('the length counts', () => {
  expect(nameProblem('a'.repeat(63))).toBeUndefined();
  expect(nameProblem('a'.repeat(64))).toBe('nameLong');
  expect(nameProblem('')).toBe('nameNeeded');
});
