/** One input of a credential's form, as the provider's JSON Schema describes it. */
export interface CredentialField {
  key: string;
  title: string;
  /** The provider's own words, in English. */
  help?: string;
  isSecret: boolean;
  isMultiline: boolean;
  isRequired: boolean;
  /** The only values there are. */
  choices?: string[];
  example?: string;
  initial: string;
  minLength?: number;
  maxLength?: number;
  pattern?: string;
}

/** What is wrong with a value; the words are in the locale file. */
export type FieldProblem = 'needed' | 'tooShort' | 'tooLong' | 'pattern';

type Schema = Record<string, unknown>;

const isSchema = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
const number = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);
const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];

/** `accessKeyId` reads "Access key id" where the schema has no title. */
export const toTitle = (key: string): string => {
  const words = key
    .replace(/[_-]+/g, ' ')
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** Drops what is undefined, so that optional keys are absent. */
const present = <Value extends object>(value: Value): { [Key in keyof Value]: Exclude<Value[Key], undefined> } =>
  Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as {
    [Key in keyof Value]: Exclude<Value[Key], undefined>;
  }; // the filter has just made it so

function toField(key: string, schema: Schema, isRequired: boolean): CredentialField {
  const choices = texts(schema.enum);
  const optional = present({
    help: text(schema.description),
    example: texts(schema.examples)[0],
    minLength: number(schema.minLength),
    maxLength: number(schema.maxLength),
    pattern: text(schema.pattern),
    choices: choices.length > 0 ? choices : undefined,
  });
  return {
    key,
    title: text(schema.title) ?? toTitle(key),
    isSecret: schema.writeOnly === true || schema.format === 'password',
    isMultiline: schema.format === 'multiline',
    isRequired,
    initial: text(schema.default) ?? (isRequired ? (choices[0] ?? '') : ''),
    ...optional,
  } as CredentialField; // `optional` holds only keys that have a value
}

/** The form of a provider's credential, in the order of its schema. Values are texts. */
export function toFields(schema: Schema): CredentialField[] {
  const required = texts(schema.required);
  return Object.entries(isSchema(schema.properties) ? schema.properties : {}).flatMap(([key, property]) =>
    isSchema(property) ? [toField(key, property, required.includes(key))] : [],
  );
}

/** What the schema says of a value; the server stays the judge. */
export function fieldProblem(field: CredentialField, value: string): FieldProblem | undefined {
  if (value === '') return field.isRequired ? 'needed' : undefined;
  if (field.minLength !== undefined && value.length < field.minLength) return 'tooShort';
  if (field.maxLength !== undefined && value.length > field.maxLength) return 'tooLong';
  return matches(field.pattern, value) ? undefined : 'pattern';
}

/** A pattern that this browser can not read is left to the server. */
function matches(pattern: string | undefined, value: string): boolean {
  if (pattern === undefined) return true;
  try {
    return new RegExp(pattern, 'u').test(value);
  } catch {
    // Not a pattern of JavaScript: the server alone can judge.
    return true;
  }
}

/** Values as they are sent: what is empty and optional is left out. */
export function toValues(fields: CredentialField[], values: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    fields.flatMap(({ key, isMultiline }) => {
      const typed = values[key] ?? '';
      const value = isMultiline ? typed : typed.trim();
      return value === '' ? [] : [[key, value]];
    }),
  );
}

export const initialValues = (fields: CredentialField[]): Record<string, string> =>
  Object.fromEntries(fields.map(({ key, initial }) => [key, initial]));
