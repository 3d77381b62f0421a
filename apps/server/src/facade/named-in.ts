import { FacadeError } from '@waterstrider/cloud-barista/facade';

/** What one object names; without the empty ones. */
export type Named = { connections: string[]; specs: string[] };

/** Far more than any request of Tumblebug needs. */
const deepest = 64;

/** Every object in the value, at any depth, that names a connection or a spec. Throws 400 where Tumblebug might read something else. */
export function namedIn(value: unknown, depth = 0): Named[] {
  if (typeof value !== 'object' || value === null) return [];
  if (depth > deepest) throw new FacadeError(400, 'The body is nested too deeply.');
  if (Array.isArray(value)) return value.flatMap((item) => namedIn(item, depth + 1));
  const fields = fieldsOf(value);
  const texts = (...keys: string[]): string[] => keys.flatMap((key) => textsIn(fields.get(key)));
  const own = {
    connections: texts('connectionname', 'connectionnames'),
    specs: texts('specid', 'specids', 'specname'),
  };
  const inner = [...fields.values()].flatMap((field) => namedIn(field, depth + 1));
  return own.connections.length + own.specs.length === 0 ? inner : [own, ...inner];
}

/** By key in lower case, as Tumblebug reads keys in any case. Throws 400 for two that it would take for one. */
export function fieldsOf(object: object): Map<string, unknown> {
  const fields = new Map<string, unknown>();
  for (const [key, value] of Object.entries(object)) {
    // Go also takes U+017F for an s and U+212A for a k; upper case first makes these the plain letters.
    const folded = key.toUpperCase().toLowerCase();
    if (fields.has(folded)) throw new FacadeError(400, `The key ${key} is given twice, in upper and lower case.`);
    fields.set(folded, value);
  }
  return fields;
}

const textsIn = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).filter((item): item is string => typeof item === 'string' && item !== '');
