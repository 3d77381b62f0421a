import { z } from 'zod';

/** The open API's rule for names (CB-Tumblebug): a letter, then letters, digits, `-` or `+`, not ending in a sign. */
export const namePattern = /^[a-z]([-a-z0-9+]*[a-z0-9])?$/i;

export const name = z
  .string()
  .min(1, 'A name is needed.')
  .max(63, 'At most 63 characters.')
  .regex(namePattern, 'A letter first, then letters, digits, "-" or "+"; the last is a letter or digit.');

// Control characters and bidirectional overrides can hide or forge what a person reads.
const hidden = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;
const markup = /<[a-z!/?]/i;

const isPlain = (value: string, multiline: boolean): boolean =>
  !hidden.test(multiline ? value.replace(/[\n\t]/g, '') : value);

/** One line of free text: no control characters, no markup. */
export const line = (max = 200) =>
  z
    .string()
    .max(max, `At most ${max} characters.`)
    .refine((value) => isPlain(value, false), 'Control characters are not allowed.')
    .refine((value) => !markup.test(value), 'HTML is not allowed.');

/** Free text of several lines: no control characters but line breaks, no markup. */
export const paragraph = (max = 1000) =>
  z
    .string()
    .max(max, `At most ${max} characters.`)
    .refine((value) => isPlain(value, true), 'Control characters are not allowed.')
    .refine((value) => !markup.test(value), 'HTML is not allowed.');

/** Labels of an object: at most 50, keys like `env` or `example.com/tier`. */
export const labels = z
  .record(
    z.string().regex(/^[A-Za-z0-9]([A-Za-z0-9._/-]{0,61}[A-Za-z0-9])?$/, 'Letters, digits, ".", "_", "/" or "-".'),
    line(200),
  )
  .refine((value) => Object.keys(value).length <= 50, 'At most 50 labels.');

/** What an answer holds: whatever was stored, already checked when it came in. */
export const storedLabels = z.record(z.string(), z.string());

/** An id or name inside a path or a filter: opaque, but bounded and without control characters. */
export const reference = z
  .string()
  .min(1)
  .max(200)
  .refine((value) => isPlain(value, false), 'Control characters are not allowed.');

/** ISO 8601, UTC. */
export const timestamp = z.string();
