import { useMediaQuery } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../Button.tsx';
import { EmptyState } from '../EmptyState.tsx';
import { ErrorState } from '../ErrorState.tsx';
import type { FilterDefinition } from '../filter-definition.ts';
import { SkeletonRows } from '../Skeleton.tsx';
import { BulkBar } from './BulkBar.tsx';
import type { Column, TableState } from './column.ts';
import classes from './DataTable.module.css';
import { TableGrid } from './TableGrid.tsx';
import type { TableSource } from './table-source.ts';
import { TableToolbar } from './TableToolbar.tsx';
import { useAutoRefresh } from './use-auto-refresh.ts';
import { useColumns } from './use-columns.ts';
import { useSelection } from './use-selection.ts';

export interface DataTableProps<Row> {
  /** Names the table in memory and the exported file: `servers`. */
  id: string;
  /** Accessible name: "Servers". */
  label: string;
  /** From `useList`. */
  source: TableSource<Row>;
  /** From `useListState`. */
  state: TableState;
  /** Keep it stable (useMemo); the first column is the name. */
  columns: Column<Row>[];
  rowKey: (row: Row) => string;
  rowName: (row: Row) => string;
  /** Address of the row's own page; the name becomes a link, Enter opens it. */
  rowTo?: (row: Row) => string;
  /** Instead of an address: opens a drawer, for example. */
  onOpen?: (row: Row) => void;
  filters?: FilterDefinition[];
  searchLabel: string;
  searchPlaceholder?: string;
  /** More tools after the filters. */
  toolbar?: ReactNode;
  /** Second line under a row: the failure in the cloud's words and the one action that helps. */
  subLine?: (row: Row) => ReactNode;
  /** Usually an `ActionMenu`. */
  rowActions?: (row: Row) => ReactNode;
  /** Width of the actions column, 56 px unless told. */
  actionsWidth?: number;
  /** Buttons for the selected rows, each saying how many it will touch; makes rows selectable. `done` clears the selection. */
  bulk?: (rows: Row[], done: () => void) => ReactNode;
  /** Grey: what is shown is not fresh. */
  isStale?: (row: Row) => boolean;
  /** Shown when there is nothing at all (not for "no match"). */
  empty?: ReactNode;
}

/**
 * A list as a table: the server pages, sorts and filters; only the rows in sight are drawn; live changes appear in place, and
 * rows never move under the pointer or the keyboard focus.
 */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { id, source, state, columns, rowKey, rowName, bulk } = props;
  const layout = useColumns(id, columns);
  const selection = useSelection(source.rows, rowKey);
  const [isTouched, setTouched] = useState(false);
  const [failure, setFailure] = useState<unknown>();
  const navigate = useNavigate();
  const canHover = useMediaQuery('(hover: hover)', true, { getInitialValueInEffect: false });
  useAutoRefresh(source, isTouched);

  const open = (row: Row) => {
    if (props.onOpen) props.onOpen(row);
    else if (props.rowTo) void navigate({ to: props.rowTo(row) });
  };
  const isEmpty = !source.loading && source.error === undefined && source.rows.length === 0;
  return (
    <div className={classes.table}>
      <TableToolbar
        id={id}
        columns={columns}
        layout={layout}
        source={source}
        state={state}
        filters={props.filters ?? []}
        searchLabel={props.searchLabel}
        searchPlaceholder={props.searchPlaceholder}
        onError={setFailure}
      >
        {props.toolbar}
      </TableToolbar>
      {bulk && selection.rows.length > 0 && (
        <BulkBar selection={selection} source={source} rowName={rowName} onError={setFailure}>
          {bulk(selection.rows, selection.clear)}
        </BulkBar>
      )}
      {failure !== undefined && (
        <div className={classes.error}>
          <ErrorState error={failure} onRetry={() => setFailure(undefined)} />
        </div>
      )}
      {isTouched && <Pending source={source} />}
      {source.error !== undefined && (
        <div className={classes.error}>
          <ErrorState error={source.error} onRetry={source.retry} />
        </div>
      )}
      {source.loading && <SkeletonRows />}
      {isEmpty && (state.isFiltered ? <NoMatch onClear={state.clear} /> : (props.empty ?? <Nothing />))}
      {source.rows.length > 0 && (
        <TableGrid
          {...props}
          layout={layout}
          selection={selection}
          onOpenRow={open}
          onTouch={(touched) => setTouched(touched && canHover)}
        />
      )}
    </div>
  );
}

/** "4 new", "3 changed, sort again": what waits while somebody's hand is on the table. */
function Pending<Row>({ source }: { source: TableSource<Row> }) {
  const { t } = useTranslation();
  const { added, changed } = source.pending;
  if (added + changed === 0) return null;
  return (
    <div className={classes.pending} role="status">
      <Button size="sm" onClick={() => void source.refresh()}>
        {added > 0 ? t('table.added', { count: added }) : t('table.changed', { count: changed })}
      </Button>
    </div>
  );
}

function NoMatch({ onClear }: { onClear: () => void }) {
  const { t } = useTranslation();
  return <EmptyState reason={t('table.noMatch')} action={<Button onClick={onClear}>{t('table.clear')}</Button>} />;
}

function Nothing() {
  const { t } = useTranslation();
  return <EmptyState reason={t('table.nothing')} />;
}
