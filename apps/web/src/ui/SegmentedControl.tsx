import type { ReactNode } from 'react';
import classes from './Controls.module.css';

interface SegmentedControlProps<Value extends string> {
  label: string;
  value: Value;
  options: { value: Value; label: ReactNode; title?: string }[];
  onChange: (value: Value) => void;
  size?: 'md' | 'sm';
}

/** One of a few, side by side. */
export function SegmentedControl<Value extends string>(props: SegmentedControlProps<Value>) {
  const { label, value, options, onChange, size = 'md' } = props;
  return (
    <span className={`${classes.segments} ${size === 'sm' ? classes.small : ''}`} role="group" aria-label={label}>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          aria-pressed={option.value === value}
          title={option.title}
          onClick={() => onChange(option.value)}
        >
          {option.label}
        </button>
      ))}
    </span>
  );
}
