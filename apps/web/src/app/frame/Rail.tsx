import { Link, useLocation } from '@tanstack/react-router';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRole, useSession } from '../../shared/session.ts';
import { readStored, writeStored } from '../../ui/stored.ts';
import classes from './Frame.module.css';
import { Logo } from './Logo.tsx';
import { activeKey, addressOf, exactly, groupsFor } from './navigation.ts';
import type { Entry, Group } from './navigation.ts';
import { RailFoot } from './RailFoot.tsx';
import { useRunningTasks } from './use-running-tasks.ts';

/** The menu at the left: 196 px with words, 56 px with icons below 1200 px. */
export function Rail({ ns }: { ns: string | undefined }) {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const { admin } = useSession();
  const role = useRole(ns ?? '');
  const active = activeKey(pathname, ns);
  return (
    <nav className={classes.rail} aria-label={t('nav.label')}>
      <Link to="/" className={classes.brand} activeOptions={exactly}>
        <Logo />
        <b>Waterstrider</b>
      </Link>
      <div className={classes.scroll}>
        {groupsFor({ admin, role }).map((group) => (
          <RailGroup key={group.key} group={group} ns={ns} active={active} />
        ))}
      </div>
      <RailFoot admin={admin} />
    </nav>
  );
}

interface RailGroupProps {
  group: Group;
  ns: string | undefined;
  active: string | undefined;
}

function RailGroup({ group, ns, active }: RailGroupProps) {
  const { t } = useTranslation();
  const holdsActive = group.entries.some((entry) => entry.key === active);
  const [opened, setOpened] = useState(readStored(`rail.${group.key}`) === 'open');
  const isOpen = !group.folds || opened || holdsActive;
  const toggle = () => {
    writeStored(`rail.${group.key}`, opened ? undefined : 'open');
    setOpened(!opened);
  };
  const title = t(`nav.group.${group.key}`);
  return (
    <div className={classes.group}>
      {group.folds ? (
        <button type="button" className={classes.entry} aria-expanded={isOpen} onClick={toggle} title={title}>
          {isOpen ? <IconChevronDown size={16} /> : <IconChevronRight size={16} />}
          <span>{title}</span>
        </button>
      ) : (
        <h2>{title}</h2>
      )}
      {isOpen && group.entries.map((entry) => <RailEntry key={entry.key} entry={entry} ns={ns} active={active} />)}
    </div>
  );
}

function RailEntry({ entry, ns, active }: { entry: Entry; ns: string | undefined; active: string | undefined }) {
  const { t } = useTranslation();
  const running = useRunningTasks(entry.key === 'tasks' ? ns : undefined);
  const address = addressOf(entry, ns);
  if (address === undefined) return null;
  const Glyph = entry.icon;
  const label = t(`nav.${entry.key}`);
  return (
    <Link
      to={address}
      className={classes.entry}
      aria-current={entry.key === active ? 'page' : undefined}
      activeOptions={exactly}
      title={label}
    >
      <Glyph size={16} stroke={1.6} aria-hidden="true" />
      <span>{label}</span>
      {running > 0 && <span className={classes.tasksCount}>{running}</span>}
    </Link>
  );
}
