import { useTranslation } from 'react-i18next';
import { SecretInput } from '../../ui/SecretInput.tsx';
import { SelectField } from '../../ui/SelectField.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { isArchived, isNeeded, productNames, usualUrls } from './frameworks.ts';
import classes from './Platform.module.css';
import { secretOf, userOf, type AuthMode, type FrameworkValues, type Place } from './settings-form.ts';

const modes: readonly AuthMode[] = ['none', 'basic', 'bearer', 'hmac'];

interface FrameworkFieldsProps {
  place: Place;
  values: FrameworkValues;
  /** A secret is stored for this address and this way of signing in. */
  isKept: boolean;
  onChange: (change: Partial<FrameworkValues>) => void;
  onBlur: (part: string) => void;
  problem: (part: string) => string | undefined;
}

/** Address and sign-in of the gateway or of one framework. */
export function FrameworkFields({ place, values, isKept, onChange, onBlur, problem }: FrameworkFieldsProps) {
  const { t } = useTranslation('platform');
  const { url, authMode } = values;
  const user = userOf[authMode];
  const secret = secretOf[authMode];
  const isShown = url.trim() !== '' || place === 'gateway' || isNeeded(place);
  return (
    <fieldset className={classes.group}>
      <legend>
        {place === 'gateway' ? t('settings.gatewayTitle') : productNames[place]}{' '}
        {place !== 'gateway' && isArchived(place) && <span className="dim sm">{t('settings.isArchived')}</span>}
      </legend>
      <TextField
        label={t('address')}
        mono
        value={url}
        onChange={(next) => onChange({ url: next })}
        onBlur={() => url !== '' && onBlur('url')}
        placeholder={place === 'gateway' ? 'http://host:8000' : usualUrls[place]}
        inputMode="url"
        autoComplete="off"
        spellCheck={false}
        maxLength={500}
        optional={place !== 'gateway' && !isNeeded(place)}
        hint={place === 'gateway' ? t('settings.gatewayHint') : t('settings.urlHint', { prefix: `/${place}` })}
        error={problem('url')}
      />
      {isShown && (
        <SelectField
          label={t('settings.auth')}
          value={authMode}
          options={modes.map((mode) => ({ value: mode, label: t(`auth.${mode}`) }))}
          onChange={(next) => onChange({ authMode: modes.find((mode) => mode === next) ?? 'none' })}
          error={problem('authMode')}
        />
      )}
      {isShown && user && (
        <TextField
          label={t(`settings.field.${user}`)}
          value={values[user]}
          onChange={(next) => onChange({ [user]: next })}
          onBlur={() => values[user] !== '' && onBlur(user)}
          autoComplete="off"
          spellCheck={false}
          maxLength={200}
          error={problem(user)}
        />
      )}
      {isShown && secret && (
        <SecretInput
          label={t(`settings.field.${secret}`)}
          stored={isKept}
          value={values[secret]}
          onChange={(next) => onChange({ [secret]: next })}
          onBlur={() => values[secret] !== undefined && values[secret] !== '' && onBlur(secret)}
          autoComplete="new-password"
          hint={t(isKept ? 'settings.keptHint' : 'settings.secretHint')}
          error={problem(secret)}
        />
      )}
    </fieldset>
  );
}
