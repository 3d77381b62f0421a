import type { OutputOf } from '@waterstrider/contract';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../shared/format.ts';
import { useAction, useRow } from '../../shared/query.ts';
import { RelativeTime } from '../../shared/RelativeTime.tsx';
import { Box } from '../../ui/Box.tsx';
import { Button } from '../../ui/Button.tsx';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { PlainTable } from '../../ui/PlainTable.tsx';
import { SkeletonRows } from '../../ui/Skeleton.tsx';
import classes from './Account.module.css';
import { CreateTokenDialog } from './CreateTokenDialog.tsx';

type Token = OutputOf<'listApiTokens'>['items'][number];

/** One's API tokens: made (and shown once), revoked. */
export function TokensTab() {
  const { t } = useTranslation('account');
  const format = useFormat();
  const { data, error, refetch } = useRow('listApiTokens', {});
  const revoke = useAction('deleteApiToken', { invalidates: ['listApiTokens'] });
  const [isCreating, setCreating] = useState(false);
  const [revoking, setRevoking] = useState<Token>();
  return (
    <>
      <div className={classes.head}>
        <p>{t('tokens.text')}</p>
        <Button kind="primary" icon={<IconPlus size={15} stroke={1.8} />} onClick={() => setCreating(true)}>
          {t('tokens.create')}
        </Button>
      </div>
      <Box padded={false}>
        {error !== null && <ErrorState error={error} onRetry={() => void refetch()} />}
        {!data && error === null && <SkeletonRows rows={3} />}
        {data?.items.length === 0 && <EmptyState reason={t('tokens.none')} />}
        {data && data.items.length > 0 && (
          <PlainTable
            label={t('tab.tokens')}
            rows={data.items}
            rowKey={({ id }) => id}
            columns={[
              { id: 'name', header: t('tokens.name'), cell: ({ name }) => <b>{name}</b> },
              { id: 'created', header: t('tokens.created'), cell: ({ createdAt }) => <RelativeTime at={createdAt} /> },
              {
                id: 'used',
                header: t('tokens.lastUsed'),
                cell: ({ lastUsedAt }) => (lastUsedAt ? <RelativeTime at={lastUsedAt} /> : t('tokens.neverUsed')),
              },
              {
                id: 'until',
                header: t('tokens.until'),
                cell: ({ expiresAt }) => (expiresAt ? format.dateTime(expiresAt) : t('tokens.never')),
              },
              {
                id: 'actions',
                header: <span className="visually-hidden">{t('tokens.actions')}</span>,
                align: 'right',
                cell: (token) => (
                  <Button
                    size="sm"
                    kind="danger"
                    aria-label={`${t('tokens.revoke')}: ${token.name}`}
                    onClick={() => setRevoking(token)}
                  >
                    {t('tokens.revoke')}
                  </Button>
                ),
              },
            ]}
          />
        )}
      </Box>
      {isCreating && <CreateTokenDialog onClose={() => setCreating(false)} />}
      {revoking && (
        <ConfirmDialog
          danger
          title={t('tokens.revokeOne')}
          confirmLabel={t('tokens.revokeOne')}
          names={[revoking.name]}
          onConfirm={() => revoke.mutateAsync({ params: { token: revoking.id } })}
          onClose={() => setRevoking(undefined)}
        >
          <p>{t('tokens.revokeText')}</p>
        </ConfirmDialog>
      )}
    </>
  );
}
