import { passwordProblem } from '@waterstrider/contract/rules';

/** How strong it looks, 0 to 3: length counts most, then the kinds of characters. */
export function passwordStrength(password: string, username: string): 0 | 1 | 2 | 3 {
  if (passwordProblem(password, username) !== undefined) return 0;
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z\d]/].filter((kind) => kind.test(password)).length;
  const points = password.length + 2 * kinds;
  return points >= 22 ? 3 : points >= 16 ? 2 : 1;
}
