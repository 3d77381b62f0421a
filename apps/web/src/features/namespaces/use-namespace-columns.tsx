import type { Namespace } from '@waterstrider/contract';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { RelativeTime } from '../../shared/RelativeTime.tsx';
import type { Column } from '../../ui/table/column.ts';

/** Columns of the namespaces. */
export function useNamespaceColumns(): Column<Namespace>[] {
  const { t } = useTranslation('namespaces');
  return useMemo(
    (): Column<Namespace>[] => [
      {
        id: 'name',
        header: t('column.name'),
        cell: (row) => row.name,
        text: (row) => row.name,
        sortKey: 'name',
        width: 150,
        essential: true,
      },
      {
        id: 'description',
        header: t('column.description'),
        cell: (row) => row.description,
        text: (row) => row.description,
        width: 240,
        grow: true,
      },
      {
        id: 'role',
        header: t('column.role'),
        cell: (row) => t(`role.${row.role}`),
        text: (row) => t(`role.${row.role}`),
        width: 100,
      },
      {
        id: 'infras',
        header: t('column.infras'),
        cell: (row) => row.infras,
        text: (row) => row.infras,
        sortKey: 'infras',
        align: 'right',
        width: 80,
        essential: true,
      },
      {
        id: 'nodes',
        header: t('column.nodes'),
        cell: (row) => row.nodes,
        text: (row) => row.nodes,
        sortKey: 'nodes',
        align: 'right',
        width: 80,
        essential: true,
      },
      {
        id: 'created',
        header: t('column.created'),
        cell: (row) => <RelativeTime at={row.createdAt} />,
        text: (row) => row.createdAt,
        sortKey: 'createdAt',
        width: 120,
      },
    ],
    [t],
  );
}
