import { DomainError, passwordProblem, type PasswordProblem } from '@waterstrider/contract';

const reasons: Record<PasswordProblem, string> = {
  short: 'At least 10 characters.',
  long: 'At most 256 characters.',
  fewDifferent: 'Too few different characters.',
  sequence: 'A sequence of neighbouring characters is easy to guess.',
  repeated: 'A repeated piece is easy to guess.',
  containsName: 'It is little more than the user name.',
  common: 'It is one of the most common passwords.',
};

/** Why a password is too weak, in words; undefined when it will do. */
export function passwordIssue(password: string, username: string): string | undefined {
  const problem = passwordProblem(password, username);
  return problem && reasons[problem];
}

/** Throws `invalid` for a weak password, naming the field. */
export function requireStrongPassword(password: string, username: string, field: string): void {
  const reason = passwordIssue(password, username);
  if (reason === undefined) return;
  const full = `The password is too weak: ${reason}`;
  throw new DomainError('invalid', { reason: full, issues: [{ field, reason }] });
}
