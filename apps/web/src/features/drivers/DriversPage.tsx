import type { Driver } from '@waterstrider/contract';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useRow } from '../../shared/query.ts';
import { useListState } from '../../shared/use-list-state.ts';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { ProviderBadge } from '../../ui/ProviderBadge.tsx';
import type { Column } from '../../ui/table/column.ts';
import { DataTable } from '../../ui/table/DataTable.tsx';
import { CloudSystems } from './CloudSystems.tsx';
import classes from './Drivers.module.css';
import { localSource } from './local-source.ts';

/** What speaks to each cloud, and what it can do. */
export function DriversPage() {
  const { t, i18n } = useTranslation('drivers');
  const state = useListState({ sort: 'name' });
  const { data, error, isPending, refetch } = useRow('listDrivers', {});
  const language = i18n.language === 'ko' ? 'ko' : 'en';
  const source = localSource(
    {
      rows: [...(data?.items ?? [])],
      texts: (row) => [row.name, row.provider, row.displayName.en, row.displayName.ko, ...row.capabilities],
      value: valueOf,
      loading: isPending,
      error,
      retry: () => void refetch(),
    },
    state,
  );
  const columns = useColumns(language);
  const hasFrameworks = useRow('getAbout', {}).data?.platform === 'cloud-barista';
  return (
    <>
      <PageHeader title={t('title')} meta={t('text')} />
      <DataTable
        id="drivers"
        label={t('title')}
        source={source}
        state={state}
        columns={columns}
        rowKey={(row) => row.provider}
        rowName={(row) => row.name}
        searchLabel={t('search')}
        filters={[
          {
            key: 'kind',
            label: t('column.kind'),
            options: [
              { value: 'simulated', label: t('simulated') },
              { value: 'real', label: t('real') },
            ],
          },
        ]}
      />
      {hasFrameworks && <CloudSystems />}
    </>
  );
}

function valueOf(row: Driver, key: string): string | number {
  if (key === 'kind') return row.simulated ? 'simulated' : 'real';
  if (key === 'connections') return row.connections;
  return key === 'provider' ? row.provider : row.name;
}

function useColumns(language: 'en' | 'ko'): Column<Driver>[] {
  const { t } = useTranslation('drivers');
  return useMemo(
    (): Column<Driver>[] => [
      {
        id: 'name',
        header: t('column.name'),
        cell: (row) => <span lang="en">{row.name}</span>,
        text: (row) => row.name,
        sortKey: 'name',
        width: 210,
        essential: true,
      },
      {
        id: 'provider',
        header: t('column.provider'),
        cell: (row) => (
          <span className={classes.cloud} title={row.displayName[language]}>
            <ProviderBadge provider={row.provider} name={row.displayName[language]} />
            <span aria-hidden="true">{row.displayName[language]}</span>
          </span>
        ),
        text: (row) => row.displayName[language],
        sortKey: 'provider',
        width: 210,
      },
      {
        id: 'kind',
        header: t('column.kind'),
        cell: (row) => t(row.simulated ? 'simulated' : 'real'),
        text: (row) => t(row.simulated ? 'simulated' : 'real'),
        sortKey: 'kind',
        width: 100,
        essential: true,
      },
      {
        id: 'version',
        header: t('column.version'),
        cell: (row) => <code>{row.version}</code>,
        text: (row) => row.version,
        width: 120,
      },
      {
        id: 'capabilities',
        header: t('column.capabilities'),
        cell: (row) => <Capabilities names={row.capabilities} />,
        text: (row) => row.capabilities.join(' '),
        width: 330,
        grow: true,
      },
      {
        id: 'connections',
        header: t('column.connections'),
        cell: (row) => (
          <Link
            to="/settings/connections"
            search={{ filter: `provider:${row.provider}` }}
            className="link"
            title={t('connectionsOf', { name: row.name, count: row.connections })}
          >
            {row.connections}
          </Link>
        ),
        text: (row) => row.connections,
        sortKey: 'connections',
        align: 'right',
        width: 110,
      },
    ],
    [t, language],
  );
}

/** Said as one where a driver has them all. */
const lifecycle = ['suspend', 'resume', 'reboot', 'terminate'];

function Capabilities({ names }: { names: string[] }) {
  const { t } = useTranslation('drivers');
  const wordsOf = (list: string[]) => list.map((name) => t(`capability.${name}`, { defaultValue: name }));
  const hasAll = lifecycle.every((action) => names.includes(action));
  const short = hasAll
    ? [...wordsOf(names.filter((name) => !lifecycle.includes(name))), t('allActions')]
    : wordsOf(names);
  return (
    <span className={classes.capabilities} title={wordsOf(names).join(', ')}>
      {short.join(', ')}
    </span>
  );
}
