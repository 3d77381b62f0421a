import { IconMinus, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './Controls.module.css';

interface NumberStepperProps {
  /** Accessible name: "Servers". */
  label: string;
  value: number;
  min: number;
  max: number;
  onChange: (value: number) => void;
  id?: string;
}

/** A whole number with minus and plus; arrow keys work in the field, what is out of bounds is brought back on leaving it. */
export function NumberStepper({ label, value, min, max, onChange, id }: NumberStepperProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState<string>();
  const set = (next: number) => {
    setTyped(undefined);
    onChange(Math.min(max, Math.max(min, next)));
  };
  const type = (text: string) => {
    setTyped(text);
    const next = Number(text);
    if (/^\d+$/.test(text) && next >= min && next <= max) onChange(next);
  };
  const leave = () => {
    if (typed === undefined) return;
    if (/^\d+$/.test(typed)) set(Number(typed));
    else setTyped(undefined);
  };
  return (
    <span className={classes.stepper}>
      <button
        type="button"
        aria-label={t('number.less', { name: label })}
        aria-disabled={value <= min || undefined}
        onClick={() => value > min && set(value - 1)}
      >
        <IconMinus size={14} aria-hidden="true" />
      </button>
      <input
        id={id}
        inputMode="numeric"
        role="spinbutton"
        aria-label={label}
        aria-valuenow={value}
        aria-valuemin={min}
        aria-valuemax={max}
        value={typed ?? String(value)}
        onChange={(event) => type(event.target.value)}
        onBlur={leave}
        onKeyDown={(event) => {
          const step = event.key === 'ArrowUp' ? 1 : event.key === 'ArrowDown' ? -1 : 0;
          if (step === 0) return;
          event.preventDefault();
          set(value + step);
        }}
      />
      <button
        type="button"
        aria-label={t('number.more', { name: label })}
        aria-disabled={value >= max || undefined}
        onClick={() => value < max && set(value + 1)}
      >
        <IconPlus size={14} aria-hidden="true" />
      </button>
    </span>
  );
}
