import type { User } from '@waterstrider/contract';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { RelativeTime } from '../../shared/RelativeTime.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import type { Column } from '../../ui/table/column.ts';

/** Columns of the users. */
export function useUserColumns(): Column<User>[] {
  const { t } = useTranslation('users');
  return useMemo((): Column<User>[] => {
    const rights = (user: User): string => {
      if (user.admin) return t('allNamespaces');
      return (
        user.roles.map(({ ns, role }) => t('roleIn', { name: ns, role: t(`roles.${role}`) })).join(', ') || t('noRole')
      );
    };
    return [
      {
        id: 'username',
        header: t('column.username'),
        cell: (row) => row.username,
        text: (row) => row.username,
        sortKey: 'username',
        width: 150,
        essential: true,
      },
      {
        id: 'state',
        header: t('column.state'),
        cell: (row) => (
          <StatusBadge status={row.disabled ? 'Disabled' : 'Verified'} word={t(row.disabled ? 'disabled' : 'active')} />
        ),
        text: (row) => t(row.disabled ? 'disabled' : 'active'),
        width: 110,
        essential: true,
        locked: true,
      },
      {
        id: 'rights',
        header: t('rights'),
        cell: (row) => (row.admin ? t('roles.admin') : t('member')),
        text: (row) => (row.admin ? t('roles.admin') : t('member')),
        width: 120,
      },
      {
        id: 'roles',
        header: t('column.roles'),
        cell: rights,
        text: rights,
        width: 260,
        grow: true,
      },
      {
        id: 'login',
        header: t('column.lastLogin'),
        cell: (row) => <RelativeTime at={row.lastLoginAt} />,
        text: (row) => row.lastLoginAt,
        sortKey: 'lastLoginAt',
        width: 130,
      },
      {
        id: 'created',
        header: t('column.created'),
        cell: (row) => <RelativeTime at={row.createdAt} />,
        text: (row) => row.createdAt,
        sortKey: 'createdAt',
        width: 130,
      },
    ];
  }, [t]);
}
