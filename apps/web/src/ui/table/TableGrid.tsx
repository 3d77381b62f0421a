import { useMediaQuery } from '@mantine/hooks';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useMemo, useRef } from 'react';
import type { Column } from './column.ts';
import classes from './DataTable.module.css';
import type { DataTableProps } from './DataTable.tsx';
import { TableHead } from './TableHead.tsx';
import { TableRow } from './TableRow.tsx';
import type { ColumnLayout } from './use-columns.ts';
import { useFillHeight } from './use-fill-height.ts';
import { useRowKeys } from './use-row-keys.ts';
import type { Selection } from './use-selection.ts';

interface TableGridProps<Row> extends DataTableProps<Row> {
  layout: ColumnLayout<Row>;
  selection: Selection<Row>;
  onOpenRow: (row: Row) => void;
  /** Somebody's pointer or focus is in the rows, or they are scrolled. */
  onTouch: (touched: boolean) => void;
}

const selectWidth = 42;
const subHeight = 40;
const loadAhead = 30;

/** The scrolling part: header, the rows in sight, room above and below for the others. */
export function TableGrid<Row>(props: TableGridProps<Row>) {
  const {
    source,
    state,
    layout,
    selection,
    rowKey,
    rowName,
    rowTo,
    bulk,
    rowActions,
    subLine,
    actionsWidth = 56,
  } = props;
  const { rows, hasMore, loadMore } = source;
  const scroller = useRef<HTMLDivElement>(null);
  const lastSelected = useRef(0);
  const isPhone = useMediaQuery('(max-width: 767px)', false, { getInitialValueInEffect: false });
  const rowHeight = isPhone ? 40 : 34;
  const widthOf = ({ width = 120 }: Column<Row>, place: number) =>
    isPhone ? Math.min(width, place === 0 ? 120 : 108) : width;
  const subLines = useMemo(() => rows.map((row) => subLine?.(row)), [rows, subLine]);
  const maxHeight = useFillHeight(scroller, bulk !== undefined && selection.rows.length > 0);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => rowHeight + (subLines[index] ? subHeight : 0),
    overscan: 2,
    initialRect: { width: 0, height: maxHeight },
  });
  const signature = `${rowHeight} ${subLines.map((line) => (line ? 1 : 0)).join('')}`;
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, signature]);

  const select = (index: number, range: boolean) => {
    const row = rows[index];
    if (!row || !bulk) return;
    const [from, to] = [Math.min(lastSelected.current, index), Math.max(lastSelected.current, index)];
    if (range) selection.add(rows.slice(from, to + 1));
    else selection.toggle(row);
    lastSelected.current = index;
  };
  const keys = useRowKeys({
    count: rows.length,
    page: Math.max(1, Math.floor(maxHeight / rowHeight) - 2),
    reveal: (index) => {
      virtualizer.scrollToIndex(index, { align: 'auto' });
      // The row may be drawn only after the scroll.
      requestAnimationFrame(() => scroller.current?.querySelector<HTMLElement>(`tr[data-index="${index}"]`)?.focus());
    },
    onSelect: select,
    onOpen: (index) => rows[index] && props.onOpenRow(rows[index]),
    onClear: () => {
      const had = selection.rows.length > 0;
      selection.clear();
      return had;
    },
  });

  const items = virtualizer.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && last >= rows.length - loadAhead) loadMore();
  }, [hasMore, last, rows.length, loadMore]);

  const before = items[0]?.start ?? 0;
  const after = virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0);
  const first = items[0]?.index ?? 0;
  const tabStop = keys.active >= first && keys.active <= last ? keys.active : first;
  const all = rows.length > 0 && selection.rows.length > 0 && rows.every((row) => selection.has(rowKey(row)));
  const touch = (touched: boolean) => props.onTouch(touched || (scroller.current?.scrollTop ?? 0) > 0);
  const least = layout.visible.reduce(
    (sum, column, place) => sum + widthOf(column, place),
    (bulk ? selectWidth : 0) + (rowActions ? actionsWidth : 0),
  );

  return (
    <div
      ref={scroller}
      className={`${classes.scroll} ${source.updating ? classes.updating : ''}`}
      style={{ maxHeight }}
      tabIndex={-1}
      onKeyDown={keys.onKeyDown}
      onPointerEnter={() => touch(true)}
      onPointerLeave={() => touch(scroller.current?.contains(document.activeElement) ?? false)}
      onScroll={() => touch(true)}
      onFocus={(event) => {
        const index = event.target.closest('tr')?.getAttribute('data-index');
        if (index) keys.setActive(Number(index));
        touch(true);
      }}
      onBlur={(event) => touch(event.currentTarget.matches(':hover'))}
    >
      <table
        role="grid"
        aria-label={props.label}
        aria-rowcount={source.total + 1}
        aria-multiselectable={bulk ? true : undefined}
        aria-busy={source.updating || undefined}
        style={{ minWidth: least }}
      >
        <colgroup>
          {bulk && <col style={{ width: selectWidth }} />}
          {layout.visible.map((column, place) => (
            <col key={column.id} style={place === 0 || column.grow ? undefined : { width: widthOf(column, place) }} />
          ))}
          {rowActions && <col style={{ width: actionsWidth }} />}
        </colgroup>
        <TableHead
          columns={layout.visible}
          sort={state.sort}
          onSort={state.toggleSort}
          selected={bulk && (all ? 'all' : selection.rows.length > 0 ? 'some' : 'none')}
          onSelectAll={() => (all ? selection.clear() : selection.add(rows))}
          hasActions={rowActions !== undefined}
        />
        {before > 0 && <Room height={before} />}
        <tbody>
          {items.map(({ index }) => {
            const row = rows[index];
            if (row === undefined) return null;
            return (
              <TableRow
                key={rowKey(row)}
                row={row}
                name={rowName(row)}
                index={index}
                columns={layout.visible}
                to={rowTo?.(row)}
                isActive={index === tabStop}
                isSelected={bulk && selection.has(rowKey(row))}
                isStale={props.isStale?.(row) ?? false}
                onSelect={select}
                actions={rowActions?.(row)}
                hasActions={rowActions !== undefined}
                subLine={subLines[index]}
              />
            );
          })}
        </tbody>
        {after > 0 && <Room height={after} />}
      </table>
    </div>
  );
}

function Room({ height }: { height: number }) {
  return (
    <tbody aria-hidden="true" className={classes.spacer}>
      <tr>
        <td style={{ height }} />
      </tr>
    </tbody>
  );
}
