import { IconDots } from '@tabler/icons-react';
import { Link, useLocation } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useRole, useSession } from '../../shared/session.ts';
import { useDrawer } from '../../shared/use-drawer.ts';
import { Drawer } from '../../ui/Drawer.tsx';
import classes from './Frame.module.css';
import { activeKey, addressOf, exactly, groups, groupsFor } from './navigation.ts';
import { RailFoot } from './RailFoot.tsx';

const firstKeys = ['dashboardNamespace', 'mcis', 'servers', 'tasks'];

/** The menu of a phone: four pages and a sheet with all of them. */
export function BottomBar({ ns }: { ns: string | undefined }) {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const more = useDrawer('menu');
  const active = activeKey(pathname, ns);
  const entries = groups.flatMap((group) => group.entries).filter((entry) => firstKeys.includes(entry.key));
  return (
    <nav className={classes.bottom} aria-label={t('nav.short')}>
      {entries.map((entry) => (
        <Link
          key={entry.key}
          to={addressOf(entry, ns) ?? '/'}
          aria-current={entry.key === active ? 'page' : undefined}
          activeOptions={exactly}
        >
          <entry.icon size={18} stroke={1.6} aria-hidden="true" />
          {t(entry.key === 'dashboardNamespace' ? 'nav.group.dashboard' : `nav.${entry.key}`)}
        </Link>
      ))}
      <button type="button" aria-expanded={more.isOpen} onClick={() => more.open()}>
        <IconDots size={18} stroke={1.6} aria-hidden="true" />
        {t('nav.more')}
      </button>
      {more.isOpen && <MoreSheet ns={ns} active={active} onClose={more.close} />}
    </nav>
  );
}

interface MoreSheetProps {
  ns: string | undefined;
  active: string | undefined;
  onClose: () => void;
}

function MoreSheet({ ns, active, onClose }: MoreSheetProps) {
  const { t } = useTranslation();
  const { admin } = useSession();
  const role = useRole(ns ?? '');
  return (
    <Drawer title={t('nav.more')} onClose={onClose}>
      <div className={classes.sheet}>
        {groupsFor({ admin, role }).map((group) => (
          <div key={group.key}>
            <h2>{t(`nav.group.${group.key}`)}</h2>
            {group.entries.map((entry) => (
              <Link
                key={entry.key}
                to={addressOf(entry, ns) ?? '/'}
                className={classes.sheetEntry}
                aria-current={entry.key === active ? 'page' : undefined}
                activeOptions={exactly}
              >
                <entry.icon size={18} stroke={1.6} aria-hidden="true" />
                {t(`nav.${entry.key}`)}
              </Link>
            ))}
          </div>
        ))}
      </div>
      <RailFoot admin={admin} />
    </Drawer>
  );
}
