import type { Operation } from '@waterstrider/contract';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useDrawer } from '../../shared/use-drawer.ts';
import { Box, CountPill } from '../../ui/Box.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import type { TableSource } from '../../ui/table/table-source.ts';
import { TaskLine } from '../../shared/operate/TaskLine.tsx';
import { isRunning } from '../../shared/operate/tasks.ts';
import classes from './dashboard.module.css';

const least = 3;
const most = 5;

/** Tasks under way with their progress, filled up with the last ones. */
export function TasksBox({ ns, list }: { ns: string; list: TableSource<Operation> }) {
  const { t } = useTranslation('dashboard');
  const drawer = useDrawer('tasks');
  const running = list.rows.filter(isRunning);
  const ended = list.rows.filter((operation) => !isRunning(operation));
  const shown = [...running.slice(0, most), ...ended.slice(0, Math.max(0, least - running.length))];
  return (
    <Box
      title={t('tasks.title')}
      mark={running.length > 0 && <CountPill count={running.length} />}
      padded={false}
      className={classes.tasks ?? ''}
      actions={
        <Link to="/ns/$ns/tasks" params={{ ns }} className="link sm">
          {t('tasks.all')}
        </Link>
      }
    >
      {list.error !== undefined && <ErrorState error={list.error} onRetry={list.retry} />}
      {!list.loading && list.error === undefined && shown.length === 0 && (
        <p className={classes.calm}>{t('tasks.none')}</p>
      )}
      {shown.map((operation) => (
        <TaskLine key={operation.id} operation={operation} onOpen={drawer.open} />
      ))}
    </Box>
  );
}
