import type { Namespace } from '@waterstrider/contract';
import { IconEdit, IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useList } from '../../shared/list.ts';
import { useSession } from '../../shared/session.ts';
import { useListState } from '../../shared/use-list-state.ts';
import { ActionMenu } from '../../ui/ActionMenu.tsx';
import type { Action } from '../../ui/action.ts';
import { Button, LinkButton } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { DataTable } from '../../ui/table/DataTable.tsx';
import { DeleteNamespaceDialog } from './DeleteNamespaceDialog.tsx';
import { NamespaceDialog } from './NamespaceDialog.tsx';
import { useNamespaceColumns } from './use-namespace-columns.tsx';

type Open = { kind: 'create' } | { kind: 'describe' | 'delete'; namespace: Namespace };

const glyph = { size: 15, stroke: 1.6 };

/** The namespaces one is a member of; administrators make, describe and delete them. */
export function NamespacesPage() {
  const { t } = useTranslation('namespaces');
  const { admin } = useSession();
  const state = useListState({ sort: 'name' });
  const list = useList('listNamespaces', { query: state.query });
  const columns = useNamespaceColumns();
  const [open, setOpen] = useState<Open>();
  const close = () => setOpen(undefined);
  const actionsOf = (namespace: Namespace): Action[] => [
    {
      key: 'describe',
      label: t('describe'),
      icon: <IconEdit {...glyph} />,
      onSelect: () => setOpen({ kind: 'describe', namespace }),
    },
    {
      key: 'delete',
      label: t('delete'),
      icon: <IconTrash {...glyph} />,
      danger: true,
      onSelect: () => setOpen({ kind: 'delete', namespace }),
    },
  ];
  return (
    <>
      <PageHeader
        title={t('title')}
        actions={
          admin && (
            <Button
              kind="primary"
              icon={<IconPlus size={15} stroke={1.8} />}
              onClick={() => setOpen({ kind: 'create' })}
            >
              {t('create')}
            </Button>
          )
        }
      />
      <DataTable
        id="namespaces"
        label={t('title')}
        source={list}
        state={state}
        columns={columns}
        rowKey={(row) => row.id}
        rowName={(row) => row.name}
        rowTo={(row) => `/ns/${encodeURIComponent(row.name)}`}
        searchLabel={t('search')}
        {...(admin
          ? {
              rowActions: (row: Namespace) => (
                <ActionMenu label={t('common:action.actionsFor', { name: row.name })} actions={actionsOf(row)} />
              ),
            }
          : {
              filters: [
                {
                  key: 'role',
                  label: t('column.role'),
                  options: (['operator', 'viewer'] as const).map((role) => ({ value: role, label: t(`role.${role}`) })),
                },
              ],
            })}
        empty={
          <EmptyState
            reason={t(admin ? 'none' : 'noneForYou')}
            action={
              admin && (
                <LinkButton to="/setup" kind="primary">
                  {t('openDoors')}
                </LinkButton>
              )
            }
          />
        }
      />
      {open?.kind === 'create' && <NamespaceDialog onClose={close} />}
      {open?.kind === 'describe' && <NamespaceDialog namespace={open.namespace} onClose={close} />}
      {open?.kind === 'delete' && <DeleteNamespaceDialog namespace={open.namespace} onClose={close} />}
    </>
  );
}
