import type { Operation } from '@waterstrider/contract';
import { useTranslation } from 'react-i18next';
import { RelativeTime } from '../RelativeTime.tsx';
import { toStatusKind } from '../../ui/status.ts';
import { ProgressBar } from '../../ui/StatusBar.tsx';
import { StatusMark } from '../../ui/StatusMark.tsx';
import classes from './operate.module.css';
import { isRunning, useTaskTitle } from './tasks.ts';

interface TaskLineProps {
  operation: Operation;
  onOpen: (id: string) => void;
  /** Who and when, as a second line. */
  detailed?: boolean;
}

/** A task in a list: state, what, how far; opens it. */
export function TaskLine({ operation, onOpen, detailed = false }: TaskLineProps) {
  const { t } = useTranslation('tasks');
  const title = useTaskTitle()(operation);
  const { total, done, failed } = operation.progress;
  const running = isRunning(operation);
  const figure = t('progress.short', { done, total });
  return (
    <button type="button" className={classes.task} onClick={() => onOpen(operation.id)}>
      <span className={classes.taskHead}>
        <StatusMark kind={toStatusKind(operation.state)} label={t(`status:${operation.state}`)} />
        <span title={title}>{title}</span>
        <small>
          {running || failed > 0 || detailed ? (
            <>
              {figure}
              {failed > 0 && ` · ${t('progress.failed', { count: failed })}`}
            </>
          ) : (
            <RelativeTime at={operation.finishedAt ?? operation.startedAt} />
          )}
        </small>
      </span>
      {running && (
        <span className={classes.taskBar}>
          <ProgressBar total={total} done={done} failed={failed} label={t('progress.label', { done, total, failed })} />
        </span>
      )}
      {detailed && (
        <span className={classes.taskWho}>
          {operation.actor} · <RelativeTime at={operation.startedAt} />
        </span>
      )}
    </button>
  );
}
