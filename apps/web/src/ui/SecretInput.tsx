import { IconEye, IconEyeOff } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, IconButton } from './Button.tsx';
import classes from './Controls.module.css';
import { Field } from './Field.tsx';

interface SecretInputProps {
  label: string;
  hint?: string;
  error?: string | undefined;
  optional?: boolean;
  /** A value is kept by the server; it can be replaced, never read back. */
  stored?: boolean;
  /** `undefined`: nothing typed, so nothing is sent. */
  value: string | undefined;
  onChange: (value: string | undefined) => void;
  /** For keys and certificates. */
  multiline?: boolean;
  /** `current-password`, `new-password`; `off` unless told. */
  autoComplete?: string;
  onBlur?: () => void;
}

/** A write-only secret: dots while one is stored, with "Replace"; what is typed can be looked at. */
export function SecretInput(props: SecretInputProps) {
  const { label, hint, error, optional = false, stored = false, value, onChange, multiline = false } = props;
  const { t } = useTranslation();
  const [isShown, setShown] = useState(false);
  const keeps = stored && value === undefined;
  return (
    <Field label={label} hint={hint ?? (stored ? t('secret.stored') : undefined)} error={error} optional={optional}>
      {(control) => (
        <span className={`${classes.secret} ${error ? classes.invalid : ''}`}>
          {keeps ? (
            <>
              <span className={classes.dots} aria-hidden="true">
                ••••••••••
              </span>
              <Button id={control.id} size="sm" kind="quiet" onClick={() => onChange('')}>
                {t('secret.replace')}
              </Button>
            </>
          ) : (
            <>
              {multiline ? (
                <textarea
                  {...control}
                  rows={4}
                  autoComplete="off"
                  spellCheck={false}
                  value={value ?? ''}
                  onChange={(event) => onChange(event.target.value)}
                  onBlur={props.onBlur}
                />
              ) : (
                <input
                  {...control}
                  type={isShown ? 'text' : 'password'}
                  autoComplete={props.autoComplete ?? 'off'}
                  spellCheck={false}
                  value={value ?? ''}
                  onChange={(event) => onChange(event.target.value)}
                  onBlur={props.onBlur}
                />
              )}
              {!multiline && (
                <IconButton
                  size="sm"
                  label={t(isShown ? 'secret.hide' : 'secret.show', { name: label })}
                  aria-pressed={isShown}
                  icon={isShown ? <IconEyeOff size={16} stroke={1.6} /> : <IconEye size={16} stroke={1.6} />}
                  onClick={() => setShown(!isShown)}
                />
              )}
              {stored && (
                <Button size="sm" kind="quiet" onClick={() => onChange(undefined)}>
                  {t('secret.keep')}
                </Button>
              )}
            </>
          )}
        </span>
      )}
    </Field>
  );
}
