import { useMantineColorScheme } from '@mantine/core';
import { IconDeviceDesktop, IconListCheck, IconMoon, IconSun } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { setLanguage } from '../../shared/i18n.ts';
import { useDrawer } from '../../shared/use-drawer.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import { Menu } from '../../ui/Menu.tsx';
import { AccountMenu } from './AccountMenu.tsx';
import classes from './Frame.module.css';
import { NamespaceSwitch } from './NamespaceSwitch.tsx';
import { useRunningTasks } from './use-running-tasks.ts';

/** Namespace at the left; tasks, language, theme and account at the right. */
export function TopBar({ ns }: { ns: string | undefined }) {
  return (
    <header className={classes.top}>
      <NamespaceSwitch ns={ns} />
      <span className="spacer" />
      <TasksButton ns={ns} />
      <LanguageButton />
      <ThemeMenu />
      <AccountMenu />
    </header>
  );
}

function TasksButton({ ns }: { ns: string | undefined }) {
  const { t } = useTranslation();
  const count = useRunningTasks(ns);
  const drawer = useDrawer('tasks');
  return (
    <Button
      kind="quiet"
      icon={<IconListCheck size={16} stroke={1.6} />}
      aria-expanded={drawer.isOpen}
      onClick={() => (drawer.isOpen ? drawer.close() : drawer.open())}
    >
      <span className={classes.tasksText}>{count > 0 ? t('tasks.running', { count }) : t('nav.tasks')}</span>
      {count > 0 && (
        <span className={classes.tasksCount} aria-hidden="true">
          {count}
        </span>
      )}
    </Button>
  );
}

/** Shows the other language, in that language. */
export function LanguageButton() {
  const { t, i18n } = useTranslation();
  const other = i18n.language === 'ko' ? 'en' : 'ko';
  return (
    <Button kind="quiet" lang={other} title={t('language.switch')} onClick={() => void setLanguage(other)}>
      {other === 'ko' ? '한국어' : 'English'}
    </Button>
  );
}

const schemes = [
  { value: 'light', Glyph: IconSun },
  { value: 'dark', Glyph: IconMoon },
  { value: 'auto', Glyph: IconDeviceDesktop },
] as const;

/** Light, dark, or as the system is. */
export function ThemeMenu() {
  const { t } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const Current = schemes.find(({ value }) => value === colorScheme)?.Glyph ?? IconDeviceDesktop;
  return (
    <Menu
      label={t('theme.label')}
      groups={[
        schemes.map(({ value, Glyph }) => ({
          key: value,
          label: t(`theme.${value}`),
          icon: <Glyph size={16} stroke={1.6} />,
          checked: value === colorScheme,
          onSelect: () => setColorScheme(value),
        })),
      ]}
      target={(control) => (
        <IconButton {...control} label={t('theme.label')} icon={<Current size={16} stroke={1.6} />} />
      )}
    />
  );
}
