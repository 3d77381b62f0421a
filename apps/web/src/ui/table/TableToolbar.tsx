import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../Button.tsx';
import { FilterChips } from '../FilterChips.tsx';
import type { FilterDefinition } from '../filter-definition.ts';
import { SearchInput } from '../SearchInput.tsx';
import type { Column, TableState } from './column.ts';
import { ColumnChooser } from './ColumnChooser.tsx';
import { download, toCsv } from './csv.ts';
import classes from './DataTable.module.css';
import type { TableSource } from './table-source.ts';
import type { ColumnLayout } from './use-columns.ts';

interface TableToolbarProps<Row> {
  id: string;
  columns: Column<Row>[];
  layout: ColumnLayout<Row>;
  source: TableSource<Row>;
  state: TableState;
  filters: FilterDefinition[];
  searchLabel: string;
  searchPlaceholder: string | undefined;
  children: ReactNode;
  onError: (error: unknown) => void;
}

/** Search, filters, count, columns, export. */
export function TableToolbar<Row>(props: TableToolbarProps<Row>) {
  const { id, columns, layout, source, state, filters, searchLabel, searchPlaceholder, children, onError } = props;
  const { t, i18n } = useTranslation();
  const [exporting, setExporting] = useState(false);
  const number = new Intl.NumberFormat(i18n.language);
  const total = number.format(source.total);
  const exportAll = async () => {
    setExporting(true);
    try {
      download(`${id}.csv`, toCsv(columns, await source.fetchAll()));
    } catch (error) {
      onError(error);
    } finally {
      setExporting(false);
    }
  };
  return (
    <div className={classes.toolbar}>
      <SearchInput
        label={searchLabel}
        {...(searchPlaceholder ? { placeholder: searchPlaceholder } : {})}
        value={state.search}
        onChange={state.setSearch}
      />
      <FilterChips definitions={filters} filters={state.filters} onChange={state.setFilter} />
      {children}
      <span className="spacer" />
      <span className={classes.shown} role="status">
        {source.loading ? '' : t('table.shown', { shown: number.format(source.rows.length), total })}
      </span>
      <ColumnChooser columns={columns} layout={layout} />
      <Button
        size="sm"
        className={classes.desktop}
        icon={<IconDownload size={14} stroke={1.6} />}
        title={t('table.export', { count: source.total })}
        busy={exporting}
        onClick={() => void exportAll()}
      >
        {t('table.csv')}
      </Button>
    </div>
  );
}
