import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Checkbox } from '../Checkbox.tsx';
import type { Column, TableState } from './column.ts';
import classes from './DataTable.module.css';

interface TableHeadProps<Row> {
  columns: Column<Row>[];
  sort: TableState['sort'];
  onSort: (key: string) => void;
  /** Absent: rows can not be selected. */
  selected?: 'none' | 'some' | 'all' | undefined;
  onSelectAll: () => void;
  hasActions: boolean;
}

/** Header that stays in sight; a click sorts. */
export function TableHead<Row>({ columns, sort, onSort, selected, onSelectAll, hasActions }: TableHeadProps<Row>) {
  const { t } = useTranslation();
  return (
    <thead>
      <tr aria-rowindex={1}>
        {selected && (
          <th scope="col">
            <Checkbox
              aria-label={t('table.selectAll')}
              checked={selected === 'all'}
              indeterminate={selected === 'some'}
              onChange={onSelectAll}
            />
          </th>
        )}
        {columns.map((column) => (
          <Header key={column.id} column={column} sort={sort} onSort={onSort} />
        ))}
        {hasActions && (
          <th scope="col">
            <span className="visually-hidden">{t('table.actions')}</span>
          </th>
        )}
      </tr>
    </thead>
  );
}

interface HeaderProps<Row> {
  column: Column<Row>;
  sort: TableState['sort'];
  onSort: (key: string) => void;
}

function Header<Row>({ column, sort, onSort }: HeaderProps<Row>) {
  const { header, sortKey, align } = column;
  const isSorted = sortKey !== undefined && sort?.key === sortKey;
  const Arrow = sort?.descending ? IconArrowDown : IconArrowUp;
  return (
    <th
      scope="col"
      className={align === 'right' ? classes.right : undefined}
      aria-sort={isSorted ? (sort.descending ? 'descending' : 'ascending') : undefined}
    >
      {sortKey ? (
        <button type="button" className={classes.sort} onClick={() => onSort(sortKey)}>
          {header}
          {isSorted && <Arrow size={12} stroke={1.6} aria-hidden="true" />}
        </button>
      ) : (
        header
      )}
    </th>
  );
}
