import { expect, test } from 'vitest';
import { fieldProblem, initialValues, toFields, toTitle, toValues } from './schema-fields.ts';

const schema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  type: 'object',
  additionalProperties: false,
  required: ['accessKeyId', 'secret', 'kind'],
  properties: {
    accessKeyId: {
      type: 'string',
      title: 'Access key ID',
      minLength: 3,
      maxLength: 6,
      pattern: '^[A-Z]+$',
      examples: ['AKIA'],
    },
    secret: { type: 'string', writeOnly: true, description: 'Shown once by the cloud.' },
    certificate: { type: 'string', writeOnly: true, format: 'multiline' },
    kind: { type: 'string', enum: ['user', 'role'] },
    endpoint: { type: 'string', default: 'https://cloud.example' },
    odd: true,
  },
};
const fields = toFields(schema);

test('the form has the fields of the schema, in its order', () => {
  expect(fields.map(({ key }) => key)).toEqual(['accessKeyId', 'secret', 'certificate', 'kind', 'endpoint']);
  expect(fields[0]).toEqual({
    key: 'accessKeyId',
    title: 'Access key ID',
    isSecret: false,
    isMultiline: false,
    isRequired: true,
    initial: '',
    minLength: 3,
    maxLength: 6,
    pattern: '^[A-Z]+$',
    example: 'AKIA',
  });
  expect(fields[1]).toMatchObject({ title: 'Secret', isSecret: true, help: 'Shown once by the cloud.' });
  expect(fields[2]).toMatchObject({ isSecret: true, isMultiline: true, isRequired: false });
  expect(fields[3]).toMatchObject({ choices: ['user', 'role'], initial: 'user' });
});

test('a schema without properties gives an empty form', () => {
  expect(toFields({})).toEqual([]);
  expect(toFields({ properties: [] })).toEqual([]);
});

test('a key without a title is written as words', () => {
  expect(toTitle('accessKeyId')).toBe('Access key id');
  expect(toTitle('api_key')).toBe('Api key');
});

test('values are checked as the schema says', () => {
  const [key, secret, certificate] = fields;
  if (!key || !secret || !certificate) throw new Error('the schema lost its fields');
  expect(fieldProblem(key, '')).toBe('needed');
  expect(fieldProblem(key, 'AB')).toBe('tooShort');
  expect(fieldProblem(key, 'ABCDEFG')).toBe('tooLong');
  expect(fieldProblem(key, 'abcd')).toBe('pattern');
  expect(fieldProblem(key, 'ABCD')).toBeUndefined();
  expect(fieldProblem(certificate, '')).toBeUndefined();
  expect(fieldProblem({ ...key, pattern: '(' }, 'ABCD')).toBeUndefined();
});

test('what is empty is not sent; a text of several lines keeps its spaces', () => {
  expect(initialValues(fields)).toMatchObject({ kind: 'user', endpoint: 'https://cloud.example', secret: '' });
  expect(toValues(fields, { accessKeyId: ' ABC ', secret: '', certificate: 'a\n', stray: 'x' })).toEqual({
    accessKeyId: 'ABC',
    certificate: 'a\n',
  });
});
