/** Why a new password will not do. Keys of the locale file `forms` (`passwordProblem.<problem>`). */
export type PasswordProblem = 'short' | 'long' | 'fewDifferent' | 'sequence' | 'repeated' | 'containsName' | 'common';

export const leastPasswordLength = 10;
export const mostPasswordLength = 256;
const leastDifferent = 5;
const leastBesideName = 8;
// Stems of the passwords that head every leaked list; digits and signs around them do not help.
const common =
  /^(?:passw[o0]r[dt]|p@ssw[o0]rd|qwerty(?:uiop)?|asdfghjkl|zxcvbnm|letmein|welcome|iloveyou|admin(?:istrator)?|changeme|secret|monkey|dragon|football|baseball|sunshine|princess|superman|trustno|master|default|waterstrider|cloud-?barista|abcdefghij|qazwsxedc|qweasdzxc)$/;

/** The one rule for new passwords: the server enforces it, the form shows it while one types. Undefined: it will do. */
export function passwordProblem(password: string, username: string): PasswordProblem | undefined {
  const lower = password.toLowerCase();
  if (password.length < leastPasswordLength) return 'short';
  if (password.length > mostPasswordLength) return 'long';
  if (new Set(lower).size < leastDifferent) return 'fewDifferent';
  if (isSequence(lower)) return 'sequence';
  if ((lower + lower).indexOf(lower, 1) < lower.length) return 'repeated';
  const besideName = username.length >= 3 ? lower.replaceAll(username.toLowerCase(), '') : lower;
  if (besideName !== lower && besideName.length < leastBesideName) return 'containsName';
  return common.test(lower.replace(/^[^a-z@]+|[^a-z@]+$/g, '')) ? 'common' : undefined;
}

/** Neighbours in the alphabet or among the digits all along, up or down; digits go round. */
function isSequence(text: string): boolean {
  const steps = [...text].slice(1).map((character, index) => character.charCodeAt(0) - text.charCodeAt(index));
  return [1, -1].some((step) => steps.every((seen) => seen === step || seen === -9 * step));
}
