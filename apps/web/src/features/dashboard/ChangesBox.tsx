import type { Operation } from '@waterstrider/contract';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../shared/format.ts';
import { Box } from '../../ui/Box.tsx';
import { toStatusKind } from '../../ui/status.ts';
import { StatusMark } from '../../ui/StatusMark.tsx';
import { useTaskTitle } from '../../shared/operate/tasks.ts';
import { latestChanges } from './attention.ts';
import classes from './dashboard.module.css';

const count = 7;

/** What people changed last, and how it ended. */
export function ChangesBox({ operations }: { operations: Operation[] }) {
  const { t } = useTranslation('dashboard');
  const format = useFormat();
  const titleOf = useTaskTitle();
  const changes = useMemo(() => latestChanges(operations, count), [operations]);
  if (changes.length === 0) return null;
  return (
    <Box title={t('changes.title')} padded={false} className={classes.changes ?? ''}>
      <ol>
        {changes.map(({ key, at, operation, ended }) => (
          <li key={key}>
            <time dateTime={at} title={format.full(at)}>
              {format.dateTime(at)}
            </time>
            <div>
              <p title={titleOf(operation)}>
                <b>{titleOf(operation)}</b>
              </p>
              <p className={classes.why}>
                <StatusMark kind={toStatusKind(operation.state)} size={11} />
                <span>
                  {ended
                    ? t(`changes.${operation.state}`, { ...operation.progress, count: operation.progress.total })
                    : t('changes.started', { count: operation.progress.total })}
                  {', '}
                  {operation.actor}
                </span>
              </p>
            </div>
          </li>
        ))}
      </ol>
    </Box>
  );
}
