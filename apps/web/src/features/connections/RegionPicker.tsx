import type { Region } from '@waterstrider/contract';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Checkbox } from '../../ui/Checkbox.tsx';
import { StatusMark } from '../../ui/StatusMark.tsx';
import classes from './Connections.module.css';

interface RegionPickerProps {
  regions: Region[];
  chosen: string[];
  onChange: (regions: string[]) => void;
  hint?: string | undefined;
  error?: string | undefined;
}

/** Regions by name and code, with a search; "select all" takes those in sight. */
export function RegionPicker({ regions, chosen, onChange, hint, error }: RegionPickerProps) {
  const { t } = useTranslation('connections');
  const [search, setSearch] = useState('');
  const errorId = useId();
  const wanted = search.trim().toLowerCase();
  const shown = regions.filter(({ region, name }) => `${name} ${region}`.toLowerCase().includes(wanted));
  const has = new Set(chosen);
  const isAll = shown.length > 0 && shown.every(({ region }) => has.has(region));
  const set = (changed: Region[], isOn: boolean) => {
    const touched = new Set(changed.map(({ region }) => region));
    onChange(regions.map(({ region }) => region).filter((region) => (touched.has(region) ? isOn : has.has(region))));
  };
  return (
    <div>
      <fieldset
        className={`${classes.group} ${error ? classes.invalid : ''}`}
        aria-describedby={error || hint ? errorId : undefined}
      >
        <legend className={classes.legend}>
          <b>{t('regions')}</b>
          <span className="dim3 sm">{t('common:table.shown', { shown: chosen.length, total: regions.length })}</span>
          <button type="button" className="link" onClick={() => set(shown, !isAll)}>
            {t(isAll ? 'selectNone' : 'selectAll')}
          </button>
        </legend>
        {regions.length > 6 && (
          <input
            type="search"
            className={classes.find}
            aria-label={t('findRegion')}
            placeholder={t('findRegionExample')}
            value={search}
            onChange={(event) => setSearch(event.target.value)}
            onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
          />
        )}
        <div className={classes.options}>
          {shown.map((one) => (
            <label key={one.region} className={classes.option}>
              <Checkbox checked={has.has(one.region)} onChange={(event) => set([one], event.target.checked)} />
              <span lang="en" title={one.name}>
                {one.name}
              </span>
              <code>{one.region}</code>
            </label>
          ))}
          {shown.length === 0 && <p className={classes.nothing}>{t('noRegion')}</p>}
        </div>
      </fieldset>
      {hint && !error && (
        <p id={errorId} className={classes.hint}>
          {hint}
        </p>
      )}
      {error && (
        <p id={errorId} className={classes.problem}>
          <StatusMark kind="fail" />
          {error}
        </p>
      )}
    </div>
  );
}
