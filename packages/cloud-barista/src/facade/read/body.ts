import { FacadeError } from '../facade-error.ts';

/** Reads one JSON value as Go would: `null` and absent give the zero value, another type is refused with the field's path. */
export type Reader<Value> = (value: unknown, path: string) => Value;

const wrong = (path: string, expected: string, value: unknown): FacadeError => {
  const got = Array.isArray(value) ? 'array' : typeof value;
  return new FacadeError(
    400,
    `code=400, message=Unmarshal type error: expected=${expected}, got=${got}, field=${path}`,
  );
};
const isAbsent = (value: unknown): value is null | undefined => value === null || value === undefined;

export const text: Reader<string> = (value, path) => {
  if (isAbsent(value)) return '';
  if (typeof value !== 'string') throw wrong(path, 'string', value);
  return value;
};

/** A whole number; undefined when absent. */
export const whole: Reader<number | undefined> = (value, path) => {
  if (isAbsent(value)) return undefined;
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw wrong(path, 'int', value);
  return value;
};

export const number: Reader<number> = (value, path) => {
  if (isAbsent(value)) return 0;
  if (typeof value !== 'number') throw wrong(path, 'float64', value);
  return value;
};

/** Undefined when absent. */
export const flag: Reader<boolean | undefined> = (value, path) => {
  if (isAbsent(value)) return undefined;
  if (typeof value !== 'boolean') throw wrong(path, 'bool', value);
  return value;
};

export const list =
  <Value>(read: Reader<Value>): Reader<Value[]> =>
  (value, path) => {
    if (isAbsent(value)) return [];
    if (!Array.isArray(value)) throw wrong(path, 'array', value);
    return value.map((entry: unknown, index) => read(entry, `${path}.${String(index)}`));
  };

/** Text by key; keys are taken as they are. */
export const textMap: Reader<Record<string, string>> = (value, path) => {
  if (isAbsent(value)) return {};
  if (typeof value !== 'object' || Array.isArray(value)) throw wrong(path, 'map[string]string', value);
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, text(entry, `${path}.${key}`)]));
};

type Fields = Record<string, Reader<unknown>>;
type Values<Given extends Fields> = { [Key in keyof Given]: ReturnType<Given[Key]> };

/** An object of known fields. Keys match exactly first, else in any case, as Go's do; unknown ones are passed over. */
export const object =
  <Given extends Fields>(fields: Given): Reader<Values<Given>> =>
  (value, path) => {
    if (!isAbsent(value) && (typeof value !== 'object' || Array.isArray(value))) throw wrong(path, 'object', value);
    const given = new Map(Object.entries(value ?? {}));
    const folded = new Map([...given].map(([key, entry]) => [key.toLowerCase(), entry]));
    const entries = Object.entries(fields).map(([key, read]) => {
      const entry = given.has(key) ? given.get(key) : folded.get(key.toLowerCase());
      return [key, read(entry, path === '' ? key : `${path}.${key}`)] as const;
    });
    return Object.fromEntries(entries) as Values<Given>; // one entry for each field
  };
