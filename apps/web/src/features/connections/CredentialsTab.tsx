import type { Credential } from '@waterstrider/contract';
import { IconEdit, IconTrash } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { RelativeTime } from '../../shared/RelativeTime.tsx';
import { useList } from '../../shared/list.ts';
import { useUnsupported } from '../../shared/use-platform.ts';
import { useListState } from '../../shared/use-list-state.ts';
import { ActionMenu } from '../../ui/ActionMenu.tsx';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ProviderBadge } from '../../ui/ProviderBadge.tsx';
import type { Column } from '../../ui/table/column.ts';
import { DataTable } from '../../ui/table/DataTable.tsx';
import classes from './Connections.module.css';
import { DeleteCredentialDialog } from './DeleteDialogs.tsx';
import type { TabContext } from './tab-context.ts';

const glyph = { size: 15, stroke: 1.6 };

/** Credentials without their values: replace the key, change regions and namespaces, delete. */
export function CredentialsTab({ clouds, onEdit, onAdd }: TabContext) {
  const { t } = useTranslation('connections');
  const state = useListState({ sort: 'name' });
  const list = useList('listCredentials', { query: state.query });
  const columns = useCredentialColumns(clouds.nameOf);
  const [deleting, setDeleting] = useState<Credential>();
  const whyNot = useUnsupported();
  const isAdmin = onAdd !== undefined;
  return (
    <>
      <DataTable
        id="credentials"
        label={t('credentials')}
        source={list}
        state={state}
        columns={columns}
        rowKey={(row) => row.id}
        rowName={(row) => row.name}
        searchLabel={t('searchCredentials')}
        filters={[
          {
            key: 'provider',
            label: t('column.provider'),
            options: clouds.clouds.map(({ provider }) => ({ value: provider, label: clouds.nameOf(provider) })),
          },
        ]}
        {...(isAdmin
          ? {
              onOpen: (row: Credential) => onEdit(row.name),
              rowActions: (row: Credential) => (
                <ActionMenu
                  label={t('common:action.actionsFor', { name: row.name })}
                  actions={[
                    {
                      key: 'edit',
                      label: t('editCredential'),
                      icon: <IconEdit {...glyph} />,
                      onSelect: () => onEdit(row.name),
                    },
                    {
                      key: 'delete',
                      label: t('delete'),
                      icon: <IconTrash {...glyph} />,
                      danger: true,
                      reason: whyNot('deleteCredential'),
                      onSelect: () => setDeleting(row),
                    },
                  ]}
                />
              ),
            }
          : {})}
        empty={
          <EmptyState
            reason={t('noCredential')}
            action={
              onAdd && (
                <Button kind="primary" onClick={() => onAdd()}>
                  {t('addCredential')}
                </Button>
              )
            }
          />
        }
      />
      {deleting && <DeleteCredentialDialog credential={deleting} onClose={() => setDeleting(undefined)} />}
    </>
  );
}

function useCredentialColumns(nameOf: (provider: string) => string): Column<Credential>[] {
  const { t } = useTranslation('connections');
  return useMemo(
    (): Column<Credential>[] => [
      {
        id: 'name',
        header: t('column.name'),
        cell: (row) => row.name,
        text: (row) => row.name,
        sortKey: 'name',
        width: 160,
        essential: true,
      },
      {
        id: 'provider',
        header: t('column.provider'),
        cell: (row) => (
          <span className={classes.place}>
            <ProviderBadge provider={row.provider} name={nameOf(row.provider)} />
            <span aria-hidden="true">{nameOf(row.provider)}</span>
          </span>
        ),
        text: (row) => nameOf(row.provider),
        sortKey: 'provider',
        width: 190,
        essential: true,
      },
      {
        id: 'keys',
        header: t('column.keys'),
        cell: (row) => <code>{row.valueKeys.join(', ')}</code>,
        text: (row) => row.valueKeys.join(' '),
        width: 150,
      },
      {
        id: 'connections',
        header: t('column.connections'),
        cell: (row) => row.connections,
        text: (row) => row.connections,
        sortKey: 'connections',
        align: 'right',
        width: 110,
      },
      {
        id: 'namespaces',
        header: t('column.namespaces'),
        cell: (row) => (row.namespaces ? row.namespaces.join(', ') || t('noNamespace') : t('allNamespaces')),
        text: (row) => row.namespaces?.join(' ') ?? t('allNamespaces'),
        width: 160,
      },
      {
        id: 'kind',
        header: t('column.kind'),
        cell: (row) => t(row.simulated ? 'simulated' : 'real'),
        text: (row) => t(row.simulated ? 'simulated' : 'real'),
        width: 100,
      },
      {
        id: 'created',
        header: t('column.created'),
        cell: (row) => <RelativeTime at={row.createdAt} />,
        text: (row) => row.createdAt,
        sortKey: 'createdAt',
        width: 130,
      },
    ],
    [t, nameOf],
  );
}
