import { IconX } from '@tabler/icons-react';
import { useState } from 'react';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './Controls.module.css';
import { Field } from './Field.tsx';

interface LabelsInputProps {
  label: string;
  value: Record<string, string>;
  onChange: (labels: Record<string, string>) => void;
  hint?: string;
  error?: string | undefined;
}

const keyPattern = /^[A-Za-z0-9]([A-Za-z0-9._/-]{0,61}[A-Za-z0-9])?$/;

/** Labels as `key=value`; Enter or a comma adds one, Backspace in the empty field takes the last one back. */
export function LabelsInput({ label, value, onChange, hint, error }: LabelsInputProps) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string>();

  const add = () => {
    if (text.trim() === '') return setProblem(undefined);
    const [key = '', ...rest] = text.trim().split('=');
    if (!keyPattern.test(key)) return setProblem(t('labels.badKey'));
    onChange({ ...value, [key]: rest.join('=').trim() });
    setText('');
    setProblem(undefined);
  };
  const remove = (key: string) =>
    onChange(Object.fromEntries(Object.entries(value).filter(([other]) => other !== key)));
  const press = (event: KeyboardEvent) => {
    const last = Object.keys(value).at(-1);
    if (event.key === 'Enter' || event.key === ',') {
      event.preventDefault();
      add();
    } else if (event.key === 'Backspace' && text === '' && last !== undefined) {
      setText(`${last}=${value[last] ?? ''}`);
      remove(last);
    }
  };
  return (
    <Field label={label} hint={hint ?? t('labels.hint')} error={error ?? problem} optional>
      {(control) => (
        <span className={`${classes.labels} ${(error ?? problem) ? classes.invalid : ''}`}>
          {Object.entries(value).map(([key, content]) => (
            <span key={key} className={classes.label1}>
              {content === '' ? key : `${key}=${content}`}
              <button
                type="button"
                className={classes.remove}
                aria-label={t('labels.remove', { name: key })}
                onClick={() => remove(key)}
              >
                <IconX size={12} aria-hidden="true" />
              </button>
            </span>
          ))}
          <input
            {...control}
            value={text}
            placeholder="key=value"
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => setText(event.target.value)}
            onKeyDown={press}
            onBlur={add}
          />
        </span>
      )}
    </Field>
  );
}
