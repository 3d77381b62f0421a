import { Popover } from '@mantine/core';
import { IconFolders, IconSelector } from '@tabler/icons-react';
import { Link, useLocation } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useNamespaces } from '../../shared/session.ts';
import classes from './Frame.module.css';
import { exactly, pathInNamespace } from './navigation.ts';

/** Names the namespace and switches it: type to filter, the page stays where the other namespace has it. */
export function NamespaceSwitch({ ns }: { ns: string | undefined }) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" width={280} trapFocus returnFocus>
      <Popover.Target>
        <button type="button" className={classes.switch} onClick={() => setOpened(!opened)}>
          <IconFolders size={16} stroke={1.6} aria-hidden="true" />
          <span className={classes.switchLabel}>{t('namespace.label')}</span>
          <b>{ns ?? t('namespace.none')}</b>
          <IconSelector size={14} stroke={1.6} aria-hidden="true" />
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <Choices ns={ns} onDone={() => setOpened(false)} />
      </Popover.Dropdown>
    </Popover>
  );
}

function Choices({ ns, onDone }: { ns: string | undefined; onDone: () => void }) {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const { data } = useNamespaces();
  const [text, setText] = useState('');
  const list = useRef<HTMLUListElement>(null);
  const shown = (data?.items ?? []).filter(({ name }) => name.toLowerCase().includes(text.trim().toLowerCase()));

  const move = (event: KeyboardEvent) => {
    const links = [...(list.current?.querySelectorAll('a') ?? [])];
    if (event.key === 'Enter' && event.target instanceof HTMLInputElement) links[0]?.click();
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0 || links.length === 0) return;
    event.preventDefault();
    const from = links.findIndex((link) => link === document.activeElement);
    links[Math.min(links.length - 1, Math.max(0, from + step))]?.focus();
  };

  return (
    <div onKeyDown={move}>
      <input
        className={classes.filter}
        data-autofocus
        aria-label={t('namespace.filter')}
        placeholder={t('namespace.filter')}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <ul ref={list} className={classes.options}>
        {shown.map(({ id, name, nodes }) => (
          <li key={id}>
            <Link
              to={pathInNamespace(pathname, name)}
              className={classes.option}
              aria-current={name === ns}
              activeOptions={exactly}
              onClick={onDone}
            >
              <span>{name}</span>
              <small className="dim3">{t('count.servers', { count: nodes })}</small>
            </Link>
          </li>
        ))}
        {shown.length === 0 && <li className={classes.option}>{t('namespace.noMatch')}</li>}
      </ul>
      <Link to="/settings/namespaces" className={`${classes.option} link`} onClick={onDone}>
        {t('namespace.manage')}
      </Link>
    </div>
  );
}
