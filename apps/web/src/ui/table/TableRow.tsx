import { Link } from '@tanstack/react-router';
import { memo, useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Checkbox } from '../Checkbox.tsx';
import type { Column } from './column.ts';
import classes from './DataTable.module.css';

export interface TableRowProps<Row> {
  row: Row;
  name: string;
  /** Place among all rows, from 0. */
  index: number;
  columns: Column<Row>[];
  to: string | undefined;
  isActive: boolean;
  /** Undefined: rows can not be selected. */
  isSelected: boolean | undefined;
  isStale: boolean;
  onSelect: (index: number, range: boolean) => void;
  actions: ReactNode;
  hasActions: boolean;
  subLine: ReactNode;
}

function Row<Row>(props: TableRowProps<Row>) {
  const { row, name, index, columns, to, isActive, isSelected, isStale, onSelect, actions, hasActions, subLine } =
    props;
  const { t } = useTranslation();
  const width = columns.length + (isSelected === undefined ? 0 : 1) + (hasActions ? 1 : 0);
  const looks = [classes.row, subLine ? classes.hasSub : '', isStale ? classes.stale : ''].filter(Boolean).join(' ');
  return (
    <>
      <tr
        className={looks}
        data-index={index}
        tabIndex={isActive ? 0 : -1}
        aria-rowindex={index + 2}
        aria-selected={isSelected}
      >
        {isSelected !== undefined && (
          <td>
            <Checkbox
              tabIndex={isActive ? 0 : -1}
              aria-label={t('table.select', { name })}
              checked={isSelected}
              onChange={() => undefined}
              onClick={(event) => onSelect(index, event.shiftKey)}
            />
          </td>
        )}
        {columns.map((column, place) => (
          <Cell key={column.id} row={row} column={column} to={place === 0 ? to : undefined} isName={place === 0} />
        ))}
        {hasActions && <td className={`${classes.right} ${classes.actions}`}>{actions}</td>}
      </tr>
      {subLine && (
        <tr className={classes.sub}>
          {isSelected !== undefined && <td />}
          <td colSpan={width - (isSelected === undefined ? 0 : 1)}>
            <div className={classes.subLine}>{subLine}</div>
          </td>
        </tr>
      )}
    </>
  );
}

/** One row and its second line; drawn again only when something of it changed. */
export const TableRow = memo(Row) as typeof Row; // memo loses the type parameter

interface CellProps<Row> {
  row: Row;
  column: Column<Row>;
  to: string | undefined;
  isName: boolean;
}

function Cell<Row>({ row, column, to, isName }: CellProps<Row>) {
  const flashes = useFlash(column.flash?.(row) ?? '');
  const content = column.cell(row);
  const looks = [
    isName ? classes.name : '',
    column.align === 'right' ? classes.right : '',
    flashes ? classes.flash : '',
  ].filter(Boolean);
  const title = typeof content === 'string' ? content : undefined;
  return (
    <td className={looks.join(' ') || undefined} title={title}>
      {to === undefined ? content : <Link to={to}>{content}</Link>}
    </td>
  );
}

/** True for 800 ms after the value changed. */
function useFlash(value: string): boolean {
  const [seen, setSeen] = useState(value);
  useEffect(() => {
    if (seen === value) return;
    const timer = setTimeout(() => setSeen(value), 800);
    return () => clearTimeout(timer);
  }, [seen, value]);
  return seen !== value;
}
