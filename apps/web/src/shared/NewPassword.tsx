import { useTranslation } from 'react-i18next';
import { SecretInput } from '../ui/SecretInput.tsx';
import { StatusMark } from '../ui/StatusMark.tsx';
import classes from './NewPassword.module.css';
import { leastPasswordLength, passwordProblem } from '@waterstrider/contract/rules';
import { passwordStrength } from './password-strength.ts';

export interface NewPasswordValues {
  password: string;
  repeat: string;
}

interface NewPasswordProps {
  username: string;
  values: NewPasswordValues;
  onChange: (change: Partial<NewPasswordValues>) => void;
  onBlur: (field: 'password' | 'repeat') => void;
  problems: { password: string | undefined; repeat: string | undefined };
  /** Both fields in one row where there is room. */
  beside?: boolean;
  label?: string;
}

/** A new password, twice; says while one types whether it is long enough and whether both are the same. */
export function NewPassword(props: NewPasswordProps) {
  const { username, values, onChange, onBlur, problems, beside = false, label } = props;
  const { t } = useTranslation('forms');
  const { password, repeat } = values;
  const problem = passwordProblem(password, username);
  const isSame = repeat !== '' && repeat === password;
  const isLong = password.length >= leastPasswordLength;
  return (
    <div className={`${classes.fields} ${beside ? classes.beside : ''}`}>
      <div>
        <SecretInput
          label={label ?? t('password')}
          value={password}
          autoComplete="new-password"
          onChange={(text) => onChange({ password: text ?? '' })}
          onBlur={() => password !== '' && onBlur('password')}
          error={problems.password}
          {...hintOf(problem === undefined ? undefined : typingHint())}
        />
        {password !== '' && <Meter level={passwordStrength(password, username)} />}
        {problem === undefined && problems.password === undefined && (
          <p className={classes.ok} role="status">
            <StatusMark kind="ok" size={11} />
            {t(`strength.${passwordStrength(password, username)}`, { count: password.length })}
          </p>
        )}
      </div>
      <div>
        <SecretInput
          label={t('repeat')}
          value={repeat}
          autoComplete="new-password"
          onChange={(text) => onChange({ repeat: text ?? '' })}
          onBlur={() => repeat !== '' && onBlur('repeat')}
          error={problems.repeat}
        />
        {isSame && problems.repeat === undefined && (
          <p className={classes.ok} role="status">
            <StatusMark kind="ok" size={11} />
            {t('same')}
          </p>
        )}
      </div>
    </div>
  );

  function typingHint(): string {
    if (password === '') return t('passwordHint', { least: leastPasswordLength });
    return isLong && problem
      ? t(`passwordProblem.${problem}`)
      : t('soFar', { count: password.length, least: leastPasswordLength });
  }
}

const hintOf = (hint: string | undefined): { hint?: string } => (hint === undefined ? {} : { hint });

/** Three bars; the words beside them say the same. */
function Meter({ level }: { level: number }) {
  return (
    <div className={classes.meter} aria-hidden="true">
      {[1, 2, 3].map((step) => (
        <i key={step} data-on={level >= step || undefined} />
      ))}
    </div>
  );
}
