import { useMediaQuery } from '@mantine/hooks';
import { use, useMemo, useState } from 'react';
import { PreferenceScope } from '../preference-scope.ts';
import { readStored, writeStored } from '../stored.ts';
import type { Column } from './column.ts';

interface Layout {
  order: string[];
  shown: string[];
}

/** The columns on screen and the way to change them; order and choice are remembered per person and table. */
export interface ColumnLayout<Row> {
  visible: Column<Row>[];
  /** All, in the person's order. */
  ordered: Column<Row>[];
  isShown: (id: string) => boolean;
  toggle: (id: string) => void;
  /** Moves a column before another one. */
  move: (id: string, before: string) => void;
  step: (id: string, by: -1 | 1) => void;
  reset: () => void;
}

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string');

function readLayout(key: string): Layout | undefined {
  const text = readStored(key);
  if (!text) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    if (
      typeof value === 'object' &&
      value &&
      'order' in value &&
      'shown' in value &&
      isTexts(value.order) &&
      isTexts(value.shown)
    )
      return { order: value.order, shown: value.shown };
  } catch {
    // Written by hand or by an older version: the usual columns are shown.
    return undefined;
  }
  return undefined;
}

/** Columns of a table for this person and this width; phones keep the essential ones. */
export function useColumns<Row>(tableId: string, columns: Column<Row>[]): ColumnLayout<Row> {
  const key = `columns.${use(PreferenceScope)}.${tableId}`;
  const isPhone = useMediaQuery('(max-width: 767px)', false, { getInitialValueInEffect: false });
  const isWide = useMediaQuery('(min-width: 1600px)', false, { getInitialValueInEffect: false });
  const [layout, setLayout] = useState(() => readLayout(key));
  const ordered = useMemo(() => inOrder(columns, layout?.order), [columns, layout]);
  const shown = useMemo(
    () =>
      new Set(
        layout?.shown ?? columns.filter((column) => !column.hidden && (isWide || !column.wide)).map(({ id }) => id),
      ),
    [columns, layout, isWide],
  );
  const isShown = (id: string) => shown.has(id) || isLocked(columns, id);
  const visible = ordered.filter(({ id, essential }) => (isPhone ? essential || isLocked(columns, id) : isShown(id)));

  const save = (order: string[], chosen: Set<string>) => {
    const next = { order, shown: [...chosen] };
    writeStored(key, JSON.stringify(next));
    setLayout(next);
  };
  const ids = ordered.map(({ id }) => id);
  const move = (id: string, before: string) => {
    if (id === before || isLocked(columns, id) || isLocked(columns, before)) return;
    const rest = ids.filter((other) => other !== id);
    const from = ids.indexOf(id);
    const at = rest.indexOf(before) + (from < ids.indexOf(before) ? 1 : 0);
    save([...rest.slice(0, at), id, ...rest.slice(at)], shown);
  };
  return {
    visible,
    ordered,
    isShown,
    move,
    toggle: (id) => save(ids, toggled(shown, id)),
    step: (id, by) => {
      const neighbour = ids[ids.indexOf(id) + by];
      if (neighbour) move(id, neighbour);
    },
    reset: () => {
      writeStored(key, undefined);
      setLayout(undefined);
    },
  };
}

function toggled(shown: Set<string>, id: string): Set<string> {
  const next = new Set(shown);
  if (!next.delete(id)) next.add(id);
  return next;
}

/** The first column, and those that say so. */
export function isLocked<Row>(columns: Column<Row>[], id: string): boolean {
  return columns[0]?.id === id || columns.find((column) => column.id === id)?.locked === true;
}

/** Remembered order first; columns made since then come after it, locked ones before everything. */
function inOrder<Row>(columns: Column<Row>[], order: string[] | undefined): Column<Row>[] {
  if (!order) return columns;
  const place = (column: Column<Row>): number => {
    if (isLocked(columns, column.id)) return -1;
    const index = order.indexOf(column.id);
    return index < 0 ? order.length : index;
  };
  return [...columns].sort((left, right) => place(left) - place(right));
}
