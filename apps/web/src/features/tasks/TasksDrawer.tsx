import type { Operation } from '@waterstrider/contract';
import { Link, useParams } from '@tanstack/react-router';
import { IconArrowLeft } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useList } from '../../shared/list.ts';
import { useDrawer } from '../../shared/use-drawer.ts';
import { IconButton } from '../../ui/Button.tsx';
import { CountPill } from '../../ui/Box.tsx';
import { Drawer } from '../../ui/Drawer.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { SkeletonRows } from '../../ui/Skeleton.tsx';
import { toStatusKind } from '../../ui/status.ts';
import { StatusMark } from '../../ui/StatusMark.tsx';
import { useAutoRefresh } from '../../ui/table/use-auto-refresh.ts';
import { TaskLine } from '../../shared/operate/TaskLine.tsx';
import { useTaskTitle } from '../../shared/operate/tasks.ts';
import { splitTasks } from './task-items.ts';
import { TaskDetail, TaskFoot } from './TaskDetail.tsx';
import classes from './tasks.module.css';
import { useTask } from './use-task.ts';

interface TasksDrawerProps {
  /** The task shown; without it the list. */
  operationId: string | undefined;
  onClose: () => void;
}

/** Tasks beside the page: the running ones first; one opens item by item. */
export function TasksDrawer({ operationId, onClose }: TasksDrawerProps) {
  const { ns } = useParams({ strict: false });
  const list = useList('listOperations', { query: { sort: '-startedAt', ...(ns ? { ns } : {}) }, limit: 50 });
  useAutoRefresh(list);
  if (operationId === undefined) return <TaskList ns={ns} list={list} onClose={onClose} />;
  const listed = list.rows.find(({ id }) => id === operationId);
  return <OneTask key={operationId} id={operationId} listed={listed} onClose={onClose} />;
}

function TaskList({
  ns,
  list,
  onClose,
}: {
  ns: string | undefined;
  list: ReturnType<typeof useList<'listOperations'>>;
  onClose: () => void;
}) {
  const { t } = useTranslation('tasks');
  const drawer = useDrawer('tasks');
  const { running, ended } = splitTasks(list.rows);
  const line = (operation: Operation) => (
    <TaskLine key={operation.id} operation={operation} detailed onOpen={drawer.open} />
  );
  return (
    <Drawer
      title={t('page')}
      mark={running.length > 0 ? <CountPill count={running.length} /> : undefined}
      onClose={onClose}
      foot={
        ns && (
          <Link to="/ns/$ns/tasks" params={{ ns }} className="link">
            {t('all')}
          </Link>
        )
      }
    >
      {list.error !== undefined && <ErrorState error={list.error} onRetry={list.retry} />}
      {list.loading && <SkeletonRows />}
      {!list.loading && list.error === undefined && list.rows.length === 0 && <EmptyState reason={t('none')} />}
      {running.map(line)}
      {ended.length > 0 && (
        <section className={classes.earlier}>
          <h3>{t('earlier')}</h3>
          {ended.map(line)}
        </section>
      )}
    </Drawer>
  );
}

function OneTask({ id, listed, onClose }: { id: string; listed: Operation | undefined; onClose: () => void }) {
  const { t } = useTranslation('tasks');
  const drawer = useDrawer('tasks');
  const titleOf = useTaskTitle();
  const { data, error, refetch } = useTask(id, listed);
  // The list hears of progress before the items are loaded again.
  const operation = data && { ...data, ...listed, items: data.items };
  return (
    <Drawer
      title={operation ? titleOf(operation) : t('task')}
      mark={
        operation && (
          <StatusMark kind={toStatusKind(operation.state)} size={14} label={t(`status:${operation.state}`)} />
        )
      }
      actions={
        <IconButton label={t('back')} icon={<IconArrowLeft size={16} stroke={1.6} />} onClick={() => drawer.open()} />
      }
      foot={
        operation &&
        (operation.canRetry || operation.canCancel) && (
          <TaskFoot operation={operation} onChanged={() => void refetch()} />
        )
      }
      onClose={onClose}
    >
      {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
      {!operation && !error && <SkeletonRows />}
      {operation && <TaskDetail operation={operation} />}
    </Drawer>
  );
}
