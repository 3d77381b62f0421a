import type { InputHTMLAttributes, ReactNode } from 'react';
import { Field } from './Field.tsx';
import classes from './Inputs.module.css';

interface TextFieldProps extends Omit<InputHTMLAttributes<HTMLInputElement>, 'value' | 'onChange' | 'className'> {
  label: string;
  value: string;
  onChange: (value: string) => void;
  hint?: ReactNode;
  error?: ReactNode;
  optional?: boolean;
  /** Rows of a text of several lines; without it one line. */
  rows?: number;
  /** For keys, ids, addresses. */
  mono?: boolean;
}

/** A text with its label, hint and error. */
export function TextField(props: TextFieldProps) {
  const { label, value, onChange, hint, error, optional = false, rows, mono = false, onBlur, ...rest } = props;
  const looks = mono ? `${classes.input} mono` : classes.input;
  return (
    <Field label={label} hint={hint} error={error} optional={optional}>
      {(control) =>
        rows === undefined ? (
          <input
            {...rest}
            {...control}
            className={looks}
            value={value}
            onChange={(event) => onChange(event.target.value)}
            onBlur={onBlur}
          />
        ) : (
          <textarea
            {...control}
            className={looks}
            rows={rows}
            maxLength={rest.maxLength}
            placeholder={rest.placeholder}
            spellCheck={rest.spellCheck}
            value={value}
            onChange={(event) => onChange(event.target.value)}
          />
        )
      }
    </Field>
  );
}
