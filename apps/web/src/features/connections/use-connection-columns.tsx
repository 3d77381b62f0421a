import type { Connection } from '@waterstrider/contract';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { RelativeTime } from '../../shared/RelativeTime.tsx';
import { ProviderBadge } from '../../ui/ProviderBadge.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import type { Column } from '../../ui/table/column.ts';
import { MiddleEllipsis } from '../../ui/Text.tsx';
import classes from './Connections.module.css';

/** Columns of the connections; the place is region name and provider, its code stands beside where there is room. */
export function useConnectionColumns(nameOf: (provider: string) => string): Column<Connection>[] {
  const { t } = useTranslation('connections');
  return useMemo(
    (): Column<Connection>[] => [
      {
        id: 'name',
        header: t('column.name'),
        cell: (row) => row.name,
        text: (row) => row.name,
        sortKey: 'name',
        width: 190,
        essential: true,
      },
      {
        id: 'place',
        header: t('column.place'),
        cell: (row) => (
          <span className={classes.place} title={`${nameOf(row.provider)}, ${row.regionName}`}>
            <ProviderBadge provider={row.provider} name={nameOf(row.provider)} />
            <span lang="en">{row.regionName}</span>
          </span>
        ),
        text: (row) => `${nameOf(row.provider)}, ${row.regionName}`,
        sortKey: 'provider',
        width: 200,
      },
      {
        id: 'region',
        header: t('column.region'),
        cell: (row) => <MiddleEllipsis text={row.region} />,
        text: (row) => row.region,
        sortKey: 'region',
        width: 130,
      },
      {
        id: 'state',
        header: t('column.state'),
        cell: (row) => <State connection={row} />,
        text: (row) => row.state,
        sortKey: 'state',
        width: 110,
        locked: true,
        essential: true,
        flash: (row) => row.state,
      },
      {
        id: 'verified',
        header: t('column.verified'),
        cell: (row) => <RelativeTime at={row.verifiedAt} />,
        text: (row) => row.verifiedAt,
        sortKey: 'verifiedAt',
        width: 104,
      },
      {
        id: 'nodes',
        header: t('column.servers'),
        cell: (row) => row.nodes,
        text: (row) => row.nodes,
        sortKey: 'nodes',
        align: 'right',
        width: 84,
      },
      {
        id: 'unknown',
        header: t('column.unknown'),
        cell: (row) => row.unknownServers,
        text: (row) => row.unknownServers,
        align: 'right',
        width: 96,
      },
      {
        id: 'zones',
        header: t('column.zones'),
        cell: (row) => <span title={row.zones.join(', ')}>{row.zones.length}</span>,
        text: (row) => row.zones.join(' '),
        align: 'right',
        width: 70,
      },
      {
        id: 'credential',
        header: t('column.credential'),
        cell: (row) => row.credential,
        text: (row) => row.credential,
        width: 120,
        wide: true,
      },
      {
        id: 'namespaces',
        header: t('column.namespaces'),
        cell: (row) => (row.namespaces ? row.namespaces.join(', ') || t('noNamespace') : t('allNamespaces')),
        text: (row) => row.namespaces?.join(' ') ?? t('allNamespaces'),
        width: 120,
        wide: true,
      },
      {
        id: 'simulated',
        header: t('column.kind'),
        cell: (row) => t(row.simulated ? 'simulated' : 'real'),
        text: (row) => t(row.simulated ? 'simulated' : 'real'),
        width: 96,
        wide: true,
      },
    ],
    [t, nameOf],
  );
}

function State({ connection }: { connection: Connection }) {
  const { t } = useTranslation('connections');
  const { state, reachable } = connection;
  if (state === 'Verified' && !reachable) return <StatusBadge status={state} kind="warn" word={t('unreachable')} />;
  return <StatusBadge status={state} />;
}
