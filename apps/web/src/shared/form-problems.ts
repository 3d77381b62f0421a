import { ApiError, issuesOf } from './api-error.ts';

/** Findings per field of a form: `name`, `values.account`. */
export type Problems = Record<string, string | undefined>;

const pathOf = (field: string): string => field.replace(/^(?:body|params|query)\./, '');

/** The field of the form a server's finding belongs to: the longest one that covers its path. */
export function fieldOf(path: string, fields: readonly string[]): string | undefined {
  const bare = pathOf(path);
  const covering = fields.filter((field) => bare === field || bare.startsWith(`${field}.`));
  return covering.sort((left, right) => right.length - left.length)[0];
}

/** Sorts a failure into findings at fields and the rest. `rest` is absent when every finding has its field. */
export function placeFailure(
  error: unknown,
  fields: readonly string[],
  words: { exists: string },
): { problems: Problems; rest?: unknown } {
  if (error instanceof ApiError && error.code === 'exists' && fields.includes('name'))
    return { problems: { name: words.exists } };
  const problems: Problems = {};
  let isCovered = issuesOf(error).length > 0;
  for (const { field, reason } of issuesOf(error)) {
    const place = fieldOf(field, fields);
    if (place === undefined) isCovered = false;
    else problems[place] ??= reason;
  }
  return isCovered ? { problems } : { problems, rest: error };
}
