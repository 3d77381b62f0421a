import { expect, test } from 'vitest';
import { ApiError } from './api-error.ts';
import { fieldOf, placeFailure } from './form-problems.ts';

const invalid = (...fields: string[]) =>
  new ApiError({
    code: 'invalid',
    message: 'not valid',
    status: 400,
    details: { issues: fields.map((field) => ({ field, reason: `bad ${field}` })) },
  });
const words = { exists: 'taken' };

test('a finding goes to the longest field that covers its path', () => {
  expect(fieldOf('body.values.account', ['values', 'values.account'])).toBe('values.account');
  expect(fieldOf('values.account', ['name', 'values.account'])).toBe('values.account');
  expect(fieldOf('body.regions.3', ['regions'])).toBe('regions');
  expect(fieldOf('body.regionsX', ['regions'])).toBeUndefined();
});

test('a failure is shown as a whole only when a finding has no field', () => {
  expect(placeFailure(invalid('body.name'), ['name'], words)).toEqual({ problems: { name: 'bad body.name' } });
  const error = invalid('body.name', 'body.other');
  expect(placeFailure(error, ['name'], words)).toEqual({ problems: { name: 'bad body.name' }, rest: error });
});

test('a name that exists is the name field’s matter', () => {
  const error = new ApiError({ code: 'exists', message: 'exists', status: 409 });
  expect(placeFailure(error, ['name'], words)).toEqual({ problems: { name: 'taken' } });
  expect(placeFailure(error, ['password'], words)).toEqual({ problems: {}, rest: error });
});
