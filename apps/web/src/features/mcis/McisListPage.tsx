import type { Infra } from '@waterstrider/contract';
import { infraStatuses } from '@waterstrider/contract/rules';
import { IconPlus } from '@tabler/icons-react';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useList } from '../../shared/list.ts';
import { LiveMark } from '../../shared/LiveMark.tsx';
import { useRow } from '../../shared/query.ts';
import { useListState } from '../../shared/use-list-state.ts';
import { ActionMenu } from '../../ui/ActionMenu.tsx';
import { LinkButton } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import type { FilterDefinition } from '../../ui/filter-definition.ts';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { providerName } from '../../ui/provider.ts';
import { DataTable } from '../../ui/table/DataTable.tsx';
import { useInfraColumns } from './infra-columns.tsx';
import { InfraBulkActions } from '../../shared/operate/BulkActions.tsx';
import { useActions } from '../../shared/operate/use-actions.ts';
import { useLifecycle } from '../../shared/operate/use-lifecycle.tsx';

/** Every MCIS of the namespace. */
export function McisListPage() {
  const { t } = useTranslation('mcis');
  const { ns = '' } = useParams({ strict: false });
  const navigate = useNavigate();
  const state = useListState({ sort: 'name' });
  const source = useList('listInfra', { params: { ns }, query: state.query });
  const columns = useInfraColumns();
  const filters = useFilters(ns);
  const { run, dialog } = useLifecycle(ns);
  const actions = useActions(ns, run);
  const addressOf = (infra: Infra) => `/ns/${encodeURIComponent(ns)}/mcis/${encodeURIComponent(infra.name)}`;
  const menu = (infra: Infra) => [
    { key: 'open', label: t('open'), onSelect: () => void navigate({ to: addressOf(infra) }) },
    ...actions.infra(infra),
    ...actions.infraMore(infra),
  ];
  const create = actions.isViewer ? null : (
    <LinkButton to="/ns/$ns/mcis/new" params={{ ns }} kind="primary" icon={<IconPlus size={15} stroke={1.6} />}>
      {t('common:nav.newMcis')}
    </LinkButton>
  );
  return (
    <>
      <PageHeader title={t('title')} live={<LiveMark />} actions={create} />
      <DataTable
        id="mcis"
        label={t('title')}
        source={source}
        state={state}
        columns={columns}
        rowKey={(infra) => infra.id}
        rowName={(infra) => infra.name}
        rowTo={addressOf}
        filters={filters}
        searchLabel={t('search.label')}
        searchPlaceholder={t('search.placeholder')}
        rowActions={(infra) => (
          <ActionMenu label={t('common:action.actionsFor', { name: infra.name })} actions={menu(infra)} />
        )}
        bulk={(infras, done) => <InfraBulkActions infras={infras} run={run} done={done} isViewer={actions.isViewer} />}
        empty={<EmptyState reason={t('empty')} action={create} />}
      />
      {dialog}
    </>
  );
}

/** Filters with the values that occur in the namespace. */
function useFilters(ns: string): FilterDefinition[] {
  const { t } = useTranslation('mcis');
  const { data } = useRow('getNsOverview', { params: { ns } });
  const providers = data?.providers;
  const regions = data?.regions;
  return useMemo(
    () => [
      {
        key: 'status',
        label: t('column.status'),
        options: infraStatuses.map((value) => ({ value, label: t(`status:${value}`) })),
      },
      {
        key: 'provider',
        label: t('column.clouds'),
        options: (providers ?? []).map(({ provider }) => ({ value: provider, label: providerName(provider) })),
      },
      {
        key: 'region',
        label: t('column.regions'),
        options: [...new Set((regions ?? []).map(({ region }) => region))]
          .sort()
          .map((value) => ({ value, label: value })),
      },
      { key: 'label', label: t('column.labels') },
    ],
    [t, providers, regions],
  );
}
