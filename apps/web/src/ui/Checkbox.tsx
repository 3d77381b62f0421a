import type { InputHTMLAttributes } from 'react';
import classes from './Controls.module.css';

interface CheckboxProps extends Omit<InputHTMLAttributes<HTMLInputElement>, 'type'> {
  /** Some, not all. */
  indeterminate?: boolean;
}

/** A bare checkbox for rows and lists; give it an `aria-label`, or a `<label>` around it. */
export function Checkbox({ indeterminate = false, className = '', ...rest }: CheckboxProps) {
  return (
    <input
      type="checkbox"
      {...rest}
      className={`${classes.checkbox} ${className}`}
      ref={(element) => {
        if (element) element.indeterminate = indeterminate;
      }}
    />
  );
}
