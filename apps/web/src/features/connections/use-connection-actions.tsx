import type { Connection } from '@waterstrider/contract';
import { IconKey, IconPlayerPause, IconPlayerPlay, IconRefresh, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../shared/api.ts';
import { notifyError } from '../../shared/notices.ts';
import { newIdempotencyKey, useAction } from '../../shared/query.ts';
import { useUnsupported } from '../../shared/use-platform.ts';
import type { Action } from '../../ui/action.ts';
import { runEach } from './run-each.ts';

interface Handlers {
  onDelete: (connection: Connection) => void;
  onEdit: (credential: string) => void;
}

const atOnce = 4;
const glyph = { size: 15, stroke: 1.6 };

/** What can be done with a connection; the table shows the effect by itself. */
export function useConnectionActions({ onDelete, onEdit }: Handlers) {
  const { t } = useTranslation('connections');
  const whyNot = useUnsupported();
  const [isVerifying, setVerifying] = useState(false);
  const onError = (error: unknown) => void notifyError(error);
  const disable = useAction('disableConnection', { invalidates: ['listConnections'] });
  const enable = useAction('enableConnection', { invalidates: ['listConnections'] });

  const verify = async (rows: Connection[]) => {
    setVerifying(true);
    const active = rows.filter(({ state }) => state !== 'Disabled');
    const failures = await runEach(active, atOnce, ({ name }) =>
      api('verifyConnection', { params: { connection: name }, idempotencyKey: newIdempotencyKey() }),
    );
    setVerifying(false);
    if (failures.length > 0) onError(failures[0]);
  };

  const of = (row: Connection): Action[] => {
    const params = { connection: row.name };
    const isOff = row.state === 'Disabled';
    return [
      {
        key: 'verify',
        label: t('verify'),
        icon: <IconRefresh {...glyph} />,
        reason: isOff ? t('reason.disabled') : row.state === 'Verifying' ? t('reason.verifying') : undefined,
        onSelect: () => void verify([row]),
      },
      { key: 'edit', label: t('replaceKey'), icon: <IconKey {...glyph} />, onSelect: () => onEdit(row.credential) },
      isOff
        ? {
            key: 'enable',
            label: t('enable'),
            icon: <IconPlayerPlay {...glyph} />,
            onSelect: () => enable.mutate({ params }, { onError }),
          }
        : {
            key: 'disable',
            label: t('disable'),
            icon: <IconPlayerPause {...glyph} />,
            onSelect: () => disable.mutate({ params }, { onError }),
          },
      {
        key: 'delete',
        label: t('delete'),
        icon: <IconTrash {...glyph} />,
        danger: true,
        reason: whyNot('deleteConnection') ?? (row.nodes > 0 ? t('reason.used', { count: row.nodes }) : undefined),
        onSelect: () => onDelete(row),
      },
    ];
  };
  return { of, verify, isVerifying };
}
