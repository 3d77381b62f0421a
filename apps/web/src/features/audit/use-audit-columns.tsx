import type { AuditEntry } from '@waterstrider/contract';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../shared/format.ts';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import type { Column } from '../../ui/table/column.ts';
import { MiddleEllipsis } from '../../ui/Text.tsx';

/** Columns of the log. */
export function useAuditColumns(): Column<AuditEntry>[] {
  const { t } = useTranslation('audit');
  const { language, dateTime, full } = useFormat();
  return useMemo(
    (): Column<AuditEntry>[] => [
      {
        id: 'action',
        header: t('column.action'),
        cell: (row) => t(`action.${row.action}`, { defaultValue: row.action }),
        text: (row) => row.action,
        width: 190,
        essential: true,
      },
      {
        id: 'target',
        header: t('column.target'),
        cell: (row) => row.target ?? '–',
        text: (row) => row.target,
        width: 180,
        grow: true,
      },
      { id: 'actor', header: t('column.actor'), cell: (row) => row.actor, text: (row) => row.actor, width: 110 },
      {
        id: 'at',
        header: t('column.at'),
        cell: (row) => (
          <time dateTime={row.at} title={full(row.at)}>
            {dateTime(row.at)}
          </time>
        ),
        text: (row) => row.at,
        sortKey: 'at',
        width: 120,
        essential: true,
      },
      {
        id: 'outcome',
        header: t('column.outcome'),
        cell: (row) => <StatusBadge status={row.outcome} />,
        text: (row) => row.outcome,
        width: 104,
        locked: true,
        essential: true,
      },
      {
        id: 'code',
        header: t('column.code'),
        cell: (row) => (row.code ? <code>{row.code}</code> : '–'),
        text: (row) => row.code,
        width: 130,
      },
      { id: 'ns', header: t('column.ns'), cell: (row) => row.ns ?? '–', text: (row) => row.ns, width: 120 },
      {
        id: 'address',
        header: t('column.address'),
        cell: (row) => <code>{row.address}</code>,
        text: (row) => row.address,
        width: 120,
      },
      {
        id: 'requestId',
        header: t('column.requestId'),
        cell: (row) => <MiddleEllipsis text={row.requestId} />,
        text: (row) => row.requestId,
        width: 130,
        wide: true,
      },
      {
        id: 'operation',
        header: t('column.operation'),
        cell: (row) => (row.operation ? <MiddleEllipsis text={row.operation} /> : '–'),
        text: (row) => row.operation,
        width: 130,
        hidden: true,
      },
    ],
    // The functions of useFormat are new on each render; the language says whether they changed.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [t, language],
  );
}
