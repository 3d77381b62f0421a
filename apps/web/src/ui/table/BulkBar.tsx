import { IconX } from '@tabler/icons-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../Button.tsx';
import classes from './DataTable.module.css';
import type { TableSource } from './table-source.ts';
import type { Selection } from './use-selection.ts';

interface BulkBarProps<Row> {
  selection: Selection<Row>;
  source: TableSource<Row>;
  rowName: (row: Row) => string;
  onError: (error: unknown) => void;
  children: ReactNode;
}

/** How many are selected, which, and what can be done with them. */
export function BulkBar<Row>({ selection, source, rowName, onError, children }: BulkBarProps<Row>) {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const all = source.total > selection.rows.length && selection.rows.length >= source.rows.length;
  const selectEvery = async () => {
    setBusy(true);
    try {
      selection.add(await source.fetchAll());
    } catch (error) {
      onError(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className={classes.bulk} role="region" aria-label={t('table.selection')}>
      <b>{t('table.selected', { count: selection.rows.length })}</b>
      {all && (
        <button
          type="button"
          className={`link ${classes.plain}`}
          aria-disabled={busy || undefined}
          onClick={() => void (busy ? undefined : selectEvery())}
        >
          {t('table.selectEvery', { count: source.total })}
        </button>
      )}
      <span className={classes.names}>{selection.rows.slice(0, 20).map(rowName).join(', ')}</span>
      {children}
      <IconButton
        size="sm"
        className={classes.plain}
        label={t('table.unselect')}
        icon={<IconX size={16} stroke={1.6} />}
        onClick={selection.clear}
      />
    </div>
  );
}
