import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../shared/api.ts';
import { ApiError } from '../../shared/api-error.ts';
import { NewPassword } from '../../shared/NewPassword.tsx';
import { sessionQuery } from '../../shared/session.ts';
import { useForm } from '../../shared/use-form.ts';
import { useNewPasswordCheck } from '../../shared/use-new-password.ts';
import { Button, LinkButton } from '../../ui/Button.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { TextField } from '../../ui/TextField.tsx';
import classes from './Setup.module.css';
import { StepHead } from './StepHead.tsx';

const firstAdmin = 'admin';

/** The password of `admin`; from another machine with the one-time code that the server printed. */
export function PasswordStep({ codeNeeded }: { codeNeeded: boolean }) {
  const { t } = useTranslation('setup');
  const client = useQueryClient();
  const check = useNewPasswordCheck();
  const form = useForm({
    initial: { password: '', repeat: '', code: '' },
    fields: ['password', 'code'],
    check: (values) => ({
      ...check(values, firstAdmin),
      code: codeNeeded && values.code.trim() === '' ? t('code.needed') : undefined,
    }),
    send: async ({ password, code }) => {
      const body = codeNeeded ? { password, code: code.trim() } : { password };
      client.setQueryData(sessionQuery().queryKey, await api('completeSetup', { body }));
    },
  });
  const { failure } = form;
  const code = failure instanceof ApiError ? failure.code : undefined;
  const wrongCode = code === 'setup_code' ? t('code.wrong') : undefined;
  return (
    <section className={classes.step} aria-labelledby="setup-password">
      <StepHead
        id="setup-password"
        number={1}
        state="now"
        title={t('password.title', { name: firstAdmin })}
        text={t('password.text')}
      />
      <form {...form.props} className={classes.form}>
        {/* For password managers. */}
        <input type="text" name="username" autoComplete="username" value={firstAdmin} readOnly hidden />
        <NewPassword
          beside
          username={firstAdmin}
          values={form.values}
          onChange={form.set}
          onBlur={form.visit}
          problems={{ password: form.problem('password'), repeat: form.problem('repeat') }}
        />
        {codeNeeded && (
          <div className={classes.code}>
            <TextField
              mono
              label={t('code.label')}
              placeholder="XXXX-XXXX-XXXX"
              value={form.values.code}
              onChange={(text) => form.set({ code: text })}
              onBlur={() => form.visit('code')}
              autoComplete="one-time-code"
              autoCapitalize="characters"
              spellCheck={false}
              hint={t('code.hint')}
              error={form.problem('code') ?? wrongCode}
            />
          </div>
        )}
        {failure !== undefined && wrongCode === undefined && <ErrorState error={failure} />}
        {code === 'setup_done' && (
          <div>
            <LinkButton to="/login">{t('signIn')}</LinkButton>
          </div>
        )}
        <Button type="submit" kind="primary" className={classes.action ?? ''} busy={form.busy}>
          {t('password.submit')}
        </Button>
      </form>
    </section>
  );
}
