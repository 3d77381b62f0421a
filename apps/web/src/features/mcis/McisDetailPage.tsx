import type { Infra } from '@waterstrider/contract';
import { useParams, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../shared/api-error.ts';
import { useList } from '../../shared/list.ts';
import { useRow } from '../../shared/query.ts';
import { LinkButton } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { LinkTabs } from '../../ui/LinkTabs.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { SkeletonRows } from '../../ui/Skeleton.tsx';
import { useAutoRefresh } from '../../ui/table/use-auto-refresh.ts';
import { AccessTab } from './AccessTab.tsx';
import { DetailsTab } from './DetailsTab.tsx';
import { GroupsTab } from './GroupsTab.tsx';
import { McisHeader } from './McisHeader.tsx';
import { McisTasksTab, taskQuery } from './McisTasksTab.tsx';
import { ServersTable } from '../../shared/operate/ServersTable.tsx';
import { StatusChips } from './StatusChips.tsx';

const tabs = ['servers', 'groups', 'access', 'tasks', 'details'] as const;
type Tab = (typeof tabs)[number];

/** One MCIS: its state, what can be done to it, its servers, groups, resources and tasks. */
export function McisDetailPage() {
  const { t } = useTranslation('mcis');
  const { ns = '', infra: name = '' } = useParams({ strict: false });
  const { data: infra, error, refetch } = useRow('getInfra', { params: { ns, infra: name } });
  const crumbs = [{ label: t('title'), to: `/ns/${encodeURIComponent(ns)}/mcis` }];
  if (error instanceof ApiError && error.status === 404)
    return (
      <>
        <PageHeader title={name} crumbs={crumbs} />
        <EmptyState
          reason={t('gone')}
          action={
            <LinkButton to="/ns/$ns/mcis" params={{ ns }}>
              {t('toList')}
            </LinkButton>
          }
        />
      </>
    );
  if (infra) return <Mcis ns={ns} infra={infra} crumbs={crumbs} />;
  return (
    <>
      <PageHeader title={name} crumbs={crumbs} />
      {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <SkeletonRows />}
    </>
  );
}

function Mcis({ ns, infra, crumbs }: { ns: string; infra: Infra; crumbs: { label: string; to: string }[] }) {
  const { t } = useTranslation('mcis');
  const search: { tab?: string } = useSearch({ strict: false });
  const tab: Tab = tabs.find((one) => one === search.tab) ?? 'servers';
  const tasks = useList('listOperations', { query: taskQuery(ns, infra), limit: 50 });
  useAutoRefresh(tasks);
  const counts: Partial<Record<Tab, number>> = {
    servers: infra.nodes,
    groups: infra.nodeGroups.length,
    ...(tasks.loading ? {} : { tasks: tasks.total }),
  };
  return (
    <>
      <McisHeader ns={ns} infra={infra} crumbs={crumbs} />
      <StatusChips infra={infra} />
      <LinkTabs
        label={t('tabs.label')}
        current={tab}
        tabs={tabs.map((key) => ({
          key,
          label: t(`tabs.${key}`),
          ...(counts[key] === undefined ? {} : { count: counts[key] }),
        }))}
      />
      {tab === 'servers' && (
        <ServersTable ns={ns} infras={[infra]} infra={infra} empty={<EmptyState reason={t('noServers')} />} />
      )}
      {tab === 'groups' && <GroupsTab ns={ns} infra={infra} />}
      {tab === 'access' && <AccessTab ns={ns} infra={infra} />}
      {tab === 'tasks' && <McisTasksTab list={tasks} />}
      {tab === 'details' && <DetailsTab key={infra.id} ns={ns} infra={infra} />}
    </>
  );
}
