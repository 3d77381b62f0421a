import { useMantineColorScheme } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { currentLanguage, setLanguage } from '../../shared/i18n.ts';
import { Box } from '../../ui/Box.tsx';
import { SegmentedControl } from '../../ui/SegmentedControl.tsx';
import classes from './Account.module.css';

const themes = ['light', 'dark', 'auto'] as const;

/** Language and theme of this browser. */
export function PreferencesTab() {
  const { t } = useTranslation(['account', 'common']);
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Box>
      <div className={classes.form}>
        <div className={classes.preference}>
          <span aria-hidden="true">{t('preferences.language')}</span>
          <SegmentedControl
            label={t('preferences.language')}
            value={currentLanguage()}
            options={[
              { value: 'en', label: <span lang="en">English</span> },
              { value: 'ko', label: <span lang="ko">한국어</span> },
            ]}
            onChange={(language) => void setLanguage(language)}
          />
        </div>
        <div className={classes.preference}>
          <span aria-hidden="true">{t('preferences.theme')}</span>
          <SegmentedControl
            label={t('preferences.theme')}
            value={colorScheme}
            options={themes.map((theme) => ({ value: theme, label: t(`common:theme.${theme}`) }))}
            onChange={setColorScheme}
          />
        </div>
        <p className="dim3 sm">{t('preferences.text')}</p>
      </div>
    </Box>
  );
}
