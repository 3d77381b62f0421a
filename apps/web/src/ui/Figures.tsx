import { Link } from '@tanstack/react-router';
import type { CSSProperties, ReactNode } from 'react';
import classes from './Figures.module.css';

interface FigureStripProps {
  /** Accessible name of the strip. */
  label: string;
  /** Widths of the cells as a grid template, equal unless told: `1fr 2.5fr .9fr 1.2fr`. */
  columns?: string;
  children: ReactNode;
}

// CSSProperties does not know custom properties.
const variables = (columns: string): CSSProperties => ({ '--columns': columns }) as CSSProperties;

/** The row of figures at the top of a page; 2 x 2 below 1200 px. */
export function FigureStrip({ label, columns, children }: FigureStripProps) {
  return (
    <section className={classes.strip} aria-label={label} style={columns ? variables(columns) : undefined}>
      {children}
    </section>
  );
}

interface FigureProps {
  title: string;
  value: ReactNode;
  /** Beside the figure: unit, counts. */
  beside?: ReactNode;
  /** Last line: bar, remark. */
  below?: ReactNode;
  /** Where a click leads. */
  to?: string;
  search?: Record<string, string | string[]>;
}

/** One figure of the strip. */
export function Figure({ title, value, beside, below, to, search }: FigureProps) {
  const content = (
    <>
      <h2>{title}</h2>
      <div className={classes.value}>
        <b>{value}</b>
        {beside && <span className={classes.beside}>{beside}</span>}
      </div>
      {below && <div className={classes.below}>{below}</div>}
    </>
  );
  return to ? (
    <Link to={to} search={search ?? {}} className={classes.figure}>
      {content}
    </Link>
  ) : (
    <div className={classes.figure}>{content}</div>
  );
}
