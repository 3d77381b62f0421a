import type { Operation } from '@waterstrider/contract';
import { useParams } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../shared/format.ts';
import { useList } from '../../shared/list.ts';
import { LiveMark } from '../../shared/LiveMark.tsx';
import { RelativeTime } from '../../shared/RelativeTime.tsx';
import { useDrawer } from '../../shared/use-drawer.ts';
import { useListState } from '../../shared/use-list-state.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import type { FilterDefinition } from '../../ui/filter-definition.ts';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import { ProgressBar } from '../../ui/StatusBar.tsx';
import type { Column } from '../../ui/table/column.ts';
import { DataTable } from '../../ui/table/DataTable.tsx';
import { elapsedMs, isRunning, useTaskTitle } from '../../shared/operate/tasks.ts';
import classes from './tasks.module.css';
import { kinds, states } from './task-words.ts';

/** Every task of the namespace, newest first; one opens in the drawer. */
export function TasksPage() {
  const { t } = useTranslation('tasks');
  const { ns = '' } = useParams({ strict: false });
  const drawer = useDrawer('tasks');
  const state = useListState({ sort: '-startedAt' });
  const source = useList('listOperations', { query: { ...state.query, ns } });
  const titleOf = useTaskTitle();
  const columns = useColumns();
  const filters = useMemo(
    (): FilterDefinition[] => [
      {
        key: 'state',
        label: t('column.state'),
        options: states.map((value) => ({ value, label: t(`status:${value}`) })),
      },
      { key: 'kind', label: t('column.kind'), options: kinds.map((value) => ({ value, label: t(`kind.${value}`) })) },
      { key: 'target', label: t('column.target') },
    ],
    [t],
  );
  return (
    <>
      <PageHeader title={t('page')} live={<LiveMark />} />
      <DataTable
        id="tasks"
        label={t('page')}
        source={source}
        state={state}
        columns={columns}
        rowKey={(operation) => operation.id}
        rowName={titleOf}
        onOpen={(operation) => drawer.open(operation.id)}
        filters={filters}
        searchLabel={t('search.label')}
        searchPlaceholder={t('search.placeholder')}
        subLine={(operation) =>
          operation.error && (
            <span className={classes.words} lang="en">
              <code>{operation.error.code}</code> {operation.error.message}
            </span>
          )
        }
        empty={<EmptyState reason={t('none')} />}
      />
    </>
  );
}

function useColumns(): Column<Operation>[] {
  const { t } = useTranslation('tasks');
  const format = useFormat();
  const titleOf = useTaskTitle();
  const drawer = useDrawer('tasks');
  const { open } = drawer;
  const { language } = format;
  return useMemo(
    () => [
      {
        id: 'title',
        header: t('column.title'),
        width: 240,
        text: titleOf,
        cell: (operation) => (
          <button type="button" className={classes.title} title={titleOf(operation)} onClick={() => open(operation.id)}>
            {titleOf(operation)}
          </button>
        ),
      },
      {
        id: 'state',
        header: t('column.state'),
        width: 124,
        locked: true,
        essential: true,
        text: (operation) => operation.state,
        flash: (operation) => operation.state,
        cell: (operation) => <StatusBadge status={operation.state} />,
      },
      {
        id: 'progress',
        header: t('column.progress'),
        width: 150,
        text: ({ progress }) => `${progress.done}/${progress.total}`,
        cell: ({ progress }) => (
          <span className={classes.progress}>
            <ProgressBar {...progress} label={t('progress.label', { ...progress })} />
            <span>{t('progress.short', { ...progress })}</span>
          </span>
        ),
      },
      {
        id: 'failed',
        header: t('column.failed'),
        width: 76,
        align: 'right',
        text: ({ progress }) => progress.failed,
        cell: ({ progress }) => (progress.failed > 0 ? <b className={classes.bad}>{progress.failed}</b> : 0),
      },
      { id: 'actor', header: t('column.actor'), width: 120, text: ({ actor }) => actor, cell: ({ actor }) => actor },
      {
        id: 'startedAt',
        header: t('column.startedAt'),
        width: 124,
        sortKey: 'startedAt',
        text: ({ startedAt }) => startedAt,
        cell: ({ startedAt }) => <RelativeTime at={startedAt} />,
      },
      {
        id: 'finishedAt',
        header: t('column.finishedAt'),
        width: 124,
        hidden: true,
        sortKey: 'finishedAt',
        text: ({ finishedAt }) => finishedAt,
        cell: ({ finishedAt }) => <RelativeTime at={finishedAt} />,
      },
      {
        id: 'took',
        header: t('column.took'),
        width: 110,
        align: 'right',
        text: (operation) => (isRunning(operation) ? undefined : Math.round(elapsedMs(operation, 0) / 1000)),
        cell: (operation) => (isRunning(operation) ? '' : format.duration(elapsedMs(operation, 0))),
      },
    ],
    // titleOf and format are made anew each time, from the language
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [t, language, open],
  );
}
