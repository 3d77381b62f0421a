import classes from './Status.module.css';
import { countKinds } from './status.ts';

interface StatusBarProps {
  byStatus: Partial<Record<string, number>>;
  /** Accessible name, with the figures in words. Without it the bar is decoration beside printed counts. */
  label?: string;
}

/** Shares of states as one bar, worst first; a part that is not zero is at least 3 px. */
export function StatusBar({ byStatus, label }: StatusBarProps) {
  return (
    <div className={classes.bar} {...(label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true })}>
      {countKinds(byStatus).map(({ kind, count }) => (
        <i key={kind} className={`${classes.part} ${classes[kind]}`} style={{ flexGrow: count, flexBasis: 0 }} />
      ))}
    </div>
  );
}

interface ProgressBarProps {
  total: number;
  done: number;
  failed: number;
  label: string;
}

/** Progress of a task: done in accent, failed in red. */
export function ProgressBar({ total, done, failed, label }: ProgressBarProps) {
  const rest = Math.max(0, total - done - failed);
  return (
    <div
      className={classes.bar}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={Math.max(total, 1)}
      aria-valuenow={Math.min(done + failed, Math.max(total, 1))}
    >
      {done > 0 && <i className={`${classes.part} ${classes.accent}`} style={{ flexGrow: done, flexBasis: 0 }} />}
      {failed > 0 && <i className={`${classes.part} ${classes.fail}`} style={{ flexGrow: failed, flexBasis: 0 }} />}
      {rest > 0 && <i style={{ flexGrow: rest, flexBasis: 0 }} />}
    </div>
  );
}
