import { useTranslation } from 'react-i18next';
import { ApiError } from '../../shared/api-error.ts';
import { NewPassword } from '../../shared/NewPassword.tsx';
import { notifyDone } from '../../shared/notices.ts';
import { useAction } from '../../shared/query.ts';
import { useSession } from '../../shared/session.ts';
import { useForm } from '../../shared/use-form.ts';
import { useNewPasswordCheck } from '../../shared/use-new-password.ts';
import { Box } from '../../ui/Box.tsx';
import { Button } from '../../ui/Button.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { SecretInput } from '../../ui/SecretInput.tsx';
import classes from './Account.module.css';

const empty = { current: '', password: '', repeat: '' };

/** Changes one's own password. */
export function PasswordTab() {
  const { t } = useTranslation(['account', 'forms']);
  const { username } = useSession();
  const check = useNewPasswordCheck();
  const change = useAction('changePassword');
  const form = useForm({
    initial: empty,
    fields: ['current', 'next'],
    check: (values) => ({
      current: values.current === '' ? t('password.currentNeeded') : undefined,
      ...check(values, username),
    }),
    send: async ({ current, password }) => {
      await change.mutateAsync({ body: { current, next: password } });
      form.reset();
      void notifyDone(t('password.done'));
    },
  });
  const { failure, values } = form;
  const isWrong = failure instanceof ApiError && failure.code === 'wrong_credentials';
  return (
    <Box>
      <form {...form.props} className={classes.form}>
        <input type="text" name="username" autoComplete="username" value={username} readOnly hidden />
        <SecretInput
          label={t('password.current')}
          value={values.current}
          onChange={(text) => form.set({ current: text ?? '' })}
          autoComplete="current-password"
          error={form.problem('current') ?? (isWrong ? t('password.wrong') : undefined)}
        />
        <NewPassword
          label={t('forms:newPassword')}
          username={username}
          values={values}
          onChange={(change) => form.set(change, 'password' in change ? 'next' : 'repeat')}
          onBlur={form.visit}
          problems={{ password: form.problem('password') ?? form.problem('next'), repeat: form.problem('repeat') }}
        />
        <p className="dim sm">{t('password.text')}</p>
        {failure !== undefined && !isWrong && <ErrorState error={failure} />}
        <Button type="submit" kind="primary" className={classes.submit ?? ''} busy={form.busy}>
          {t('password.submit')}
        </Button>
      </form>
    </Box>
  );
}
