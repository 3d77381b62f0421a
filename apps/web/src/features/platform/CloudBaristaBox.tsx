import type { PlatformSettings } from '@waterstrider/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { notifyDone } from '../../shared/notices.ts';
import { useAction } from '../../shared/query.ts';
import { useDrawer } from '../../shared/use-drawer.ts';
import { Box } from '../../ui/Box.tsx';
import { Button } from '../../ui/Button.tsx';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { Note } from '../../ui/Note.tsx';
import { PlainTable } from '../../ui/PlainTable.tsx';
import { CloudBaristaDrawer } from './CloudBaristaDrawer.tsx';
import { productNames } from './frameworks.ts';
import classes from './Platform.module.css';

/** Which Cloud-Barista this is the console of: what is kept, and the way to change it or to go back. */
export function CloudBaristaBox({ settings }: { settings: PlatformSettings }) {
  const { t } = useTranslation('platform');
  const drawer = useDrawer('cloud-barista');
  const [leaving, setLeaving] = useState(false);
  const { source, restartNeeded, frameworks } = settings;
  const isFixed = source === 'environment';
  return (
    <Box title={t('settings.title')} className={classes.settings ?? ''}>
      <div className={classes.stack}>
        <p>{t(`settings.source.${source}`)}</p>
        {isFixed && <Note>{t('settings.fixed')}</Note>}
        {restartNeeded && (
          <Note kind="warn">{t(`settings.restart.${source === 'none' ? 'embedded' : 'cloudBarista'}`)}</Note>
        )}
        {frameworks.length > 0 && <Kept frameworks={frameworks} />}
        {!isFixed && (
          <div className={classes.buttons}>
            <Button onClick={() => drawer.open()}>
              {t(source === 'none' ? 'settings.connect' : 'settings.change')}
            </Button>
            {source === 'stored' && <Button onClick={() => setLeaving(true)}>{t('settings.leave')}</Button>}
          </div>
        )}
      </div>
      {drawer.isOpen && !isFixed && (
        <CloudBaristaDrawer key={JSON.stringify(settings)} stored={frameworks} onClose={drawer.close} />
      )}
      {leaving && <LeaveDialog frameworks={frameworks} onClose={() => setLeaving(false)} />}
    </Box>
  );
}

function Kept({ frameworks }: Pick<PlatformSettings, 'frameworks'>) {
  const { t } = useTranslation('platform');
  return (
    <PlainTable
      label={t('settings.kept')}
      rows={frameworks}
      rowKey={({ name }) => name}
      columns={[
        { id: 'name', header: t('settings.framework'), cell: ({ name }) => <b>{productNames[name]}</b> },
        { id: 'url', header: t('address'), cell: ({ url }) => <code>{url}</code> },
        { id: 'auth', header: t('login'), cell: ({ authMode }) => t(`auth.${authMode}`) },
        {
          id: 'user',
          header: t('settings.user'),
          cell: ({ username, hmacAccessId }) => username ?? hmacAccessId ?? <span className="dim3">–</span>,
        },
        {
          id: 'secret',
          header: t('settings.secret'),
          cell: ({ hasSecret }) => (hasSecret ? t('settings.secretKept') : <span className="dim3">–</span>),
        },
      ]}
    />
  );
}

function LeaveDialog({ frameworks, onClose }: Pick<PlatformSettings, 'frameworks'> & { onClose: () => void }) {
  const { t } = useTranslation('platform');
  const forget = useAction('deletePlatformSettings', {
    invalidates: ['getPlatform'],
    onSuccess: ({ restartNeeded }) => void notifyDone(t(restartNeeded ? 'settings.leftLater' : 'settings.left')),
  });
  return (
    <ConfirmDialog
      title={t('settings.leave')}
      confirmLabel={t('settings.leave')}
      names={frameworks.map(({ url }) => url)}
      onConfirm={() => forget.mutateAsync({})}
      onClose={onClose}
    >
      <p>{t('settings.leaveText')}</p>
    </ConfirmDialog>
  );
}
