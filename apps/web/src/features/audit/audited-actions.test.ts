import { rows } from '@waterstrider/contract';
import { expect, test } from 'vitest';
import en from '../../locales/en/audit.json';
import ko from '../../locales/ko/audit.json';
import { auditedActions } from './audited-actions.ts';

const changing = Object.values(rows)
  .filter(({ effect }) => effect !== 'read')
  .map(({ name }) => name);

test('every row with an effect can be filtered by, and has words', () => {
  expect([...auditedActions].sort()).toEqual([...changing].sort());
  expect(Object.keys(en.action).sort()).toEqual([...changing].sort());
  expect(Object.keys(ko.action).sort()).toEqual([...changing].sort());
});
