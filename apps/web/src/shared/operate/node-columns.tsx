import type { Node } from '@waterstrider/contract';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Money } from '../Money.tsx';
import { RelativeTime } from '../RelativeTime.tsx';
import { ProviderBadge } from '../../ui/ProviderBadge.tsx';
import { providerName } from '../../ui/provider.ts';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import { StatusMark } from '../../ui/StatusMark.tsx';
import type { Column } from '../../ui/table/column.ts';
import { MiddleEllipsis } from '../../ui/Text.tsx';
import classes from './operate.module.css';
import { specName } from './spec-name.ts';

/** Columns of servers; inside an MCIS its own column is left out. */
export function useNodeColumns(ns: string, withInfra: boolean): Column<Node>[] {
  const { t } = useTranslation('servers');
  return useMemo(() => {
    const mono = (text: string | undefined) => (text ? <span className="mono">{text}</span> : <Nothing />);
    const infra: Column<Node> = {
      id: 'infra',
      header: t('column.infra'),
      width: 150,
      sortKey: 'infra',
      text: (node) => node.infra,
      cell: (node) => (
        <Link
          to="/ns/$ns/mcis/$infra"
          params={{ ns, infra: node.infra }}
          className={`link ${classes.cellLink}`}
          title={node.infra}
        >
          {node.infra}
        </Link>
      ),
    };
    return [
      {
        id: 'name',
        header: t('column.name'),
        width: 170,
        sortKey: 'name',
        cell: (node) => node.name,
        text: (node) => node.name,
      },
      {
        id: 'status',
        header: t('column.status'),
        width: 126,
        locked: true,
        essential: true,
        sortKey: 'status',
        flash: (node) => node.status,
        text: (node) => node.status,
        cell: (node) => (
          <span className={classes.status}>
            <StatusBadge status={node.status} />
            {node.drift && <StatusMark kind="warn" label={t(`drift.${node.drift}`)} />}
          </span>
        ),
      },
      ...(withInfra ? [infra] : []),
      {
        id: 'nodeGroup',
        header: t('column.nodeGroup'),
        width: 120,
        text: (node) => node.nodeGroup,
        cell: (node) => node.nodeGroup,
        ...(withInfra ? { wide: true } : {}),
      },
      {
        id: 'provider',
        header: t('column.provider'),
        width: 168,
        essential: true,
        sortKey: 'provider',
        text: (node) => providerName(node.provider),
        cell: (node) => (
          <span className={classes.cloud}>
            <ProviderBadge provider={node.provider} />
            <span title={node.region}>{node.region}</span>
          </span>
        ),
      },
      {
        id: 'region',
        header: t('column.region'),
        width: 130,
        hidden: true,
        sortKey: 'region',
        text: (node) => node.region,
        cell: (node) => node.region,
      },
      {
        id: 'zone',
        header: t('column.zone'),
        width: 120,
        wide: true,
        text: (node) => node.zone,
        cell: (node) => node.zone ?? <Nothing />,
      },
      {
        id: 'spec',
        header: t('column.spec'),
        width: 140,
        sortKey: 'spec',
        text: (node) => node.spec,
        cell: (node) => specName(node.spec),
      },
      {
        id: 'os',
        header: t('column.os'),
        width: 130,
        hidden: true,
        text: (node) => node.os,
        cell: (node) => node.os ?? <Nothing />,
      },
      {
        id: 'image',
        header: t('column.image'),
        width: 160,
        hidden: true,
        text: (node) => node.image,
        cell: (node) => node.image,
      },
      {
        id: 'publicIp',
        header: t('column.publicIp'),
        width: 128,
        text: (node) => node.publicIp,
        cell: (node) => mono(node.publicIp),
      },
      {
        id: 'privateIp',
        header: t('column.privateIp'),
        width: 128,
        wide: true,
        text: (node) => node.privateIp,
        cell: (node) => mono(node.privateIp),
      },
      {
        id: 'cost',
        header: t('column.cost'),
        width: 84,
        align: 'right',
        sortKey: 'costPerHourUsd',
        text: (node) => node.costPerHourUsd,
        cell: (node) => <Money usd={node.costPerHourUsd} />,
      },
      {
        id: 'createdAt',
        header: t('column.createdAt'),
        width: 116,
        wide: true,
        sortKey: 'createdAt',
        text: (node) => node.createdAt,
        cell: (node) => <RelativeTime at={node.createdAt} />,
      },
      {
        id: 'connection',
        header: t('column.connection'),
        width: 160,
        hidden: true,
        text: (node) => node.connection,
        cell: (node) => node.connection,
      },
      {
        id: 'labels',
        header: t('column.labels'),
        width: 180,
        hidden: true,
        text: labelsOf,
        cell: (node) => labelsOf(node) || <Nothing />,
      },
      {
        id: 'id',
        header: t('column.id'),
        width: 170,
        hidden: true,
        text: (node) => node.id,
        cell: (node) => <MiddleEllipsis text={node.id} />,
      },
    ];
  }, [t, ns, withInfra]);
}

const labelsOf = ({ labels }: Node): string =>
  Object.entries(labels)
    .map(([key, value]) => (value ? `${key}=${value}` : key))
    .join(', ');

/** No value: a dash that is not read out. */
function Nothing() {
  return (
    <span className="dim3" aria-hidden="true">
      –
    </span>
  );
}
