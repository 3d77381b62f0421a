import { IconKey, IconLogout, IconPassword } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api } from '../../shared/api.ts';
import { notifyError } from '../../shared/notices.ts';
import { useSession } from '../../shared/session.ts';
import { Menu } from '../../ui/Menu.tsx';
import classes from './Frame.module.css';

const initials = (name: string): string => {
  const parts = name.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const text = parts.length > 1 ? parts.map((part) => part[0]).join('') : (parts[0] ?? '?');
  return text.slice(0, 2).toUpperCase();
};

/** Password, API tokens, sign out. */
export function AccountMenu() {
  const { t } = useTranslation();
  const { username } = useSession();
  const navigate = useNavigate();
  const client = useQueryClient();
  const signOut = async () => {
    try {
      await api('deleteSession');
    } catch (error) {
      await notifyError(error);
      return;
    }
    client.clear();
    await navigate({ to: '/login' });
  };
  const open = (tab: string) => void navigate({ to: '/account', search: { tab } });
  return (
    <Menu
      label={t('account.menu', { name: username })}
      title={username}
      groups={[
        [
          {
            key: 'password',
            label: t('account.password'),
            icon: <IconPassword size={16} stroke={1.6} />,
            onSelect: () => open('password'),
          },
          {
            key: 'tokens',
            label: t('account.tokens'),
            icon: <IconKey size={16} stroke={1.6} />,
            onSelect: () => open('tokens'),
          },
        ],
        [
          {
            key: 'signOut',
            label: t('account.signOut'),
            icon: <IconLogout size={16} stroke={1.6} />,
            onSelect: () => void signOut(),
          },
        ],
      ]}
      target={(control) => (
        <button
          {...control}
          type="button"
          className={classes.avatar}
          aria-label={`${initials(username)}, ${t('account.menu', { name: username })}`}
        >
          {initials(username)}
        </button>
      )}
    />
  );
}
