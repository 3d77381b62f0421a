import { useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../shared/session.ts';
import { LinkTabs } from '../../ui/LinkTabs.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { PasswordTab } from './PasswordTab.tsx';
import { PreferencesTab } from './PreferencesTab.tsx';
import { TokensTab } from './TokensTab.tsx';

const tabs = ['password', 'tokens', 'preferences'] as const;

/** One's own password, API tokens and preferences. */
export function AccountPage() {
  const { t } = useTranslation('account');
  const { tab }: { tab?: string } = useSearch({ strict: false });
  const { username } = useSession();
  const current = tabs.find((known) => known === tab) ?? 'password';
  return (
    <>
      <PageHeader title={t('title')} meta={username} />
      <LinkTabs label={t('title')} current={current} tabs={tabs.map((key) => ({ key, label: t(`tab.${key}`) }))} />
      {current === 'password' && <PasswordTab />}
      {current === 'tokens' && <TokensTab />}
      {current === 'preferences' && <PreferencesTab />}
    </>
  );
}
