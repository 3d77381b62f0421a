import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { startLive } from '../../shared/live.ts';
import { rowQuery } from '../../shared/query.ts';
import { sessionQuery } from '../../shared/session.ts';
import { WelcomeLayout } from '../../shared/WelcomeLayout.tsx';
import { SkeletonRows } from '../../ui/Skeleton.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { Doors } from './Doors.tsx';
import { PasswordStep } from './PasswordStep.tsx';
import classes from './Setup.module.css';
import { StepHead } from './StepHead.tsx';

/** First run: the admin's password, then where the servers come from. An admin without a namespace comes back to the second step. */
export function SetupPage() {
  const { t } = useTranslation('setup');
  const client = useQueryClient();
  // Only what is known: asking would be refused before the first step.
  const session = useQuery({ ...sessionQuery(), enabled: false }).data;
  const setup = useQuery({ ...rowQuery('getSetup'), enabled: session === undefined });
  const isSignedIn = session !== undefined;
  useEffect(() => (isSignedIn ? startLive(client, undefined) : undefined), [client, isSignedIn]);
  return (
    <WelcomeLayout title={t('title')}>
      <h1 className="visually-hidden">{t('title')}</h1>
      {isSignedIn ? (
        <section className={classes.step}>
          <StepHead number={1} state="done" title={t('password.done', { name: session.username })} />
        </section>
      ) : setup.error ? (
        <ErrorState error={setup.error} onRetry={() => void setup.refetch()} />
      ) : setup.data ? (
        <PasswordStep codeNeeded={setup.data.codeNeeded} />
      ) : (
        <SkeletonRows rows={3} />
      )}
      <section className={classes.step} aria-labelledby="setup-doors">
        <StepHead
          id="setup-doors"
          number={2}
          state={isSignedIn ? 'now' : 'later'}
          title={t('doors.title')}
          text={t(isSignedIn ? 'doors.text' : 'doors.later')}
        />
        {isSignedIn && <Doors />}
      </section>
    </WelcomeLayout>
  );
}
