import { IconPlus } from '@tabler/icons-react';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useList } from '../../shared/list.ts';
import { LiveMark } from '../../shared/LiveMark.tsx';
import { useRow } from '../../shared/query.ts';
import { useRole } from '../../shared/session.ts';
import { LinkButton } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { useAutoRefresh } from '../../ui/table/use-auto-refresh.ts';
import { AttentionBox } from './AttentionBox.tsx';
import { ChangesBox } from './ChangesBox.tsx';
import classes from './dashboard.module.css';
import { McisCards } from './McisCards.tsx';
import { OverviewStrip } from './OverviewStrip.tsx';
import { TasksBox } from './TasksBox.tsx';

/** The namespace at a glance: counts, cost, every MCIS as a card, what needs a person, what goes on. */
export function DashboardPage() {
  const { t } = useTranslation('dashboard');
  const { ns = '' } = useParams({ strict: false });
  const { data: overview, error, refetch } = useRow('getNsOverview', { params: { ns } });
  const isViewer = useRole(ns) === 'viewer';
  const tasks = useList('listOperations', { query: { ns, sort: '-startedAt' }, limit: 50 });
  useAutoRefresh(tasks);
  const isBare = overview !== undefined && overview.connections.total === 0 && overview.infras.total === 0;
  return (
    <>
      <PageHeader
        title={t('title')}
        live={<LiveMark />}
        actions={
          !isBare &&
          !isViewer && (
            <LinkButton
              to="/ns/$ns/mcis/new"
              params={{ ns }}
              kind="primary"
              icon={<IconPlus size={15} stroke={1.6} aria-hidden="true" />}
            >
              {t('common:nav.newMcis')}
            </LinkButton>
          )
        }
      />
      {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
      {isBare ? (
        <EmptyState
          reason={t('empty.connections')}
          action={
            <LinkButton to="/settings/connections" kind="primary">
              {t('empty.connect')}
            </LinkButton>
          }
        />
      ) : (
        <>
          <OverviewStrip ns={ns} overview={overview} />
          <div className={classes.grid}>
            <div className={classes.main}>
              {/* The map of places goes here, above the cards. */}
              <McisCards key={ns} ns={ns} isViewer={isViewer} />
            </div>
            <aside className={classes.side} aria-label={t('side')}>
              <AttentionBox ns={ns} operations={tasks.rows} />
              <TasksBox ns={ns} list={tasks} />
              <ChangesBox operations={tasks.rows} />
            </aside>
          </div>
        </>
      )}
    </>
  );
}
