import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useNamespaces } from '../../shared/session.ts';
import { Checkbox } from '../../ui/Checkbox.tsx';
import { StatusMark } from '../../ui/StatusMark.tsx';
import classes from './Connections.module.css';

interface NamespacePickerProps {
  /** Names of those that may use it; absent means all, later ones too. */
  chosen: string[] | undefined;
  onChange: (namespaces: string[] | undefined) => void;
  error?: string | undefined;
}

/** Who may use a credential: all namespaces, or the chosen ones. */
export function NamespacePicker({ chosen, onChange, error }: NamespacePickerProps) {
  const { t } = useTranslation('connections');
  const id = useId();
  const namespaces = useNamespaces().data?.items ?? [];
  return (
    <div>
      <fieldset
        className={`${classes.group} ${error ? classes.invalid : ''}`}
        aria-describedby={error ? `${id}-error` : undefined}
      >
        <legend className={classes.legend}>
          <b>{t('usableIn')}</b>
        </legend>
        <div className={classes.options}>
          <label className={classes.option}>
            <input
              type="radio"
              className={classes.radio}
              name={id}
              checked={chosen === undefined}
              onChange={() => onChange(undefined)}
            />
            <span>{t('everyNamespace')}</span>
          </label>
          <label className={classes.option}>
            <input
              type="radio"
              className={classes.radio}
              name={id}
              checked={chosen !== undefined}
              onChange={() => onChange([])}
            />
            <span>{t('chosenNamespaces')}</span>
          </label>
          {chosen !== undefined &&
            namespaces.map(({ name }) => (
              <label key={name} className={classes.option} style={{ paddingLeft: 34 }}>
                <Checkbox
                  checked={chosen.includes(name)}
                  onChange={(event) =>
                    onChange(event.target.checked ? [...chosen, name] : chosen.filter((other) => other !== name))
                  }
                />
                <span>{name}</span>
              </label>
            ))}
          {chosen !== undefined && namespaces.length === 0 && <p className={classes.nothing}>{t('noNamespaceYet')}</p>}
        </div>
      </fieldset>
      {error && (
        <p id={`${id}-error`} className={classes.problem}>
          <StatusMark kind="fail" />
          {error}
        </p>
      )}
    </div>
  );
}
