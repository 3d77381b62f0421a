import { useSearch } from '@tanstack/react-router';
import { IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { LiveMark } from '../../shared/LiveMark.tsx';
import { useSession } from '../../shared/session.ts';
import { useClouds } from '../../shared/use-clouds.ts';
import { useDrawer } from '../../shared/use-drawer.ts';
import { Button } from '../../ui/Button.tsx';
import { LinkTabs } from '../../ui/LinkTabs.tsx';
import { Note } from '../../ui/Note.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import classes from './Connections.module.css';
import { ConnectionsTab } from './ConnectionsTab.tsx';
import { CredentialDrawer } from './CredentialDrawer.tsx';
import { CredentialsTab } from './CredentialsTab.tsx';

/** Providers, connections and credentials; an administrator changes them, others see what they may use. */
export function ConnectionsPage() {
  const { t } = useTranslation('connections');
  const { tab }: { tab?: string } = useSearch({ strict: false });
  const { admin } = useSession();
  const clouds = useClouds();
  const drawer = useDrawer('credential');
  const add = (provider?: string) => drawer.open(provider ? `new:${provider}` : 'new');
  const current = tab === 'credentials' ? 'credentials' : 'connections';
  const context = { clouds, onEdit: (credential: string) => drawer.open(`edit:${credential}`) };
  return (
    <>
      <PageHeader
        title={t('title')}
        live={<LiveMark />}
        actions={
          admin && (
            <Button kind="primary" icon={<IconPlus size={15} stroke={1.8} />} onClick={() => add()}>
              {t('addCredential')}
            </Button>
          )
        }
      />
      {!admin && (
        <div className={classes.notes}>
          <Note>{t('adminOnly')}</Note>
        </div>
      )}
      <LinkTabs
        label={t('title')}
        current={current}
        tabs={[
          { key: 'connections', label: t('connections') },
          { key: 'credentials', label: t('credentials') },
        ]}
      />
      {current === 'connections' ? (
        <ConnectionsTab {...context} {...(admin ? { onAdd: add } : {})} />
      ) : (
        <CredentialsTab {...context} {...(admin ? { onAdd: add } : {})} />
      )}
      {drawer.isOpen && admin && (
        <CredentialDrawer key={drawer.value} value={drawer.value} clouds={clouds} drawer={drawer} />
      )}
    </>
  );
}
