import type { FrameworkName } from '@waterstrider/contract';
import { useTranslation } from 'react-i18next';
import { Checkbox } from '../../ui/Checkbox.tsx';
import { frameworkNames, isArchived, isNeeded, productNames } from './frameworks.ts';
import classes from './Platform.module.css';

interface BehindGatewayProps {
  chosen: FrameworkName[];
  onChange: (chosen: FrameworkName[]) => void;
}

/** Which frameworks the gateway leads to; CB-Tumblebug always. */
export function BehindGateway({ chosen, onChange }: BehindGatewayProps) {
  const { t } = useTranslation('platform');
  const toggle = (name: FrameworkName) =>
    onChange(frameworkNames.filter((one) => (one === name ? !chosen.includes(one) : chosen.includes(one))));
  return (
    <fieldset className={`${classes.group} ${classes.choices}`}>
      <legend>{t('settings.behind')}</legend>
      {frameworkNames.map((name) => (
        <label key={name} className={classes.choice}>
          <Checkbox
            checked={isNeeded(name) || chosen.includes(name)}
            disabled={isNeeded(name)}
            onChange={() => toggle(name)}
          />
          <span>
            {productNames[name]} <span className="dim sm">{t(noteOf(name))}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

const noteOf = (name: FrameworkName) =>
  isNeeded(name) ? 'settings.isNeeded' : isArchived(name) ? 'settings.isArchived' : 'settings.isOptional';
