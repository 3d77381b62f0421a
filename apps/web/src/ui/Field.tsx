import { useId } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './Controls.module.css';
import { StatusMark } from './StatusMark.tsx';

/** What a control inside a `Field` must carry. */
export interface FieldControl {
  id: string;
  'aria-describedby': string | undefined;
  'aria-invalid': boolean | undefined;
}

interface FieldProps {
  label: string;
  hint?: ReactNode;
  /** Takes the place of the hint. */
  error?: ReactNode;
  optional?: boolean;
  children: (control: FieldControl) => ReactNode;
}

/** Label above, hint below, an error with its mark in place of the hint; for controls that are not Mantine's. */
export function Field({ label, hint, error, optional = false, children }: FieldProps) {
  const { t } = useTranslation();
  const id = useId();
  const note = error ?? hint;
  return (
    <div className={classes.field}>
      <label htmlFor={id}>
        {label} {optional && <span className="dim3">{t('optional')}</span>}
      </label>
      {children({ id, 'aria-describedby': note ? `${id}-note` : undefined, 'aria-invalid': error ? true : undefined })}
      {note && (
        <div id={`${id}-note`} className={error ? classes.problem : classes.hint}>
          {error && <StatusMark kind="fail" />}
          <span>{note}</span>
        </div>
      )}
    </div>
  );
}
