import { useNavigate } from '@tanstack/react-router';
import type { Cloud } from '@waterstrider/contract';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useRow } from '../../shared/query.ts';
import { LinkButton } from '../../ui/Button.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { Note } from '../../ui/Note.tsx';
import { ProviderBadge } from '../../ui/ProviderBadge.tsx';
import { ProgressBar } from '../../ui/StatusBar.tsx';
import { StatusMark } from '../../ui/StatusMark.tsx';
import type { StatusKind } from '../../ui/status.ts';
import { countByCloud } from './count-by-cloud.ts';
import type { CloudProgress } from './count-by-cloud.ts';
import classes from './Setup.module.css';

interface SimulatedProgressProps {
  operationId: string;
  namespace: string;
  clouds: Cloud[];
  nameOf: (provider: string) => string;
}

const moveOnMs = 1200;

/** How the verification of the simulated clouds goes, cloud by cloud; when all is well it goes on to the dashboard by itself. */
export function SimulatedProgress({ operationId, namespace, clouds, nameOf }: SimulatedProgressProps) {
  const { t } = useTranslation('setup');
  const navigate = useNavigate();
  const task = useRow('getOperation', { params: { operation: operationId } });
  const operation = task.data;
  const isDone = operation?.state === 'succeeded';
  const isEnded = operation?.finishedAt !== undefined;

  useEffect(() => {
    if (!isDone) return;
    const timer = setTimeout(() => void navigate({ to: '/ns/$ns', params: { ns: namespace } }), moveOnMs);
    return () => clearTimeout(timer);
  }, [isDone, namespace, navigate]);

  const { total = 0, done = 0, failed = 0 } = operation?.progress ?? {};
  const counts = countByCloud(
    operation?.items ?? [],
    clouds.map(({ provider }) => provider),
  );
  const title = isDone ? t('progress.done') : isEnded ? t('progress.partly') : t('progress.running');
  return (
    <div className={classes.progress}>
      <h3 role="status">{title}</h3>
      <ProgressBar total={total} done={done} failed={failed} label={title} />
      <p className="dim">{t('progress.count', { done: done + failed, total })}</p>
      {task.error !== null && <ErrorState error={task.error} onRetry={() => void task.refetch()} />}
      <ul className={classes.clouds}>
        {counts.map((count) => (
          <li key={count.provider}>
            <StatusMark kind={kindOf(count)} />
            <ProviderBadge provider={count.provider} name={nameOf(count.provider)} />
            <b>{nameOf(count.provider)}</b>
            <span className={classes.count}>
              {count.done}/{count.total}
            </span>
          </li>
        ))}
      </ul>
      {failed > 0 && isEnded && <Note kind="warn">{t('progress.failed', { count: failed })}</Note>}
      <div className={classes.buttons}>
        <LinkButton to="/ns/$ns/mcis/new" params={{ ns: namespace }} kind="primary">
          {t('progress.create')}
        </LinkButton>
        <LinkButton to="/ns/$ns" params={{ ns: namespace }}>
          {t('progress.dashboard')}
        </LinkButton>
      </div>
    </div>
  );
}

function kindOf({ total, done, failed }: CloudProgress): StatusKind {
  if (failed > 0) return 'fail';
  return done === total ? 'ok' : 'move';
}
