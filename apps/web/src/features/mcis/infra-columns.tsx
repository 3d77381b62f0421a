import type { Infra } from '@waterstrider/contract';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { knownSum, Money } from '../../shared/Money.tsx';
import { RelativeTime } from '../../shared/RelativeTime.tsx';
import { ProviderBadge } from '../../ui/ProviderBadge.tsx';
import { providerName } from '../../ui/provider.ts';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import { StatusBar } from '../../ui/StatusBar.tsx';
import { StatusCounts } from '../../ui/StatusCounts.tsx';
import type { Column } from '../../ui/table/column.ts';
import classes from './mcis.module.css';

/** Columns of MCIS; cost always stands next to the count. */
export function useInfraColumns(): Column<Infra>[] {
  const { t } = useTranslation('mcis');
  return useMemo(
    () => [
      {
        id: 'name',
        header: t('column.name'),
        width: 170,
        sortKey: 'name',
        cell: (infra) => infra.name,
        text: (infra) => infra.name,
      },
      {
        id: 'status',
        header: t('column.status'),
        width: 126,
        locked: true,
        essential: true,
        sortKey: 'status',
        flash: (infra) => infra.status,
        text: (infra) => infra.status,
        cell: (infra) => <StatusBadge status={infra.status} />,
      },
      {
        id: 'counts',
        header: t('column.counts'),
        width: 210,
        cell: (infra) => (
          <span className={classes.counts}>
            <StatusCounts byStatus={infra.statusCounts} look="numbers" />
            <StatusBar byStatus={infra.statusCounts} />
          </span>
        ),
      },
      {
        id: 'nodes',
        header: t('column.nodes'),
        width: 76,
        align: 'right',
        sortKey: 'nodes',
        text: (infra) => infra.nodes,
        cell: (infra) => infra.nodes,
      },
      {
        id: 'clouds',
        header: t('column.clouds'),
        width: 170,
        essential: true,
        text: (infra) => infra.providers.map(providerName).join(', '),
        cell: (infra) => (
          <span className={classes.badges}>
            {infra.providers.map((provider) => (
              <ProviderBadge key={provider} provider={provider} />
            ))}
          </span>
        ),
      },
      {
        id: 'regions',
        header: t('column.regions'),
        width: 160,
        wide: true,
        text: (infra) => infra.regions.join(', '),
        cell: (infra) => infra.regions.join(', '),
      },
      {
        id: 'cost',
        header: t('column.cost'),
        width: 92,
        align: 'right',
        sortKey: 'costPerHourUsd',
        text: (infra) => infra.costPerHourUsd,
        cell: (infra) => <Money usd={knownSum(infra.costPerHourUsd, infra.unpriced)} unpriced={infra.unpriced} />,
      },
      {
        id: 'description',
        header: t('column.description'),
        width: 200,
        hidden: true,
        text: (infra) => infra.description,
        cell: (infra) => infra.description,
      },
      {
        id: 'labels',
        header: t('column.labels'),
        width: 180,
        hidden: true,
        text: labelsOf,
        cell: (infra) => labelsOf(infra),
      },
      {
        id: 'createdBy',
        header: t('column.createdBy'),
        width: 110,
        wide: true,
        text: (infra) => infra.createdBy,
        cell: (infra) => infra.createdBy,
      },
      {
        id: 'createdAt',
        header: t('column.createdAt'),
        width: 116,
        sortKey: 'createdAt',
        text: (infra) => infra.createdAt,
        cell: (infra) => <RelativeTime at={infra.createdAt} />,
      },
    ],
    [t],
  );
}

const labelsOf = ({ labels }: Infra): string =>
  Object.entries(labels)
    .map(([key, value]) => (value ? `${key}=${value}` : key))
    .join(', ');
