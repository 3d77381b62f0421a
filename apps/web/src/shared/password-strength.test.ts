import { expect, test } from 'vitest';
import { passwordProblem } from '@waterstrider/contract/rules';
import { passwordStrength } from './password-strength.ts';

test.each([
  ['short', 'short'],
  ['a'.repeat(257), 'long'],
  ['aaaabbbbcccc', 'fewDifferent'],
  ['1234567890', 'sequence'],
  ['zyxwvutsrq', 'sequence'],
  ['abcdeabcde', 'repeated'],
  ['my-admin-12', 'containsName'],
  ['Password2026!', 'common'],
])('%s is refused', (password, problem) => {
  expect(passwordProblem(password, 'admin')).toBe(problem);
});

test('a passphrase will do, and longer is stronger', () => {
  expect(passwordProblem('correct-horse-9', 'admin')).toBeUndefined();
  expect(passwordStrength('short', 'admin')).toBe(0);
  expect(passwordStrength('hgwtrkpzqa', 'admin')).toBe(1);
  expect(passwordStrength('correct-horse-9', 'admin')).toBe(2);
  expect(passwordStrength('Correct-horse-battery-9', 'admin')).toBe(3);
});
