import { useQueryClient } from '@tanstack/react-query';
import { useRouter, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../shared/api.ts';
import { ApiError } from '../../shared/api-error.ts';
import { namespacesQuery, sessionQuery } from '../../shared/session.ts';
import { WelcomeLayout } from '../../shared/WelcomeLayout.tsx';
import { Button } from '../../ui/Button.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { Note } from '../../ui/Note.tsx';
import { SecretInput } from '../../ui/SecretInput.tsx';
import { StatusMark } from '../../ui/StatusMark.tsx';
import { TextField } from '../../ui/TextField.tsx';
import classes from './Login.module.css';
import { useWait } from './use-wait.ts';

/** Sign in. `next` of the address is judged by the route's guard: a path of this site or nothing. */
export function LoginPage() {
  const { t } = useTranslation('auth');
  const { next }: { next?: string } = useSearch({ strict: false });
  const client = useQueryClient();
  // What a signed-in person had loaded is still there: the session ended under their hands.
  const [isExpired] = useState(() => client.getQueryData(namespacesQuery().queryKey) !== undefined);
  const form = useLogin();
  const { isWrong, failure, wait, username, password, busy } = form;
  return (
    <WelcomeLayout title={t('title')} narrow>
      <form ref={form.element} className={classes.form} noValidate onSubmit={(event) => void form.submit(event)}>
        <h1>{t('title')}</h1>
        {next !== undefined && <Note>{t(isExpired ? 'expired' : 'needed')}</Note>}
        <TextField
          label={t('username')}
          value={username}
          onChange={form.setUsername}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          name="username"
          autoFocus
          error={form.tried && username === '' ? t('usernameNeeded') : undefined}
        />
        <SecretInput
          label={t('password')}
          value={password}
          onChange={(text) => form.setPassword(text ?? '')}
          autoComplete="current-password"
          error={form.tried && password === '' ? t('passwordNeeded') : undefined}
        />
        {wait > 0 ? (
          <p className={classes.error} role="alert">
            <StatusMark kind="fail" />
            <span>{t('throttled')}</span>
          </p>
        ) : (
          isWrong && (
            <p className={classes.error} role="alert">
              <StatusMark kind="fail" />
              <span>{t('wrong')}</span>
            </p>
          )
        )}
        {failure !== undefined && <ErrorState error={failure} />}
        <Button type="submit" kind="primary" className={classes.submit ?? ''} busy={busy} disabled={wait > 0}>
          {wait > 0 ? t('wait', { count: wait }) : t('submit')}
        </Button>
      </form>
    </WelcomeLayout>
  );
}

function useLogin() {
  const client = useQueryClient();
  const router = useRouter();
  const { seconds: wait, start } = useWait();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [isWrong, setWrong] = useState(false);
  const [failure, setFailure] = useState<unknown>();
  const [element, setElement] = useState<HTMLFormElement | null>(null);

  const refuse = (error: unknown) => {
    const code = error instanceof ApiError ? error.code : undefined;
    if (error instanceof ApiError && code === 'throttled') start(error.details.retryAfterSeconds ?? 1);
    else if (code === 'wrong_credentials') setWrong(true);
    else setFailure(error);
    element?.querySelector<HTMLInputElement>('input[autocomplete="current-password"]')?.select();
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (busy || wait > 0 || username === '' || password === '') {
      element?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
      return;
    }
    setBusy(true);
    setWrong(false);
    setFailure(undefined);
    try {
      const session = await api('createSession', { body: { username: username.trim(), password } });
      // Nothing that somebody else had loaded may be seen.
      client.clear();
      client.setQueryData(sessionQuery().queryKey, session);
      await router.invalidate();
    } catch (error) {
      refuse(error);
    } finally {
      setBusy(false);
    }
  };
  return {
    username,
    setUsername,
    password,
    setPassword,
    tried,
    busy,
    isWrong,
    failure,
    wait,
    submit,
    element: setElement,
  };
}
