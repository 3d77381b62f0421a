import { Popover } from '@mantine/core';
import { IconChevronDown, IconChevronUp, IconColumns3, IconGripVertical, IconLock } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../Button.tsx';
import { Checkbox } from '../Checkbox.tsx';
import type { Column } from './column.ts';
import classes from './DataTable.module.css';
import { isLocked } from './use-columns.ts';
import type { ColumnLayout } from './use-columns.ts';

/** Which columns, in which order: by dragging or by buttons. Name and status are locked. */
export function ColumnChooser<Row>({ columns, layout }: { columns: Column<Row>[]; layout: ColumnLayout<Row> }) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const [dragged, setDragged] = useState<string>();
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" trapFocus returnFocus>
      <Popover.Target>
        <Button
          size="sm"
          className={classes.desktop}
          icon={<IconColumns3 size={14} stroke={1.6} />}
          onClick={() => setOpened(!opened)}
        >
          {t('table.columns')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <p className={classes.chooserTitle}>{t('table.columnsHint')}</p>
        <ul className={classes.chooser}>
          {layout.ordered.map((column) => {
            const locked = isLocked(columns, column.id);
            return (
              <li
                key={column.id}
                className={`${classes.choice} ${column.id === dragged ? classes.dragged : ''}`}
                draggable={!locked}
                onDragStart={() => setDragged(column.id)}
                onDragEnd={() => setDragged(undefined)}
                onDragOver={(event) => event.preventDefault()}
                onDrop={() => dragged && layout.move(dragged, column.id)}
              >
                <label>
                  <Checkbox
                    checked={layout.isShown(column.id)}
                    disabled={locked}
                    onChange={() => layout.toggle(column.id)}
                  />
                  <span className="ellipsis">{column.header}</span>
                </label>
                {locked ? (
                  <IconLock size={14} stroke={1.6} aria-label={t('table.locked')} />
                ) : (
                  <Steps name={column.header} onStep={(by) => layout.step(column.id, by)} />
                )}
              </li>
            );
          })}
        </ul>
        <div className={classes.reset}>
          <Button size="sm" kind="quiet" onClick={layout.reset}>
            {t('table.reset')}
          </Button>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}

function Steps({ name, onStep }: { name: string; onStep: (by: -1 | 1) => void }) {
  const { t } = useTranslation();
  return (
    <>
      <button
        type="button"
        className={classes.step}
        aria-label={t('table.moveUp', { name })}
        onClick={() => onStep(-1)}
      >
        <IconChevronUp size={14} stroke={1.6} />
      </button>
      <button
        type="button"
        className={classes.step}
        aria-label={t('table.moveDown', { name })}
        onClick={() => onStep(1)}
      >
        <IconChevronDown size={14} stroke={1.6} />
      </button>
      <IconGripVertical size={14} stroke={1.6} aria-hidden="true" />
    </>
  );
}
