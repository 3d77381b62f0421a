import { useId } from 'react';
import type { ReactNode } from 'react';
import classes from './Box.module.css';

interface BoxProps {
  /** Heading of the box; it also names the region. */
  title?: ReactNode;
  /** Beside the title: a count, a state. */
  mark?: ReactNode;
  /** At the right of the title row. */
  actions?: ReactNode;
  /** Inner padding of 14 px; off for tables and lists that draw their own lines. */
  padded?: boolean;
  className?: string;
  children?: ReactNode;
}

/** A surface with a hairline and no shadow; with a title it is a region of that name. */
export function Box({ title, mark, actions, padded = true, className = '', children }: BoxProps) {
  const id = useId();
  const lined = padded ? '' : classes.lined;
  return (
    <section className={`${classes.box} ${className}`} aria-labelledby={title ? id : undefined}>
      {title && (
        <header className={`${classes.header} ${lined}`}>
          <h2 id={id}>{title}</h2>
          {mark}
          {actions && <div className={classes.actions}>{actions}</div>}
        </header>
      )}
      {padded ? <div className={classes.padded}>{children}</div> : children}
    </section>
  );
}

/** A number in a small pill beside a title or a menu entry. */
export function CountPill({ count, bad = false }: { count: number; bad?: boolean }) {
  return <span className={`${classes.count} ${bad ? classes.bad : ''}`}>{count}</span>;
}
