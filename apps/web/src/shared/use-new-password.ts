import { useTranslation } from 'react-i18next';
import type { Problems } from './form-problems.ts';
import type { NewPasswordValues } from './NewPassword.tsx';
import { leastPasswordLength, passwordProblem } from '@waterstrider/contract/rules';

/** Checks both fields of `NewPassword`, in words. */
export function useNewPasswordCheck(): (values: NewPasswordValues, username: string) => Problems {
  const { t } = useTranslation('forms');
  return ({ password, repeat }, username) => {
    const problem = passwordProblem(password, username);
    return {
      password: problem && t(`passwordProblem.${problem}`, { least: leastPasswordLength }),
      repeat: repeat === password ? undefined : t('notSame'),
    };
  };
}
