import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './spec.module.css';

interface FilterSelectProps {
  label: string;
  /** 0 is any. */
  value: number;
  steps: number[];
  onChange: (value: number) => void;
}

/** "vCPU from 4". */
export function FilterSelect({ label, value, steps, onChange }: FilterSelectProps) {
  const { t } = useTranslation('create');
  return (
    <label className={classes.filter}>
      <span>{label}</span>
      <select value={value} onChange={(event) => onChange(Number(event.target.value))}>
        <option value={0}>{t('spec.any')}</option>
        {steps.map((step) => (
          <option key={step} value={step}>
            {step}
          </option>
        ))}
      </select>
    </label>
  );
}

const waitMs = 300;
const pattern = /^\d{0,4}(?:\.\d{0,4})?$/;

/** "At most $ 0.20 per hour"; what is not a price can not be typed. */
export function PriceFilter({ value, onChange }: { value: number | undefined; onChange: (value?: number) => void }) {
  const { t } = useTranslation('create');
  const [typed, setTyped] = useState(value === undefined ? '' : String(value));
  useEffect(() => {
    // Cleared from outside.
    if (value === undefined) setTyped('');
  }, [value]);
  useEffect(() => {
    const wanted = Number(typed) > 0 ? Number(typed) : undefined;
    if (wanted === value) return;
    const timer = setTimeout(() => onChange(wanted), waitMs);
    return () => clearTimeout(timer);
  }, [typed, value, onChange]);
  return (
    <label className={classes.filter}>
      <span>{t('spec.maxCost')}</span>
      <input
        inputMode="decimal"
        value={typed}
        placeholder={t('spec.any')}
        onChange={(event) => {
          const text = event.target.value.replace(',', '.');
          if (pattern.test(text)) setTyped(text);
        }}
      />
    </label>
  );
}
