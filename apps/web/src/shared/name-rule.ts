/** What is wrong with a name; the words are in the locale file `forms`. */
export type NameProblem = 'nameNeeded' | 'nameLong' | 'namePattern';

const longest = 63;
const pattern = /^[a-z]([-a-z0-9+]*[a-z0-9])?$/i;

/** The contract's rule for names, without zod, so that forms can say it while one types. */
export function nameProblem(name: string): NameProblem | undefined {
  if (name === '') return 'nameNeeded';
  if (name.length > longest) return 'nameLong';
  return pattern.test(name) ? undefined : 'namePattern';
}
