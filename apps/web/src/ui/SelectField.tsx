import { IconSelector } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Field } from './Field.tsx';
import classes from './Inputs.module.css';

interface SelectFieldProps {
  label: string;
  value: string;
  options: { value: string; label: string }[];
  onChange: (value: string) => void;
  hint?: ReactNode;
  error?: ReactNode;
  optional?: boolean;
}

/** One of several: the browser's own list, with label, hint and error. */
export function SelectField({ label, value, options, onChange, hint, error, optional = false }: SelectFieldProps) {
  return (
    <Field label={label} hint={hint} error={error} optional={optional}>
      {(control) => (
        <span className={classes.picker}>
          <select
            {...control}
            className={classes.select}
            value={value}
            onChange={(event) => onChange(event.target.value)}
          >
            {options.map((option) => (
              <option key={option.value} value={option.value}>
                {option.label}
              </option>
            ))}
          </select>
          <IconSelector size={14} stroke={1.6} aria-hidden="true" />
        </span>
      )}
    </Field>
  );
}
