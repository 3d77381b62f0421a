import type { Connection } from '@waterstrider/contract';
import { IconReceipt2, IconRefresh } from '@tabler/icons-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useList } from '../../shared/list.ts';
import { useRow } from '../../shared/query.ts';
import { useDrawer } from '../../shared/use-drawer.ts';
import { useListState } from '../../shared/use-list-state.ts';
import type { Action } from '../../ui/action.ts';
import { ActionMenu } from '../../ui/ActionMenu.tsx';
import { Button, LinkButton } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { DataTable } from '../../ui/table/DataTable.tsx';
import { ConnectionOffer } from './ConnectionOffer.tsx';
import { DeleteConnectionDialog } from './DeleteDialogs.tsx';
import { ProviderCards } from './ProviderCards.tsx';
import type { TabContext } from './tab-context.ts';
import { useConnectionActions } from './use-connection-actions.tsx';
import { useConnectionColumns } from './use-connection-columns.tsx';
import { useConnectionFilters } from './use-connection-filters.ts';

/** Cards per provider over the table of connections. */
export function ConnectionsTab({ clouds, onEdit, onAdd }: TabContext) {
  const { t } = useTranslation('connections');
  const state = useListState({ sort: 'name' });
  const list = useList('listConnections', { query: state.query });
  const columns = useConnectionColumns(clouds.nameOf);
  const filters = useConnectionFilters(clouds);
  const [deleting, setDeleting] = useState<Connection>();
  const actions = useConnectionActions({ onDelete: setDeleting, onEdit });
  const isAdmin = onAdd !== undefined;
  const about = useRow('getAbout', {}).data;
  const hasFrameworks = about?.platform === 'cloud-barista';
  const offer = useDrawer('offer');
  const actionsOf = (row: Connection): Action[] => [
    ...(isAdmin ? actions.of(row) : []),
    ...(hasFrameworks
      ? [
          {
            key: 'offer',
            label: t('offer.open'),
            icon: <IconReceipt2 size={15} stroke={1.6} />,
            onSelect: () => offer.open(row.name),
          },
        ]
      : []),
  ];

  const help = (connection: Connection) => {
    if (!isAdmin || connection.state === 'Disabled') return null;
    if (connection.state === 'Failed')
      return (
        <Button size="sm" onClick={() => onEdit(connection.credential)}>
          {t('replaceKey')}
        </Button>
      );
    return (
      <Button size="sm" onClick={() => void actions.verify([connection])}>
        {t('verify')}
      </Button>
    );
  };
  return (
    <>
      <ProviderCards clouds={clouds} state={state} {...(onAdd ? { onAdd } : {})} />
      <DataTable
        id="connections"
        label={t('connections')}
        source={list}
        state={state}
        columns={columns}
        filters={filters}
        rowKey={(row) => row.id}
        rowName={(row) => row.name}
        searchLabel={t('search')}
        searchPlaceholder={t('searchPlaceholder')}
        isStale={(row) => !row.reachable}
        subLine={(row) =>
          needsWords(row, about?.healthy !== false) ? <Words connection={row} help={help(row)} /> : null
        }
        {...(isAdmin || hasFrameworks
          ? {
              rowActions: (row: Connection) => (
                <ActionMenu label={t('common:action.actionsFor', { name: row.name })} actions={actionsOf(row)} />
              ),
            }
          : {})}
        {...(isAdmin
          ? {
              bulk: (rows: Connection[], done: () => void) => (
                <Button
                  size="sm"
                  icon={<IconRefresh size={14} stroke={1.6} />}
                  busy={actions.isVerifying}
                  onClick={() => void actions.verify(rows).then(done)}
                >
                  {t('verifyMany', { count: rows.filter((row) => row.state !== 'Disabled').length })}
                </Button>
              ),
            }
          : {})}
        empty={
          <EmptyState
            reason={t(isAdmin ? 'none' : 'noneForYou')}
            action={
              isAdmin && (
                <LinkButton to="/setup" kind="primary">
                  {t('openDoors')}
                </LinkButton>
              )
            }
          />
        }
      />
      {offer.value !== undefined && (
        <ConnectionOffer key={offer.value} connection={offer.value} onClose={offer.close} />
      )}
      {deleting && <DeleteConnectionDialog connection={deleting} onClose={() => setDeleting(undefined)} />}
    </>
  );
}

/** The frame says it once for all while the whole platform does not answer. */
const needsWords = ({ state, error, reachable }: Connection, isAnswering: boolean): boolean =>
  (state === 'Failed' && error !== undefined) ||
  (!reachable && isAnswering && state !== 'Disabled' && state !== 'Verifying');

/** The cloud's own words under its row, and the one action that helps. */
function Words({ connection, help }: { connection: Connection; help: ReactNode }) {
  const { t } = useTranslation('connections');
  const { error } = connection;
  return (
    <>
      {error ? (
        <span className="ellipsis" lang="en" title={`${error.code}: ${error.message}`}>
          <code>{error.code}</code> {error.message}
        </span>
      ) : (
        <span>{t('notReached')}</span>
      )}
      {help}
    </>
  );
}
