import { useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { IconMoon, IconSun } from '@tabler/icons-react';
import { useEffect } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, IconButton } from '../ui/Button.tsx';
import { setLanguage } from './i18n.ts';
import { WelcomeArt } from './WelcomeArt.tsx';
import classes from './WelcomeLayout.module.css';

interface WelcomeLayoutProps {
  /** Title of the browser's tab. */
  title: string;
  /** A single column for a short form. */
  narrow?: boolean;
  children: ReactNode;
}

/** The pages outside the frame (sign in, first run): brand at the left, the form at the right. */
export function WelcomeLayout({ title, narrow = false, children }: WelcomeLayoutProps) {
  const { t } = useTranslation('forms');
  useEffect(() => {
    document.title = `${title} - Waterstrider`;
  }, [title]);
  return (
    <div className={classes.page}>
      <aside className={classes.side} aria-label="Waterstrider">
        <div className={classes.brand}>
          <Mark />
          <span lang="en">Waterstrider</span>
        </div>
        <p className={classes.claim}>{t('welcome.claim')}</p>
        <p className={classes.lead}>{t('welcome.lead')}</p>
        <WelcomeArt className={classes.art} rippleClass={classes.ripple} />
      </aside>
      <main id="main" className={classes.main}>
        <div className={classes.tools}>
          <Language />
          <Theme />
        </div>
        <div className={`${classes.content} ${narrow ? classes.narrow : ''}`}>{children}</div>
      </main>
    </div>
  );
}

function Mark() {
  return (
    <svg viewBox="0 0 24 24" width={24} height={24} aria-hidden="true" fill="none" stroke="currentColor">
      <ellipse cx="12" cy="17.6" rx="9.4" ry="2.5" strokeWidth="1.1" opacity=".5" />
      <ellipse cx="12" cy="17.6" rx="4.6" ry="1.15" strokeWidth="1.1" opacity=".75" />
      <path
        d="M12 4.2v6.6M12 8L6.2 6.2 2.8 15M12 8l5.8-1.8L21.2 15M12 9.6l-3.4 1.6-1.2 5.4M12 9.6l3.4 1.6 1.2 5.4"
        strokeWidth="1.5"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}

function Language() {
  const { t, i18n } = useTranslation();
  const other = i18n.language === 'ko' ? 'en' : 'ko';
  return (
    <Button kind="quiet" lang={other} title={t('language.switch')} onClick={() => void setLanguage(other)}>
      {other === 'ko' ? '한국어' : 'English'}
    </Button>
  );
}

function Theme() {
  const { t } = useTranslation('forms');
  const { setColorScheme } = useMantineColorScheme();
  const isDark = useComputedColorScheme('light', { getInitialValueInEffect: false }) === 'dark';
  const Glyph = isDark ? IconSun : IconMoon;
  return (
    <IconButton
      label={t(isDark ? 'welcome.light' : 'welcome.dark')}
      icon={<Glyph size={16} stroke={1.6} />}
      onClick={() => setColorScheme(isDark ? 'light' : 'dark')}
    />
  );
}
