import type { User } from '@waterstrider/contract';
import { IconEdit, IconPassword, IconPlus, IconTrash, IconUserCheck, IconUserOff } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useList } from '../../shared/list.ts';
import { notifyError } from '../../shared/notices.ts';
import { useAction } from '../../shared/query.ts';
import { useNamespaces, useSession } from '../../shared/session.ts';
import { useDrawer } from '../../shared/use-drawer.ts';
import { useListState } from '../../shared/use-list-state.ts';
import { ActionMenu } from '../../ui/ActionMenu.tsx';
import type { Action } from '../../ui/action.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { DataTable } from '../../ui/table/DataTable.tsx';
import { DeleteUserDialog } from './DeleteUserDialog.tsx';
import { ResetPasswordDialog } from './ResetPasswordDialog.tsx';
import { useUserColumns } from './use-user-columns.tsx';
import { useUserFilters } from './use-user-filters.ts';
import { UserDrawer } from './UserDrawer.tsx';

const glyph = { size: 15, stroke: 1.6 };

/** People and their roles per namespace; for administrators. */
export function UsersPage() {
  const { t } = useTranslation('users');
  const { admin } = useSession();
  return admin ? (
    <Users />
  ) : (
    <>
      <PageHeader title={t('title')} />
      <EmptyState reason={t('adminOnly')} />
    </>
  );
}

function Users() {
  const { t } = useTranslation('users');
  const { username } = useSession();
  const state = useListState({ sort: 'username' });
  const list = useList('listUsers', { query: state.query });
  const columns = useUserColumns();
  const namespaces = useNamespaces().data?.items ?? [];
  const filters = useUserFilters(namespaces);
  const drawer = useDrawer('user');
  const update = useAction('updateUser', { invalidates: ['listUsers'] });
  const [asked, setAsked] = useState<{ kind: 'reset' | 'delete'; user: User }>();

  const actionsOf = (user: User): Action[] => {
    const own = user.username === username ? t('reason.self') : undefined;
    return [
      { key: 'edit', label: t('edit'), icon: <IconEdit {...glyph} />, onSelect: () => drawer.open(user.id) },
      {
        key: 'reset',
        label: t('reset'),
        icon: <IconPassword {...glyph} />,
        onSelect: () => setAsked({ kind: 'reset', user }),
      },
      {
        key: 'disable',
        label: t(user.disabled ? 'enable' : 'disable'),
        icon: user.disabled ? <IconUserCheck {...glyph} /> : <IconUserOff {...glyph} />,
        reason: own,
        onSelect: () =>
          update.mutate(
            { params: { user: user.id }, body: { disabled: !user.disabled } },
            { onError: (error) => void notifyError(error) },
          ),
      },
      {
        key: 'delete',
        label: t('delete'),
        icon: <IconTrash {...glyph} />,
        danger: true,
        reason: own,
        onSelect: () => setAsked({ kind: 'delete', user }),
      },
    ];
  };
  const edited = list.rows.find(({ id }) => id === drawer.value);
  return (
    <>
      <PageHeader
        title={t('title')}
        actions={
          <Button kind="primary" icon={<IconPlus size={15} stroke={1.8} />} onClick={() => drawer.open('new')}>
            {t('add')}
          </Button>
        }
      />
      <DataTable
        id="users"
        label={t('title')}
        source={list}
        state={state}
        columns={columns}
        filters={filters}
        rowKey={(row) => row.id}
        rowName={(row) => row.username}
        onOpen={(row) => drawer.open(row.id)}
        searchLabel={t('search')}
        rowActions={(row) => (
          <ActionMenu label={t('common:action.actionsFor', { name: row.username })} actions={actionsOf(row)} />
        )}
      />
      {drawer.isOpen && drawer.value === 'new' && <UserDrawer key="new" onClose={drawer.close} />}
      {drawer.isOpen && edited && <UserDrawer key={edited.id} user={edited} onClose={drawer.close} />}
      {asked?.kind === 'reset' && <ResetPasswordDialog user={asked.user} onClose={() => setAsked(undefined)} />}
      {asked?.kind === 'delete' && <DeleteUserDialog user={asked.user} onClose={() => setAsked(undefined)} />}
    </>
  );
}
