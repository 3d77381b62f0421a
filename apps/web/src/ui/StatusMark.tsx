import classes from './Status.module.css';
import type { StatusKind } from './status.ts';

interface StatusMarkProps {
  kind: StatusKind;
  /** Edge in px, 12 unless told. */
  size?: number;
  /** Accessible name; needed where no word stands beside the mark. */
  label?: string;
}

/** The shape of a state. Silent for assistive technology unless `label` is given. */
export function StatusMark({ kind, size = 12, label }: StatusMarkProps) {
  const turning = kind === 'move' ? classes.turning : '';
  return (
    <svg
      className={`${classes.mark} ${classes[kind]} ${turning}`}
      width={size}
      height={size}
      {...(label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true })}
    >
      {label && <title>{label}</title>}
      <use href={`#g-${kind}`} />
    </svg>
  );
}
