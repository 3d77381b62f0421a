import { useState } from 'react';
import type { KeyboardEvent, PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ProviderBadge } from './ProviderBadge.tsx';
import classes from './ServerSquares.module.css';
import type { Square, SquareGroup } from './squares.ts';

interface ServerSquaresProps {
  /** From `squaresFromLetters(infra.squares)`. */
  groups: SquareGroup[];
  /** Whose servers these are. */
  name: string;
}

const steps: Record<string, number> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** Every server is a square, grouped by provider. One focusable group; arrow keys and hovering name the server. */
export function ServerSquares({ groups, name }: ServerSquaresProps) {
  const { t } = useTranslation('status');
  const [current, setCurrent] = useState<number>();
  const all = groups.flatMap((group) => group.squares);
  const describe = (square: Square) => `${square.name}: ${t(`square.${square.kind}`)}`;
  const shown = current === undefined ? undefined : all[current];

  const move = (event: KeyboardEvent) => {
    const step = steps[event.key];
    if (event.key === 'Escape') setCurrent(undefined);
    if (!step || all.length === 0) return;
    event.preventDefault();
    setCurrent(((current ?? (step > 0 ? -1 : 0)) + step + all.length) % all.length);
  };
  const point = (event: PointerEvent) => {
    const index =
      event.target instanceof Element ? event.target.closest('[data-square]')?.getAttribute('data-square') : null;
    setCurrent(index ? Number(index) : undefined);
  };

  let offset = 0;
  return (
    <div
      className={classes.all}
      role="group"
      tabIndex={0}
      aria-label={t('square.group', { name, counts: countsOf(all, t) })}
      onKeyDown={move}
      onBlur={() => setCurrent(undefined)}
      onPointerOver={point}
      onPointerLeave={() => setCurrent(undefined)}
    >
      {groups.map((group) => {
        const from = offset;
        offset += group.squares.length;
        return (
          <span key={group.provider} className={classes.group}>
            <ProviderBadge provider={group.provider} />
            <span className={classes.squares} aria-hidden="true">
              {group.squares.map((square, index) => (
                <svg
                  key={square.id}
                  data-square={from + index}
                  className={`${classes.square} ${from + index === current ? classes.current : ''}`}
                >
                  <use href={`#q-${square.kind}`} />
                </svg>
              ))}
              {group.more > 0 && <span className={classes.more}>+{group.more}</span>}
            </span>
          </span>
        );
      })}
      {shown && (
        <span className={classes.name} role="status">
          {describe(shown)}
        </span>
      )}
    </div>
  );
}

function countsOf(squares: Square[], t: (key: string, values: { count: number }) => string): string {
  const counts = new Map<string, number>();
  for (const { kind } of squares) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts].map(([kind, count]) => t(`count.${kind}`, { count })).join(', ');
}
